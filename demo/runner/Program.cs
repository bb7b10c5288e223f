using System.ComponentModel;
using Reception.Runner;

// The script `run` gives the checkout, the folder of programs' data, and what it was given itself.
if (args is not [var root, var state, .. var arguments])
{
    Terminal.Refuse("this program is started by the script run of the checkout");
    return 1;
}

using var signals = new StopSignals();
Disk? disk = null;
try
{
    var command = new RunCommand(root, state);
    if (command.Parse(arguments) is not { } options)
    {
        Terminal.Show(command.Help);
        return 0;
    }

    Ports.DemandDistinct(options);
    using var folder = await DataFolder.TakeAsync(options.Data, options.Fresh, signals.Asked);
    disk = new Disk(options.Data, Disk.AnotherFolder);
    DemonstrationHall.DemandNoHistory(options);
    Ports.Demand(options);
    if (!await DebianPackages.InstallAsync(root, options.BenchRater))
    {
        return 1;
    }

    signals.Asked.ThrowIfCancellationRequested();
    await using var supervisor = new Supervisor(options.Data, Terminal.Say, TimeProvider.System);
    using var built = await BuiltPrograms.MakeAsync(options, supervisor, signals.Asked);
    options = options with { Programs = built.Folder };
    if (options.BenchRater)
    {
        await Bench.BuildAsync(options, supervisor, signals.Asked);
    }

    var printer = KioskPrinter.Choose(options);
    var programs = new HallPrograms(options, printer, TimeProvider.System);
    await new DemonstrationHall(options, printer).PrepareAsync(supervisor, signals.Asked);
    await supervisor.OpenAsync(disk, signals.Asked, programs.Hall);
    if (options.Simulate)
    {
        supervisor.Start(programs.Simulator);
    }

    Terminal.Show(Welcome.Text(options, printer));
    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, signals.Asked);
}
catch (OperationCanceledException) when (signals.Asked.IsCancellationRequested)
{
    return 0;
}
catch (Exception exception) when (exception is StartException or Win32Exception or IOException or UnauthorizedAccessException)
{
    Terminal.Refuse(disk?.Fault() ?? exception.Message);
    return 1;
}

return 0;
