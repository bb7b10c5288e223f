using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Reception.Runner;

/// <summary>The command line of <c>./run</c>. What is wrong with it is one line, before anything is started or written.</summary>
internal sealed partial class RunCommand
{
    private const int MostMonths = 24;
    private const int MostDays = 730;

    private readonly string _root;
    private readonly Option<string?> _data;
    private readonly Option<bool> _fresh = Flag("--fresh", "empty that folder first; only a folder that Reception made");
    private readonly Option<string?> _http = Port("--http", "the hub (default: 8080)");
    private readonly Option<string?> _kiosk = Port("--kiosk", "the kiosk's screen (default: 8081)");
    private readonly Option<string?> _rater = Port("--rater", "the rater's screen (default: 8082)");
    private readonly Option<string?> _mqtt = Port("--mqtt", "MQTT of the hub (default: 1883)");
    private readonly Option<string?> _province = Text(
        "--province", "URL", "the exact address that events are posted to, instead of the receiver's");

    private readonly Option<string?> _provincePort = Port("--province-port", "the receiver (default: 8083)");
    private readonly Option<string?> _provinceToken = Text(
        "--province-token-url",
        "URL",
        "where a token for it comes from (OAuth 2.0, client credentials; client id reception, its secret in DATA/secrets/province.secret)");

    private readonly Option<string?> _printer = Text(
        "--printer",
        "URL",
        "the kiosk's printer, instead of the virtual one: serial:/dev/ttyUSB0?baud=115200, usb:/dev/usb/lp0, tcp://host:9100 or file:DIR");

    private readonly Option<string?> _printerProfile = Text(
        "--printer-profile",
        "NAME",
        "what printer it is: epson-tm-t82 (default of the virtual one), xprinter-xp-80, xprinter-xp-58, generic-80 (default of another), "
            + "generic-58, or a .json file");

    private readonly Option<string?> _printerPort = Port("--printer-port", "the virtual printer (default: the first free one from 9100)");
    private readonly Option<string?> _hall = Text("--hall", "FILE", "another hall, in the form of demo/hall.json, up to 60 counters");
    private readonly Option<bool> _simulate = Flag("--simulate", "simulated citizens, officers and raters bring the hall to life");
    private readonly Option<string?> _history = Text(
        "--history",
        "LENGTH",
        $"a simulated past that ends yesterday, such as 12m or 30d, at most {MostMonths}m; only for a folder without a history. The "
            + "dashboard shows it. The province receives only what follows: a year would take it ten minutes, and today would wait");

    private readonly Option<bool> _benchRater = Flag(
        "--bench-rater", "a counter agent at counter 2 with a simulated five-button rater, which runs the real firmware");

    private readonly Option<bool> _help = Flag("--help", "say this");
    private readonly Command _command;

    /// <param name="root">The checkout.</param>
    /// <param name="state">The folder of programs' data; the hall's is in it where none is named.</param>
    public RunCommand(string root, string state)
    {
        _root = root;
        _data = Text("--data", "DIR", $"where everything is kept (default: {Path.Combine(state, "reception")})");
        _data.DefaultValueFactory = _ => Path.Combine(state, "reception");
        _help.Aliases.Add("-h");
        _command = new Command("run")
        {
            _data, _fresh, _http, _kiosk, _rater, _mqtt, _province, _provincePort, _provinceToken, _printer, _printerProfile, _printerPort,
            _hall, _simulate, _history, _benchRater, _help,
        };
    }

    public string Help => HelpText.Of(_command.Options);

    /// <summary>What is asked for; null for the help.</summary>
    /// <exception cref="StartException">An option is unknown or has a value that is not allowed.</exception>
    public RunnerOptions? Parse(IReadOnlyList<string> arguments)
    {
        var parsed = _command.Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.GetResult(_help) is { Implicit: false })
        {
            return null;
        }

        if (Fault(arguments, parsed) is { } fault)
        {
            throw new StartException(fault);
        }

