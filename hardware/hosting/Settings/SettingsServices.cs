using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Reception.Hosting.Settings;

/// <summary>Binds a program's settings to its options.</summary>
public static class SettingsServices
{
    /// <summary>
    /// Adds options that are bound to the whole file and checked when the program starts: every key of the file is a property, every property
    /// keeps to its <see cref="SettingAttribute"/>, and no <see cref="ISettings.Fault"/> is left.
    /// </summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, ProgramSettings settings) where T : class =>
        services.AddSettings<T>(settings, isWhole: true);

    /// <summary>The same; where the options are a part of the file, its other keys are left alone.</summary>
    internal static IServiceCollection AddSettings<T>(this IServiceCollection services, ProgramSettings settings, bool isWhole) where T : class
    {
        ArgumentNullException.ThrowIfNull(settings);
        services.AddOptions<T>()
            // Before they are bound: the binder's own words name no file and no allowed value.
            .Configure(_ => Demand(new SettingsCheck(settings.Source).Fault(settings.Values, typeof(T), isWhole)))
            .Bind(settings.Values)
            .PostConfigure(options => Demand((options as ISettings)?.Fault() is { } fault ? settings.Source.Line(fault) : null))
            .ValidateOnStart();
        return services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);

        static void Demand(string? fault)
        {
            if (fault is not null)
            {
                throw new OptionsValidationException(Options.DefaultName, typeof(T), [fault]);
            }
        }
    }
}
