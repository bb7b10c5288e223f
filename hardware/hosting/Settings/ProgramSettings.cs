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
        try
        {
            var values = new ConfigurationBuilder().AddJsonStream(new MemoryStream(File.ReadAllBytes(file))).AddEnvironmentVariables(prefix).Build();
            return new ProgramSettings(values, new SettingsSource(Path.GetFullPath(file), prefix, values));
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
    public T Read<T>() where T : class
    {
        using var services = new ServiceCollection().AddSettings<T>(this).BuildServiceProvider();
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
