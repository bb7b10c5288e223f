using System.ComponentModel;
using Reception.Runner;

using var signals = new StopSignals();
var options = RunnerOptions.Read(args);
var disk = new Disk(options.Data, options.RoomInMiB);
await using var supervisor = new Supervisor(options.Data, Terminal.Say, TimeProvider.System);
try
{
    disk.DemandRoom();
    Ports.Demand(options);
    var printer = KioskPrinter.Choose(options);
    var programs = new HallPrograms(options, printer, TimeProvider.System);
    await new DemonstrationHall(options, printer).PrepareAsync(supervisor.Starter, signals.Asked);
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
    Terminal.Refuse(disk.Fault() ?? exception.Message);
    return 1;
}

return 0;
