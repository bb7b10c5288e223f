using System.Globalization;

namespace Reception.Hall.Tests.Parts;

/// <summary>Watches how a running program writes to its disk, or lets that fail, until it is disposed of.</summary>
internal sealed class Strace : IAsyncDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly string _process;
    private readonly Spawned _strace;

    private Strace(int process, string expression)
    {
        var id = process.ToString(CultureInfo.InvariantCulture);
        _process = $"/proc/{id}";
        _strace = Spawned.Start("strace", "-f", "-e", expression, "-e", "signal=none", "-o", _file, "-p", id);
    }

    /// <summary>How often the program made durable what it wrote.</summary>
    public int Syncs => File.ReadLines(_file).Count(line => line.Contains("sync(", StringComparison.Ordinal));

    public static Task<Strace> CountSyncsAsync(int process) => AttachAsync(process, "trace=fsync,fdatasync");

    /// <summary>From now on each write to a file fails with an I/O error.</summary>
    public static Task<Strace> FailWritesAsync(int process) => AttachAsync(process, "inject=pwrite64:error=EIO");

    /// <summary>From now on nothing that was written can be made durable.</summary>
    public static Task<Strace> FailSyncsAsync(int process) => AttachAsync(process, "inject=fsync,fdatasync:error=EIO");

    /// <summary>From now on there is no room for a write to a file.</summary>
    public static Task<Strace> FillDiskAsync(int process) => AttachAsync(process, "inject=pwrite64:error=ENOSPC");

    /// <summary>From now on the disk takes so long to make durable what was written.</summary>
    public static Task<Strace> SlowSyncsAsync(int process, TimeSpan by) => AttachAsync(
        process, string.Create(CultureInfo.InvariantCulture, $"inject=fsync,fdatasync:delay_enter={by.TotalMicroseconds:0}"));

    public async ValueTask DisposeAsync()
    {
        const int Interrupt = 2;
        // It ends by itself with the program that it watches.
        if (Directory.Exists(_process) && !_strace.HasEnded)
        {
            _strace.Signal(Interrupt);
        }

        await _strace.EndedAsync();
        _strace.Dispose();
        File.Delete(_file);
    }

    private static async Task<Strace> AttachAsync(int process, string expression)
    {
        var strace = new Strace(process, expression);
        await Eventually.TrueAsync(() => strace._strace.All.Contains("attached", StringComparison.Ordinal), () => strace._strace.All);
        return strace;
    }
}
