using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Device.Catalog;
using Reception.Device.Session;
using Reception.Device.Paper;
using Reception.Device.Printing;
using Reception.Device.Reporting;
using Reception.Protocol;
using Reception.Slips;
using Reception.Unit.Tests.Device;

namespace Reception.Unit.Tests.Printing;

/// <summary>The slips that the hub orders, one after the other.</summary>
public sealed class CopyPrinterTests : IAsyncDisposable
{
    private readonly OutboxOnDisk _disk = new();

    public ValueTask DisposeAsync() => _disk.DisposeAsync();

    [Fact]
    public async Task A_slip_whose_printing_throws_is_unknown_and_the_printing_goes_on()
    {
        using var connection = new PrinterConnection(new FailingPrinter(), _disk.Clock);
        using var watch = new PrinterWatch(connection, _disk.Outbox, _disk.Clock, NullLogger<PrinterWatch>.Instance);
        await using var catalog = new CatalogCache(HubHttp.Open(new Uri("http://127.0.0.1:1")), _disk.Database, _disk.Clock, NullLogger<CatalogCache>.Instance);
        var paper = new SlipPaper(SlipTemplate.Default, PrinterProfile.Read(PrinterProfile.Default));
        var slips = new SlipPrinter(connection, watch, paper, catalog, _disk.Outbox, _disk.Clock, NullLogger<SlipPrinter>.Instance);
        var closing = new ClosingFacts(_disk.Outbox, _disk.Database, _disk.Clock, NullLogger<ClosingFacts>.Instance);
        using var copies = new CopyPrinter(slips, _disk.Database, closing, _disk.Clock, NullLogger<CopyPrinter>.Instance);
        _disk.Outbox.Linked(true);
        await copies.StartAsync(TestContext.Current.CancellationToken);

        copies.CarryOut(Order("A001"));
        copies.CarryOut(Order("A002"));

        Assert.Equal(["unknown", "failed"], [await OutcomeAsync(), await OutcomeAsync()]);
        Assert.False(copies.ExecuteTask!.IsCompleted);
        await copies.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What the next slip came to.</summary>
    private async Task<string> OutcomeAsync()
    {
        while (true)
        {
            var report = await _disk.NextSentAsync();
            _disk.Answer(report.Id);
            if (report.Type == ReportTypes.TicketPrinted)
            {
                return report.Data.GetProperty("outcome").GetString()!;
            }
        }
    }

    private static Command Order(string number) => new()
    {
        Id = Guid.CreateVersion7(),
        At = DateTimeOffset.UnixEpoch,
        Type = CommandTypes.TicketPrint,
        Data = JsonSerializer.SerializeToElement(
            new TicketDocument
            {
                Id = Guid.CreateVersion7(),
                Number = number,
                Service = "HT",
                Lane = "normal",
                State = "waiting",
                IssuedAt = DateTimeOffset.UnixEpoch,
                Printed = "pending",
            },
            ProtocolJson.Options),
    };

    /// <summary>A printer whose program fails once; then it has no paper.</summary>
    private sealed class FailingPrinter : IPrinter
    {
        private bool _hasFailed;

        public string? LineProblem => null;

        public Task<PrinterStatus> ReadStatusAsync(CancellationToken cancellation)
        {
            if (_hasFailed)
            {
                return Task.FromResult(new PrinterStatus { Paper = "out", Cover = "closed", Online = true });
            }

            _hasFailed = true;
            throw new InvalidOperationException("A fault of the program.");
        }

        public Task<PrintResult> PrintAsync(string name, SlipJob job, CancellationToken cancellation) =>
            throw new InvalidOperationException("Nothing is printed on a printer without paper.");

        public void Dispose()
        {
        }
    }
}
