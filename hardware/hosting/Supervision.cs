using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Hosting.WindowsServices;
using Microsoft.Extensions.Logging.EventLog;

namespace Reception.Hosting;

/// <summary>
/// What keeps a program running: systemd (which is told that the program is ready, and then that it lives, where the unit has
/// <c>WatchdogSec</c>), or Windows' services. A program that a person starts notices none of this.
/// </summary>
public static class Supervision
{
    private const string EventSource = "Reception";

    /// <summary>Adds it to a program's host.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="isAlive">Says whether the program's work goes on; one whose work stands still is ended and started again.</param>
    public static IServiceCollection AddSupervision(this IServiceCollection services, Func<IServiceProvider, bool> isAlive)
    {
        services.AddSystemd();
        services.AddWindowsService();
        if (OperatingSystem.IsWindows())
        {
            services.Configure<EventLogSettings>(log => log.SourceName = EventSource);
        }

        return services.AddHostedService(provider => new Watchdog(provider.GetService<ISystemdNotifier>(), () => isAlive(provider)));
    }

    /// <summary>Whether systemd or Windows has started this program, and starts it again when it ends.</summary>
    public static bool IsSupervised => SystemdHelpers.IsSystemdService() || WindowsServiceHelpers.IsWindowsService();

    /// <summary>
    /// Ends a service of Windows so that it is started again: one that stopped in good order would stay so, so this comes before its host is stopped.
    /// Elsewhere, nothing.
    /// </summary>
    public static void StartAnew()
    {
        if (WindowsServiceHelpers.IsWindowsService())
        {
            Environment.Exit(1);
        }
    }

    /// <summary>Says in one line why a program ends: on its error output, and in the event log where it is a service of Windows.</summary>
    public static void Tell(string program, string line) => Tell(program, line, Console.Error);

    /// <inheritdoc cref="Tell(string, string)"/>
    public static void Tell(string program, string line, TextWriter error)
    {
        error.WriteLine($"{program}: {line}");
        if (OperatingSystem.IsWindows() && WindowsServiceHelpers.IsWindowsService())
        {
            Log($"{program}: {line}");
        }
    }

    [SupportedOSPlatform("windows")]
    private static void Log(string line)
    {
        try
        {
            EventLog.WriteEntry(EventSource, line, EventLogEntryType.Error);
        }
        catch (Exception refusal) when (refusal is SecurityException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Console.Error.WriteLine($"The event log takes nothing: {refusal.Message}");
        }
    }

    private sealed class Watchdog(ISystemdNotifier? systemd, Func<bool> isAlive) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            if (systemd is not { IsEnabled: true }
                || !long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
                || microseconds == 0)
            {
                return;
            }

            using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(microseconds / 3.0));
            do
            {
                if (isAlive())
                {
                    systemd.Notify(new ServiceState("WATCHDOG=1"));
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
    }
}
