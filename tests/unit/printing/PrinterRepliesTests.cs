using Reception.Device.Printing;
using Reception.Protocol;
using Xunit;

namespace Reception.Unit.Tests.Printing;

public sealed class PrinterRepliesTests
{
    private static readonly PrinterStatus Ready = new() { Paper = "ok", Cover = "closed", Online = true };

    public static TheoryData<string, PrinterStatus> Answers { get; } = new()
    {
        { "12 12 12 12", Ready },
        { "12 12 12 1E", Ready with { Paper = "low" } },
        { "1A 32 12 7E", Ready with { Paper = "out" } },
        { "1A 16 12 12", Ready with { Cover = "open" } },
        { "1A 52 1A 12", Ready with { Fault = "cutter" } },
        { "1A 52 52 12", Ready with { Fault = "temperature" } },
        { "1A 52 32 12", Ready with { Fault = "other" } },
        { "1A 12 12 12", Ready with { Online = false } },
    };

    public static TheoryData<string, PrinterStatus> Tellings { get; } = new()
    {
        { "10 00 00 00", Ready },
        { "10 00 03 00", Ready with { Paper = "low" } },
        { "18 00 0F 00", Ready with { Paper = "out" } },
        { "38 00 00 00", Ready with { Cover = "open" } },
        { "18 08 00 00", Ready with { Fault = "cutter" } },
        { "18 40 00 00", Ready with { Fault = "temperature" } },
        { "18 20 00 00", Ready with { Fault = "other" } },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Four_answers_are_a_state(string hex, PrinterStatus status)
    {
        var replies = new PrinterReplies();
        replies.Asked();
        replies.Take(Bytes(hex));

        Assert.Equal((status, 0, 0), (replies.Status, replies.Awaited, replies.Garbage));
    }

    [Theory]
    [MemberData(nameof(Tellings))]
    public void Automatic_status_is_a_state_unasked(string hex, PrinterStatus status)
    {
        var replies = new PrinterReplies();
        foreach (var one in Bytes(hex))
        {
            replies.Take([one]);
        }

        Assert.Equal((status, 0, 0), (replies.Status, replies.Outs, replies.Garbage));
    }

    [Fact]
    public void The_end_of_a_job_is_told_apart_from_the_rest()
    {
        var replies = new PrinterReplies();
        replies.Asked();
        replies.Take(Bytes("12 12 10 00 03 00 03 12 12"));

        Assert.Equal((1, 0, 0), (replies.Outs, replies.Awaited, replies.Garbage));
    }

    [Fact]
    public void Garbage_of_any_kind_is_counted_and_never_a_crash()
    {
        const int Seed = 20261125;
        var chance = new Random(Seed);
        var replies = new PrinterReplies();
        var bytes = new byte[100_000];
        chance.NextBytes(bytes);
        for (var at = 0; at < bytes.Length; at += 100)
        {
            replies.Asked();
            replies.Take(bytes.AsSpan(at, 100));
            _ = replies.Status.NotReady();
        }

        Assert.InRange(replies.Garbage, 10_000, 100_000);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
