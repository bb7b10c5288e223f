using Reception.Hall;
using Xunit;

namespace Reception.Unit.Tests.Halls;

/// <summary>The table "What is allowed when" of the wire contracts, every command in every state of a counter.</summary>
public sealed class AllowedWhenTests
{
    private static readonly string[] States = ["free", "called", "serving", "paused", "just ended"];

    // A plus is allowed; all else is not-allowed-now. The columns are those of States.
    private static readonly (string Command, string Allowed)[] Table =
    [
        ("call-next", "+---+"),
        ("call",      "+---+"),
        ("recall",    "-+---"),
        ("start",     "-+---"),
        ("no-show",   "-+---"),
        ("finish",    "-++--"),
        ("hold",      "-++--"),
        ("transfer",  "-++--"),
        ("pause",     "+---+"),
        ("resume",    "---+-"),
        ("sign-out",  "+--++"),
        ("undo",      "----+"),
    ];

    public static TheoryData<string, string, bool> Cells()
    {
        var cells = new TheoryData<string, string, bool>();
        foreach (var (command, allowed) in Table)
        {
            for (var column = 0; column < States.Length; column++)
            {
                cells.Add(command, States[column], allowed[column] == '+');
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_command_is_carried_out_or_refused_with_not_allowed_now_and_no_effect(string command, string state, bool allowed)
    {
        var (hall, waiting) = In(state);
        var before = hall.State;

        var code = hall.Try(Command(command, waiting));

        Assert.Equal(allowed ? "ok" : "not-allowed-now", code);
        if (!allowed)
        {
            Assert.Same(before, hall.State);
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Nobody_but_the_officer_on_duty_commands_at_a_counter(string command, string state, bool allowed)
    {
        _ = allowed;
        var (hall, waiting) = In(state);

        Assert.Equal("not-allowed", hall.Try(Command(command, waiting, HallScript.Binh)));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_counter_that_is_not_there_is_unknown(string command, string state, bool allowed)
    {
        _ = allowed;
        var (hall, waiting) = In(state);

        Assert.Equal("unknown-counter", hall.Try(Command(command, waiting, counter: 9)));
    }

    private static (HallScript Hall, Guid Waiting) In(string state)
    {
        var hall = HallScript.Opened();
        var first = hall.Take("HT");
        var waiting = hall.Take("HT");
        switch (state)
        {
            case "called":
                hall.Must(new CallTicket(1, HallScript.Anh, first));
                break;
            case "serving":
                hall.Must(new CallTicket(1, HallScript.Anh, first));
                hall.Must(new StartService(1, HallScript.Anh));
                break;
            case "paused":
                hall.Must(new PauseCounter(1, HallScript.Anh));
                break;
            case "just ended":
                hall.Must(new CallTicket(1, HallScript.Anh, first));
                hall.Must(new FinishService(1, HallScript.Anh));
                break;
        }

        return (hall, waiting);
    }

    private static HallCommand Command(string name, Guid waiting, string officer = HallScript.Anh, int counter = 1) => name switch
    {
        "call-next" => new CallNext(counter, officer),
        "call" => new CallTicket(counter, officer, waiting),
        "recall" => new RecallTicket(counter, officer),
        "start" => new StartService(counter, officer),
        "no-show" => new RecordNoShow(counter, officer),
        "finish" => new FinishService(counter, officer),
        "hold" => new HoldTicket(counter, officer),
        "transfer" => new TransferTicket(counter, officer, "CT", null),
        "pause" => new PauseCounter(counter, officer),
        "resume" => new ResumeCounter(counter, officer),
        "sign-out" => new EndDuty(counter, officer),
        "undo" => new UndoEnding(counter, officer),
        _ => throw new ArgumentException(name),
    };
}