        return new RunnerOptions
        {
            Root = _root,
            Data = Path.GetFullPath(parsed.GetValue(_data)!),
            Fresh = parsed.GetValue(_fresh),
            HttpPort = PortOf(parsed, _http) ?? 8080,
            KioskPort = PortOf(parsed, _kiosk) ?? 8081,
            RaterPort = PortOf(parsed, _rater) ?? 8082,
            MqttPort = PortOf(parsed, _mqtt) ?? 1883,
            Province = AddressOf(parsed, _province),
            ProvincePort = PortOf(parsed, _provincePort) ?? 8083,
            ProvinceTokenAddress = AddressOf(parsed, _provinceToken),
            Printer = PrinterOf(parsed),
            PrinterProfile = ProfileOf(parsed),
            PrinterPort = PortOf(parsed, _printerPort),
            HallAsked = HallOf(parsed),
            Simulate = parsed.GetValue(_simulate),
            History = HistoryOf(parsed),
            BenchRater = parsed.GetValue(_benchRater),
        };
    }

    private static Option<bool> Flag(string name, string what) => new(name) { Description = what, Arity = ArgumentArity.Zero };

    private static Option<string?> Port(string name, string what) => Text(name, "PORT", what);

    private static Option<string?> Text(string name, string value, string what) => new(name) { HelpName = value, Description = what };

    /// <summary>What the words of the command line lack, or have too much.</summary>
    private string? Fault(IReadOnlyList<string> arguments, ParseResult parsed)
    {
        foreach (var option in _command.Options)
        {
            if (option.ValueType == typeof(bool))
            {
                if (arguments.Any(argument => argument.StartsWith(option.Name + "=", StringComparison.Ordinal)))
                {
                    return $"{option.Name} takes no value";
                }
            }
            else if (parsed.GetResult(option) is { Implicit: false } result && result.Tokens is not [{ Value.Length: > 0 }])
            {
                return result.Tokens.Count > 1
                    ? $"{option.Name} is given more than once"
                    : $"{option.Name} needs a value; see ./run --help";
            }
        }

        return parsed.UnmatchedTokens is [var unknown, ..] ? $"unknown option {unknown}; see ./run --help"
            : parsed.Errors is [var error, ..] ? $"{error.Message}; see ./run --help"
            : null;
    }

    private static int? PortOf(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port
        : throw new StartException($"{option.Name} is no port from 1 to 65535: {text}");

    private static string? AddressOf(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : WebAddress.IsMatch(text) ? text
        : throw new StartException($"{option.Name} is no http or https address: {text}");

    private string? PrinterOf(ParseResult parsed) => parsed.GetValue(_printer) is not { } text ? null
        : PrinterAddress.IsMatch(text) ? text
        : throw new StartException(
            $"{_printer.Name} is none of serial:/dev/ttyUSB0?baud=115200, usb:/dev/usb/lp0, tcp://host:9100, file:DIR: {text}");

    private string? ProfileOf(ParseResult parsed)
    {
        if (parsed.GetValue(_printerProfile) is not { } text)
        {
            return null;
        }

        var known = Directory.EnumerateFiles(Path.Combine(_root, "hardware", "device", "printers"), "*.json")
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).ToList();
        return known.Contains(text) ? text
            : text.EndsWith(".json", StringComparison.Ordinal) && File.Exists(text) ? Path.GetFullPath(text)
            : throw new StartException($"{_printerProfile.Name} is none of {string.Join(", ", known)}, nor a .json file: {text}");
    }

    private string? HallOf(ParseResult parsed)
    {
        if (parsed.GetValue(_hall) is not { } path)
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(path);
            return Path.GetFullPath(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"there is no hall to read: {path}");
        }
    }

    private string? HistoryOf(ParseResult parsed) => parsed.GetValue(_history) is not { } text ? null
        : int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= 1 && count <= text[^1] switch { 'm' => MostMonths, 'd' => MostDays, _ => 0 } ? text
        : throw new StartException(
            $"{_history.Name} is not a valid length: {text}; write 1m to {MostMonths}m for months, or 1d to {MostDays}d for days");

    [GeneratedRegex(@"^https?://[^/\s]+")]
    private static partial Regex WebAddress { get; }

    [GeneratedRegex("^(serial:/|usb:/|tcp://|file:).")]
    private static partial Regex PrinterAddress { get; }
}
