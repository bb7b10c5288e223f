using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Reception.Hall.Tests.Parts;

/// <summary>A process that a test started, and every line it said. It is killed where it still runs at the end.</summary>
internal sealed class Spawned : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();
    private readonly ConcurrentQueue<string> complained = new();
    private readonly Channel<string> output = Channel.CreateUnbounded<string>();

    private Spawned(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Hear(line.Data, isComplaint: false);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, isComplaint: true);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>Whether SIGKILL ended it.</summary>
    public bool WasKilled => HasEnded && ExitCode == 128 + 9;

    /// <summary>Every line, of the standard output and of the standard error.</summary>
    public IReadOnlyCollection<string> Said => said;

    /// <summary>The lines of the standard error alone.</summary>
    public IReadOnlyCollection<string> Complained => complained;

    public string All => string.Join('\n', said);

    /// <summary>Starts a program that is given nothing to read.</summary>
    public static Spawned Start(string program, params IEnumerable<string> arguments) => Start(new ProcessStartInfo(program, arguments));

    public static Spawned Start(ProcessStartInfo start)
    {
        var spawned = Converse(start);
        spawned.process.StandardInput.Close();
        return spawned;
    }

    /// <summary>Starts a program that a test talks with.</summary>
    public static Spawned Converse(string program, params IEnumerable<string> arguments) => Converse(new ProcessStartInfo(program, arguments));

    private static Spawned Converse(ProcessStartInfo start) => new(start);

    /// <summary>Starts one of the product's programs by its name.</summary>
    public static Spawned Program(string name, params IEnumerable<string> arguments) => Start(Brief(new ProcessStartInfo(PathOf(name), arguments)));

    /// <summary>Starts one of the product's programs with more in its environment.</summary>
    public static Spawned Program(string name, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var start = Brief(new ProcessStartInfo(PathOf(name), arguments));
        foreach (var (key, value) in environment)
        {
            start.Environment[key] = value;
        }

        return Start(start);
    }

    /// <summary>The file of one of the product's programs, which the build of these tests publishes.</summary>
    public static string PathOf(string program) => Path.Combine(Sources.Root, "artifacts", "tests", "programs", program, program);

    /// <summary>A program of .NET that lives for seconds: it is not worth while to compile anew what it often does.</summary>
    private static ProcessStartInfo Brief(ProcessStartInfo start)
    {
        (start.Environment["DOTNET_TieredPGO"], start.Environment["DOTNET_TC_CallCountThreshold"]) = ("0", "1000");
        return start;
    }

    /// <summary>Runs one of the product's programs to its end and gives its exit code and all that it said.</summary>
    public static async Task<(int Code, string Said)> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var run = Program(program, arguments);
        await run.EndedAsync();
        return (run.ExitCode, run.All);
    }

    /// <summary>Runs a program of this machine to its end, which must be a good one; gives all that it said.</summary>
    public static async Task<string> DoneAsync(string program, params IEnumerable<string> arguments)
    {
        using var run = Start(program, arguments);
        await run.EndedWellAsync();
        return run.All;
    }

    /// <summary>Writes to the program's standard input.</summary>
    public async Task TellAsync(string text)
    {
        await process.StandardInput.WriteAsync(text);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Tells the program a line and gives the next line of its standard output.</summary>
    public async Task<string> AskAsync(string line)
    {
        await TellAsync(line + "\n");
        return await HeardAsync();
    }

    /// <summary>The next line of the standard output.</summary>
    public async Task<string> HeardAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        try
        {
            return await output.Reader.ReadAsync(cancellation).AsTask().WaitAsync(Patience, cancellation);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{this} says nothing more. It said:\n{All}");
        }
    }

    /// <summary>Waits for the end, and for its last line.</summary>
    public async Task EndedAsync(TimeSpan? patience = null)
    {
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(patience ?? Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{this} did not end. It said:\n{All}");
        }
    }

    /// <summary>Waits for the end, which must be a good one.</summary>
    public async Task EndedWellAsync()
    {
        await EndedAsync();
        Assert.True(ExitCode == 0, $"{this} ended with {ExitCode}. It said:\n{All}");
    }

    /// <summary>SIGKILL, as a power cut does.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync(CancellationToken.None);
    }

    public void Signal(int signal) => Signal(process.Id, signal);

    public static void Signal(int process, int signal)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [string.Create(CultureInfo.InvariantCulture, $"-{signal}"), process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public override string ToString() => $"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}";

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private void Hear(string? line, bool isComplaint)
    {
        if (line is null)
        {
            return;
        }

        said.Enqueue(line);
        if (isComplaint)
        {
            complained.Enqueue(line);
        }
        else
        {
            output.Writer.TryWrite(line);
        }
    }
}
