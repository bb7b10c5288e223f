using System.Globalization;

namespace Reception.VirtualPrinter;

/// <summary>What a person or a test tells the printer to do, one command a line; each is answered by one line when it has happened.</summary>
internal sealed class Commands(Mechanics mechanics, Printer printer, ILine line)
{
    public string Answer(string command)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is ["state?"])
        {
            return $"state paper {mechanics.PaperLeft} cover {(mechanics.CoverOpen ? "open" : "closed")} fault {mechanics.Fault} power {(printer.IsOn ? "on" : "off")}"
                + $" hanging {mechanics.Paper.Rows} buffered {printer.Buffered} strays {printer.Strays} beeps {mechanics.Beeps} drawer {mechanics.DrawerPulses}";
        }

        if (words is ["slips?"])
        {
            var (count, last) = mechanics.Paper.Slips;
            return $"slips {count} {last}".TrimEnd();
        }

        if (words is ["after", var rows, .. var then] && int.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Act(then) is { } later)
        {
            mechanics.After(number, later);
            return "ok";
        }

        if (Act(words) is { } now)
        {
            now();
            return "ok";
        }

        return $"no command: {command}";
    }

    private Action? Act(string[] words) => words switch
    {
        ["paper", "ok" or "low" or "out"] => () => mechanics.SetPaper(words[1]),
        ["cover", "open" or "closed"] => () => mechanics.SetCover(words[1] == "open"),
        ["fault", "none" or "cutter" or "temperature" or "other"] => () => mechanics.SetFault(words[1]),
        ["stall", var time] when Seconds(time) is { } length => () => mechanics.Stall(length),
        ["speed", var speed] when Number(speed) is { } millimetres => () => mechanics.Speed = millimetres,
        ["answers", "normal" or "garbage" or "silent"] => () => printer.Answers = words[1],
        ["power", "off"] => SwitchOff,
        ["power", "on"] => SwitchOn,
        ["cable", "out"] => line.Unplug,
        ["cable", "in"] => line.Plug,
        _ => null,
    };

    // A network card goes off with the printer; a serial line only falls silent.
    private void SwitchOff()
    {
        printer.SwitchOff();
        if (line is TcpLine)
        {
            line.Unplug();
        }
    }

    private void SwitchOn()
    {
        printer.SwitchOn();
        line.Plug();
    }

    private static TimeSpan? Seconds(string time) => time.EndsWith("ms", StringComparison.Ordinal)
        ? Number(time[..^2]) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null
        : time.EndsWith('s') && Number(time[..^1]) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 100_000 ? number : null;
}
