using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Reception.Device.Settings;
using Reception.Hosting;
using Reception.Hosting.Settings;
using Reception.Slips.Files;

namespace Reception.Device.Startup;

/// <summary>The boot sequence of a device program: settings, parts, start. Why it can't start is one line, and its exit code is 1 then.</summary>
/// <param name="name">The program's name for people.</param>
public sealed class DeviceProgram(string name)
{
    /// <summary>Runs until the program is stopped.</summary>
    /// <param name="file">The settings file.</param>
    /// <param name="program">The program's short name, which its environment variables have.</param>
    /// <param name="build">Puts the parts together, with the options added.</param>
    public async Task<int> RunAsync<T>(string file, string program, Func<ProgramSettings, IHost> build) where T : DeviceOptions
    {
        ArgumentNullException.ThrowIfNull(build);
        try
        {
            using var host = build(ProgramSettings.Open(file, program));
            return await RunAsync(host, host.Services.GetRequiredService<T>());
        }
        catch (Exception exception) when (
            exception is SettingsException or OptionsValidationException or CheckedFileException or DllNotFoundException)
        {
            return Tell(exception.Message);
        }
    }

    private async Task<int> RunAsync(IHost host, DeviceOptions options)
    {
        try
        {
            if (options is IScreenOptions { Http: var address })
            {
                ListenAddress.Demand(address);
            }

            // What can't be opened ends the program here, in one line, and not at the host's start, in a stack trace.
            host.Services.GetServices<IHostedService>();
            await host.RunAsync();
            return 0;
        }
        catch (Exception exception) when (FolderFault.Is(exception))
        {
            return Tell(FolderFault.Line(options.Data, exception));
        }
    }

    private int Tell(string line)
    {
        Supervision.Tell(name, line);
        return 1;
    }
}
