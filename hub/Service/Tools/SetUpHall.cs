using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Hub.Staff;

namespace Reception.Hub.Tools;

/// <summary>
/// Puts a hall file in force, as `hub setup` and `hub demo` do. A file that would break the running day is refused: numbers that were issued
/// are still to be called.
/// </summary>
/// <param name="Hall">The hall with its names.</param>
/// <param name="IsDemonstration">Whether it is a demonstration, with a PIN that everybody knows; a folder stays what it is.</param>
/// <param name="ForThoseWhoWait">Whether the order of those who have a number already may change.</param>
internal sealed record SetUpHall(HallFile Hall, bool IsDemonstration, bool ForThoseWhoWait) : ToolCommand
{
    /// <summary>PINs by officers, as hashes, which replace what there is.</summary>
    public IReadOnlyDictionary<string, string> Pins { get; init; } = new Dictionary<string, string>();

    /// <summary>An officer who gets this PIN, as a hash, unless there is one; the value is then the officer's name.</summary>
    public KeyValuePair<string, string>? FirstPin { get; init; }

    /// <summary>Devices that are registered, or changed where they differ.</summary>
    public IReadOnlyList<Device> Devices { get; init; } = [];

    public override Result<string> Execute(HallTransaction transaction)
    {
        if (transaction.Configured is { } present)
        {
            if (present.IsDemonstration != IsDemonstration)
            {
                return Refused(present.IsDemonstration
                    ? "--data: the folder holds the demonstration hall; give a real hall a folder of its own."
                    : "--data: the folder holds a real hall; the demonstration needs a folder of its own.");
            }

            var isRunning = transaction.Hall.Day >= present.Rules.DayOf(transaction.Now);
            if (isRunning && present.Fault(Hall, transaction.Hall) is { } fault)
            {
                return Refused($"--hall: {fault}.");
            }

            if (isRunning && !ForThoseWhoWait && present.Reorders(Hall, transaction.Hall) is > 0 and var waiting)
            {
                return Refused(
                    $"--hall: {waiting} people wait, and its lanes or counters call them in another order; add --for-those-who-wait if it is for them, too, or set it up when nobody waits.");
            }
        }

        ChangeSetup.PutInForce(transaction, Hall, IsDemonstration, officer: null, isAudited: !IsDemonstration);
        foreach (var (officer, hash) in Pins)
        {
            ConfigurationTables.WritePin(transaction, officer, hash);
        }

        foreach (var device in Devices.Where(device => transaction.Setup.Devices.GetValueOrDefault(device.Id) != device))
        {
            ConfigurationTables.WriteDevice(transaction, device);
        }

        transaction.ReloadSetup();
        if (FirstPin is not { } first || transaction.Setup.Pins.ContainsKey(first.Key))
        {
            return "";
        }

        Staff.Pins.Set(transaction, first.Key, first.Value, by: null);
        return transaction.Setup.OfficerName(first.Key);
    }
}
