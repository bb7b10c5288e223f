using Reception.Hub.Devices;
using Reception.Protocol;
using Reception.Theme;
using Xunit;

namespace Reception.Unit.Tests.Devices;

public sealed class PrinterTroublesTests
{
    private static readonly PrinterStatus Ready = new() { Paper = "ok", Cover = "closed", Online = true };

    [Fact]
    public void Troubles_come_the_gravest_first_and_of_a_silent_printer_nothing_else_is_told()
    {
        var all = Ready with { Paper = "out", Cover = "open", Fault = "cutter" };

        Assert.Empty(PrinterTroubles.Of(Ready));
        Assert.Equal(["paper-out", "cover-open", "cutter"], PrinterTroubles.Of(all));
        Assert.Equal(["offline"], PrinterTroubles.Of(all with { Online = false }));
        Assert.True(PrinterTroubles.Prints(Ready with { Paper = "low" }));
        Assert.False(PrinterTroubles.Prints(all));
    }

    [Fact]
    public void Each_is_told_in_words_with_what_to_do_in_both_languages()
    {
        var phrases = new Phrasebook([typeof(PrinterTroubles).Assembly]);
        PrinterStatus[] states = [Ready with { Paper = "low" }, Ready with { Paper = "out" }, Ready with { Cover = "open" }, Ready with { Online = false },
            Ready with { Fault = "cutter" }, Ready with { Fault = "temperature" }, Ready with { Fault = "other" }];

        foreach (var trouble in states.Select(state => Assert.Single(PrinterTroubles.Of(state))))
        {
            foreach (var language in new[] { "vi", "en" })
            {
                Assert.Superset(new HashSet<string>(["printer." + trouble, $"printer.{trouble}.do"]), phrases.In(language).Keys.ToHashSet());
            }
        }
    }

    [Theory]
    [InlineData(null, "kiosk-2", "kiosk-2")]
    [InlineData(null, "kiosk-1", "kiosk-2")]
    [InlineData(null, "gone", "kiosk-2")]
    [InlineData(3, "kiosk-2", "desk-3")]
    [InlineData(4, "kiosk-2", "kiosk-2")]
    public void A_copy_comes_out_at_the_desk_else_where_the_ticket_was_taken_else_at_any_printer_that_prints(int? counter, string issuer, string at)
    {
        var printers = new CopyPrinters(
        [
            Device("desk-3", DeviceKinds.CounterAgent, 3, true, Ready with { Paper = "low" }),
            Device("desk-4", DeviceKinds.CounterAgent, 4, true, null),
            Device("kiosk-1", DeviceKinds.Kiosk, null, true, Ready with { Paper = "out" }),
            Device("kiosk-2", DeviceKinds.Kiosk, null, true, Ready),
            Device("kiosk-3", DeviceKinds.Kiosk, null, false, Ready),
        ]);

        Assert.Equal(at, printers.For(issuer, counter));
        Assert.Null(new CopyPrinters([Device("kiosk-3", DeviceKinds.Kiosk, null, false, Ready)]).For("kiosk-3"));
    }

    private static DeviceDocument Device(string id, string kind, int? counter, bool online, PrinterStatus? printer) =>
        new(id, kind, counter, online, null, null, printer, [], null);
}
