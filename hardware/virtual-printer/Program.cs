using System.CommandLine;
using System.Net;
using Reception.VirtualPrinter;

var tcp = new Option<int?>("--tcp") { Description = "Listen on this TCP port, as a printer with a network card." };
var address = new Option<IPAddress>("--address")
{
    Description = "The address to listen on.",
    DefaultValueFactory = _ => IPAddress.Loopback,
    CustomParser = text => IPAddress.TryParse(text.Tokens[0].Value, out var read) ? read : Refuse(text),
};
var pty = new Option<string?>("--pty") { Description = "Make a pseudo-terminal and this symbolic link to it, as a serial or USB printer." };
var slips = new Option<DirectoryInfo>("--slips") { Description = "The folder that slips fall into, as PNG.", Required = true };
var width = new Option<int>("--width") { Description = "Dots across the paper: 576 or 384.", DefaultValueFactory = _ => 576 };
var speed = new Option<double>("--speed") { Description = "Millimetres of paper a second; 0 for at once.", DefaultValueFactory = _ => 200 };
var buffer = new Option<int>("--buffer") { Description = "Bytes of the receive buffer.", DefaultValueFactory = _ => 4096 };
var tearBar = new Option<bool>("--tear-bar") { Description = "It has no cutter: a slip is torn off when it was fed out (ESC d)." };
var feedUnit = new Option<int>("--feed-unit") { Description = "What ESC J counts in, as the part of an inch: 203, 360 or 406.", DefaultValueFactory = _ => 203 };
var keep = new Option<int>("--keep") { Description = "Slips kept in the folder; older ones are thrown away.", DefaultValueFactory = _ => 1000 };
var pipe = new Option<FileInfo?>("--commands") { Description = "Take commands from this pipe in place of the standard input." };
width.AcceptOnlyFromAmong("384", "576");
feedUnit.AcceptOnlyFromAmong("203", "360", "406");
var root = new RootCommand("A receipt printer without paper: takes ESC/POS over a line and writes each slip that it cuts as a picture.")
{
    tcp, address, pty, slips, width, speed, buffer, tearBar, feedUnit, keep, pipe,
};
root.Validators.Add(parsed =>
{
    if (parsed.GetValue(tcp) is null == parsed.GetValue(pty) is null)
    {
        parsed.AddError("Either --tcp PORT or --pty LINK.");
    }
    else if (parsed.GetValue(tcp) is < 1 or > 65535)
    {
        parsed.AddError("--tcp is a port from 1 to 65535.");
    }
});
root.SetAction(async (parsed, cancel) =>
{
    try
    {
        var folder = parsed.GetRequiredValue(slips);
        folder.Create();
        var mechanics = new Mechanics(new Paper(parsed.GetValue(width), folder, Math.Max(1, parsed.GetValue(keep))), parsed.GetValue(speed), TimeProvider.System);
        mechanics.SlipCut += slip => Console.Error.WriteLine($"slip {slip}");
        using var printer = new Printer(mechanics, Math.Max(16, parsed.GetValue(buffer)), parsed.GetValue(tearBar), parsed.GetValue(feedUnit));
        using ILine line = parsed.GetValue(pty) is { } link
            ? new PtyLine(Path.GetFullPath(link), printer)
            : new TcpLine(new IPEndPoint(parsed.GetRequiredValue(address), parsed.GetValue(tcp)!.Value), printer);
        line.Plug();
        Console.WriteLine($"line {line.Name}");
        await await Task.WhenAny(printer.Broken, ObeyAsync(new Commands(mechanics, printer, line), parsed.GetValue(pipe), cancel));
        return 0;
    }
    catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
    {
        await Console.Error.WriteLineAsync($"virtual-printer: {problem.Message}");
        return 1;
    }
});
return await root.Parse(args).InvokeAsync();

static IPAddress Refuse(System.CommandLine.Parsing.ArgumentResult text)
{
    text.AddError("--address is no IP address.");
    return IPAddress.Loopback;
}

// Until quit, the end of the input, or a signal.
static async Task ObeyAsync(Commands commands, FileInfo? pipe, CancellationToken cancel)
{
    var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    // A pipe opened both ways does not end when a writer leaves it.
    using var input = pipe is null ? Console.In : new StreamReader(new FileStream(pipe.FullName, FileMode.Open, FileAccess.ReadWrite));
    new Thread(() =>
    {
        while (input.ReadLine() is { } command && command.Trim() != "quit")
        {
            if (command.Trim().Length > 0)
            {
                Console.WriteLine(commands.Answer(command));
            }
        }

        ended.TrySetResult();
    })
    { IsBackground = true }.Start();
    await Task.WhenAny(ended.Task, Task.Delay(Timeout.Infinite, cancel));
}
