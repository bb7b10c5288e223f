using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Reception.Hosting.Settings;

/// <summary>
/// A program's settings: one JSON file, whose keys environment variables override. For the kiosk <c>RECEPTION_KIOSK_BROKER__PORT</c>
/// stands for the key <c>broker.port</c>.
/// </summary>
public sealed class ProgramSettings
{
    private ProgramSettings(IConfigurationRoot values, SettingsSource source) => (Values, Source) = (values, source);

    internal IConfigurationRoot Values { get; }

    internal SettingsSource Source { get; }

    /// <summary>Reads the file and the environment. What the keys hold is checked when options are bound to them.</summary>
    /// <param name="file">The JSON file; relative paths in it are relative to its folder.</param>
    /// <param name="program">The program's short name, such as <c>kiosk</c>.</param>
    /// <exception cref="SettingsException">The file does not exist, can't be read, or is not a JSON object.</exception>
    public static ProgramSettings Open(string file, string program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var prefix = $"RECEPTION_{program.ToUpperInvariant()}_";
        var values = Read(file, text => new ConfigurationBuilder().AddJsonStream(text).AddEnvironmentVariables(prefix).Build());
        return new ProgramSettings(values, new SettingsSource(Path.GetFullPath(file), prefix, values));
    }

    /// <summary>The same settings with the keys of a further file, where neither the settings file nor the environment has them.</summary>
    /// <param name="further">A JSON file that the program wrote itself; where it does not exist, nothing is added.</param>
    /// <exception cref="SettingsException">The further file can't be read, or is not a JSON object.</exception>
    public ProgramSettings With(string further)
    {
        if (!File.Exists(further))
        {
            return this;
        }

        var file = File.ReadAllBytes(Source.File);
        var values = Read(further, text => new ConfigurationBuilder()
            .AddJsonStream(text).AddJsonStream(new MemoryStream(file)).AddEnvironmentVariables(Source.Prefix).Build());
        return new ProgramSettings(values, Source with { Values = values });
    }

    /// <summary>A path that a key holds, absolute; null where the key has no value.</summary>
    public string? PathOf(string key) => Values[key] is { Length: > 0 } path ? Path.GetFullPath(path, Source.Folder) : null;

    /// <summary>Whether a key has a value.</summary>
    public bool Has(string key) => Values.GetSection(key).Exists();

    private static IConfigurationRoot Read(string file, Func<Stream, IConfigurationRoot> build)
    {
        try
        {
            return build(new MemoryStream(File.ReadAllBytes(file)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{file}: the settings cannot be read: {exception.Message}");
        }
        catch (JsonException exception)
        {
            throw new SettingsException(
                $"{file}: the settings are not valid JSON: line {exception.LineNumber + 1 ?? 1}, column {exception.BytePositionInLine + 1 ?? 1}.");
        }
        catch (FormatException exception)
        {
            // A list in place of an object, or a key used twice.
            throw new SettingsException($"{file}: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            // JSON can write half a character, as "\ud800".
            throw new SettingsException($"{file}: a text holds half a character (a lone surrogate).");
        }
    }

    /// <summary>The options of the whole file, checked.</summary>
    /// <exception cref="SettingsException">A key is unknown or missing, or its value is not allowed.</exception>
    public T Read<T>() where T : class => Read<T>(isWhole: true);

    /// <summary>Options that are a part of the file, checked; keys that they do not have are left alone.</summary>
    /// <exception cref="SettingsException">A key is missing, or its value is not allowed.</exception>
    public T ReadPart<T>() where T : class => Read<T>(isWhole: false);

    private T Read<T>(bool isWhole) where T : class
    {
        using var services = new ServiceCollection().AddSettings<T>(this, isWhole).BuildServiceProvider();
        try
        {
            return services.GetRequiredService<T>();
        }
        catch (OptionsValidationException exception)
        {
            throw new SettingsException(string.Join("; ", exception.Failures));
        }
    }
}
