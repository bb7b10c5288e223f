using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Reception.Device.Pairing;
using Reception.Device.Settings;
using Reception.Hosting;
using Reception.Hosting.Settings;
using Reception.Slips.Files;

namespace Reception.Device.Startup;

/// <summary>
/// The boot sequence of a device program: settings, pairing where the device is not paired, parts, start. Why it can't start is one line, and its exit
/// code is 1 then.
/// </summary>
/// <param name="name">The program's name for people.</param>
public sealed class DeviceProgram(string name)
{
    /// <summary>Runs until the program is stopped.</summary>
    /// <param name="file">The settings file.</param>
    /// <param name="program">The program's short name, which its environment variables have.</param>
    /// <param name="build">Puts the parts together, with the options added.</param>
    /// <param name="pairAsync">Waits until the device is paired; false where the program was stopped before.</param>
    public async Task<int> RunAsync<T>(
        string file, string program, Func<ProgramSettings, IHost> build, Func<PairingOptions, Task<bool>> pairAsync) where T : DeviceOptions
    {
        ArgumentNullException.ThrowIfNull(build);
        ArgumentNullException.ThrowIfNull(pairAsync);
        try
        {
            // A supervisor takes the end of the first run as the program's, and starts it again.
            while (await RunOnceAsync<T>(Open(file, program), build, pairAsync) && !Supervision.IsSupervised)
            {
            }

            return 0;
        }
        catch (Exception exception) when (
            exception is SettingsException or OptionsValidationException or CheckedFileException or DllNotFoundException)
        {
            Supervision.Tell(name, exception.Message);
            return 1;
        }
    }

    /// <summary>Pairs the device once, and ends: for a terminal.</summary>
    /// <param name="file">The settings file.</param>
    /// <param name="program">The program's short name, which its environment variables have.</param>
    /// <param name="pairAsync">Waits until the device is paired; false where it was not.</param>
    public async Task<int> PairAsync(string file, string program, Func<PairingOptions, Task<bool>> pairAsync)
    {
        ArgumentNullException.ThrowIfNull(pairAsync);
        try
        {
            var settings = ProgramSettings.Open(file, program);
            if (IsPaired(settings))
            {
                throw new SettingsException($"{file}: the file names the device; take `device` and `broker` out of it, and the device can be paired.");
            }

            var options = settings.ReadPart<PairingOptions>();
            return await WithFolderAsync(options.Data, () => pairAsync(options)) ? 0 : 1;
        }
        catch (SettingsException exception)
        {
            Supervision.Tell(name, exception.Message);
            return 1;
        }
    }

    /// <summary>Forgets who the device is: it waits to be paired again. What it has not delivered stays.</summary>
    /// <param name="file">The settings file.</param>
    /// <param name="program">The program's short name, which its environment variables have.</param>
    public int Unpair(string file, string program)
    {
        try
        {
            var isForgotten = ProgramSettings.Open(file, program).PathOf("data") is { } data && PairedSettings.Forget(data);
            Console.WriteLine(isForgotten ? $"{name} is not paired any more; restart it." : $"{name} was not paired.");
            return 0;
        }
        catch (Exception exception) when (exception is SettingsException or IOException or UnauthorizedAccessException)
        {
            Supervision.Tell(name, exception.Message);
            return 1;
        }
    }

    /// <summary>From one start to the next end; whether the program goes on with other settings.</summary>
    private async Task<bool> RunOnceAsync<T>(ProgramSettings settings, Func<ProgramSettings, IHost> build, Func<PairingOptions, Task<bool>> pairAsync)
        where T : DeviceOptions
    {
        if (!IsPaired(settings))
        {
            var unpaired = settings.ReadPart<PairingOptions>();
            return await WithFolderAsync(unpaired.Data, () => pairAsync(unpaired));
        }

        using var host = build(settings);
        var options = host.Services.GetRequiredService<T>();
        return await WithFolderAsync(options.Data, () => RunAsync(host, options));
    }

    /// <summary>Runs until the program is stopped, then false; or until the hub has revoked or moved the device, then true.</summary>
    private async Task<bool> RunAsync(IHost host, DeviceOptions options)
    {
        if (options is IScreenOptions { Http: var address })
        {
            ListenAddress.Demand(address);
        }

        // What can't be opened ends the program here, in one line, and not at the host's start, in a stack trace.
        host.Services.GetServices<IHostedService>();
        // It watches from the first message on.
        var changed = host.Services.GetRequiredService<PairingWatch>().Changed;
        var running = host.RunAsync();
        if (await Task.WhenAny(running, changed) == running)
        {
            await running;
            return false;
        }

        if (await changed == PairingChange.Revoked)
        {
            // What it has not delivered stays on its disk, for the device that it becomes.
            PairedSettings.Forget(options.Data);
            Supervision.Tell(name, "the hub does not accept this device any more; it waits to be paired again.");
        }

        Supervision.StartAnew();
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await running;
        return true;
    }

    private static async Task<TResult> WithFolderAsync<TResult>(string data, Func<Task<TResult>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception exception) when (FolderFault.Is(exception))
        {
            throw new SettingsException(FolderFault.Line(data, exception));
        }
    }

    private static ProgramSettings Open(string file, string program)
    {
        var settings = ProgramSettings.Open(file, program);
        return !IsPaired(settings) && settings.PathOf("data") is { } data ? settings.With(PairedSettings.FileIn(data)) : settings;
    }

    // A settings file that names the device or its broker is a technician's, who has given it its secret too.
    private static bool IsPaired(ProgramSettings settings) => settings.Has("device") || settings.Has("broker");
}
