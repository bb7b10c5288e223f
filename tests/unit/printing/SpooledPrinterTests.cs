using Reception.Device.Platform;
using Reception.Device.Printing;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Printing;

/// <summary>A printer behind a print queue; the test is the queue.</summary>
public sealed class SpooledPrinterTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly Queued _queue = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData((uint)SpooledJob.Printed)]
    [InlineData((uint)SpooledJob.Complete)]
    [InlineData(null)]
    public async Task A_slip_that_has_left_the_queue_is_printed(uint? last)
    {
        _queue.Become(SpooledJob.Waiting, SpooledJob.Printing, (SpooledJob?)last);
        Assert.Equal(new PrintResult(PrintOutcome.Printed), await PrintAsync(looks: 2));
        Assert.Equal(SampleSlips.Job(SampleSlips.Plain).Bytes, _queue.Sent);
        Assert.False(_queue.IsCancelled);
    }

    [Theory]
    [InlineData((uint)SpooledStatus.Offline, "off line")]
    [InlineData((uint)SpooledStatus.Paused, "off line")]
    [InlineData((uint)SpooledStatus.PaperOut, "paper")]
    [InlineData((uint)SpooledStatus.DoorOpen, "cover")]
    [InlineData((uint)SpooledStatus.PaperJam, "")]
    public async Task A_printer_that_is_not_ready_is_sent_nothing(uint status, string why)
    {
        _queue.Status = (SpooledStatus)status;
        var result = await PrintAsync();
        Assert.Equal(PrintOutcome.Failed, result.Outcome);
        Assert.Contains(why, result.Error!, StringComparison.Ordinal);
        Assert.Null(_queue.Sent);
    }

    [Fact]
    public async Task A_printer_that_the_system_does_not_know_is_named()
    {
        _queue.Refusal = "Windows has no printer named 'Slip'.";
        using var printer = new SpooledPrinter(_queue, "Slip", _clock);
        Assert.False((await printer.ReadStatusAsync(Stop)).Online);
        Assert.Equal(_queue.Refusal, printer.LineProblem);
        Assert.Equal(new PrintResult(PrintOutcome.Failed, _queue.Refusal), await printer.PrintAsync("slip", SampleSlips.Job(SampleSlips.Plain), Stop));

        _queue.Refusal = null;
        Assert.True((await printer.ReadStatusAsync(Stop)).Online);
        Assert.Null(printer.LineProblem);
    }

    [Theory]
    [InlineData((uint)SpooledJob.Waiting, PrintOutcome.Failed)]
    [InlineData((uint)SpooledJob.Printing, PrintOutcome.Unknown)]
    public async Task An_error_takes_the_slip_out_of_the_queue(uint before, PrintOutcome outcome)
    {
        _queue.Become((SpooledJob)before, SpooledJob.Error);
        Assert.Equal(outcome, (await PrintAsync(looks: 1)).Outcome);
        Assert.True(_queue.IsCancelled);
    }

    [Fact]
    public async Task A_slip_that_does_not_leave_in_time_is_taken_back()
    {
        _queue.Become(SpooledJob.Waiting);
        var result = await PrintAsync(looks: (int)(EscPosPrinter.Patience / TimeSpan.FromMilliseconds(100)));
        Assert.Equal(PrintOutcome.Failed, result.Outcome);
        Assert.Contains("did not leave", result.Error!, StringComparison.Ordinal);
        Assert.True(_queue.IsCancelled);
    }

    [Fact]
    public async Task A_slip_whose_queue_can_t_be_asked_any_more_may_come_out()
    {
        _queue.Become(SpooledJob.Printing);
        _queue.RefusalOfCancel = "The print spooler: access is denied.";
        var printing = PrintAsync(looks: (int)(EscPosPrinter.Patience / TimeSpan.FromMilliseconds(100)));
        Assert.Equal(new PrintResult(PrintOutcome.Unknown, _queue.RefusalOfCancel), await printing);
    }

    /// <param name="looks">How often the queue is looked at again.</param>
    private async Task<PrintResult> PrintAsync(int looks = 0)
    {
        using var printer = new SpooledPrinter(_queue, "Slip", _clock);
        var printing = printer.PrintAsync("slip", SampleSlips.Job(SampleSlips.Plain), Stop);
        for (var look = 0; look < looks; look++)
        {
            await _clock.PassAsync(TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(100));
        }

        return await printing;
    }

    private sealed class Queued : ISpooler
    {
        private readonly Queue<SpooledJob?> _states = new([null]);

        public SpooledStatus Status { get; set; }

        public string? Refusal { get; set; }

        public string? RefusalOfCancel { get; set; }

        public byte[]? Sent { get; private set; }

        public bool IsCancelled { get; private set; }

        public void Become(params SpooledJob?[] states)
        {
            _states.Clear();
            foreach (var state in states)
            {
                _states.Enqueue(state);
            }
        }

        public SpooledStatus Look(string printer) => Refusal is null ? Status : throw new IOException(Refusal);

        public int Send(string printer, string document, ReadOnlySpan<byte> bytes)
        {
            Assert.Equal(("Slip", "slip"), (printer, document));
            Sent = bytes.ToArray();
            return 7;
        }

        // The last state stays.
        public SpooledJob? Follow(string printer, int job) => _states.Count > 1 ? _states.Dequeue() : _states.Peek();

        public void Cancel(string printer, int job) => IsCancelled = RefusalOfCancel is null ? job == 7 : throw new IOException(RefusalOfCancel);
    }
}
