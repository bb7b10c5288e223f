using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Devices;

/// <summary>The officer on duty at a counter pressed a key of its keypad.</summary>
/// <param name="Counter">The device's counter by the registry, or null.</param>
/// <param name="Key">One of <see cref="All"/>.</param>
internal sealed record PressKey(int? Counter, string Key) : JournalCommand<CounterResult>
{
    public static IReadOnlyList<string> All { get; } = ["next", "recall", "finish", "no-show"];

    public override Result<CounterResult> Execute(HallTransaction transaction) =>
        Counter is { } number && transaction.Hall.Counters.GetValueOrDefault(number)?.Officer is { } officer
            ? new AtCounter(CommandOf(number, officer)).Execute(transaction)
            : Refusal.NoOfficer;

    private OfficerCommand CommandOf(int counter, string officer) => Key switch
    {
        "next" => new CallNext(counter, officer),
        "recall" => new RecallTicket(counter, officer),
        "finish" => new FinishService(counter, officer),
        _ => new RecordNoShow(counter, officer),
    };
}
