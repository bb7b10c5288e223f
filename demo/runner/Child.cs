using System.Diagnostics;

namespace Reception.Runner;

/// <summary>One start of a program: leader of a process group of its own.</summary>
internal sealed class Child
{
    private readonly Process _process;
    private readonly Task _heard;

    public Child(Process process, Action<ReadOnlySpan<byte>> hear)
    {
        _process = process;
        Id = process.Id;
        Ended = process.WaitForExitAsync();
        _heard = Hear(process.StandardOutput.BaseStream, bytes =>
        {
            Words.Hear(bytes);
            hear(bytes);
        });
    }

    public int Id { get; }

    /// <summary>A timestamp of <see cref="TimeProvider.System"/>.</summary>
    public long StartedAt { get; } = TimeProvider.System.GetTimestamp();

    public RecentWords Words { get; } = new();

    public Task Ended { get; }

    /// <summary>Once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>
    /// Ends what is left of its group, and waits until all that it said was heard; not for long, as a process that has left the group
    /// may hold the output.
    /// </summary>
    public async Task CloseAsync()
    {
        await Signals.KillGroupAsync(Id);
        await Task.WhenAny(_heard, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));
    }

    /// <summary>A thread of its own reads: waiting for a pipe would take one from the pool for as long as the program runs.</summary>
    private static Task Hear(Stream output, Action<ReadOnlySpan<byte>> hear) => Task.Factory.StartNew(
        () =>
        {
            using (output)
            {
                var piece = new byte[16 * 1024];
                while (output.Read(piece) is > 0 and var count)
                {
                    hear(piece.AsSpan(0, count));
                }
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
