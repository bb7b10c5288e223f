using System.Threading.Channels;
using Reception.Hub.Journal;

namespace Reception.Hub.Security;

/// <summary>
/// Takes notes for the security log and writes them beside the requests that they are about, which never wait for it. However many come,
/// few are written: <see cref="RepeatedNotes"/>.
/// </summary>
internal sealed class SecurityNotes(JournalWriter journal, TimeProvider clock) : BackgroundService
{
    private const int MostWaiting = 1024;
    private const int LargestBatch = 64;
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1);

    private readonly RepeatedNotes _repeated = new(clock);
    private readonly Channel<SecurityNote> _due = Channel.CreateBounded<SecurityNote>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Notes something; returns at once.</summary>
    /// <param name="kind">What it is about.</param>
    /// <param name="person">The code of the account it is about, or null.</param>
    /// <param name="detail">What else there is to say.</param>
    public void Add(SecurityKind kind, string? person, SecurityDetail detail)
    {
        var note = new SecurityNote(kind, person, detail);
        if (_repeated.Add(note))
        {
            _due.Writer.TryWrite(note);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var rest = new List<SecurityNote>();
        while (_due.Reader.TryRead(out var note))
        {
            rest.Add(note);
        }

        await TryWriteAsync([.. rest, .. _repeated.TakeCounted(all: true)], cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var timer = clock.CreateTimer(_ => WriteCounted(), null, Beat, Beat);
        while (await _due.Reader.WaitToReadAsync(stoppingToken))
        {
            var batch = new List<SecurityNote>();
            while (batch.Count < LargestBatch && _due.Reader.TryRead(out var note))
            {
                batch.Add(note);
            }

            // Where the disk is full, what the bounds let through waits here and is written once there is room.
            while (!await TryWriteAsync(batch, stoppingToken))
            {
                await Task.Delay(Beat, clock, stoppingToken);
            }
        }
    }

    private void WriteCounted()
    {
        foreach (var note in _repeated.TakeCounted())
        {
            _due.Writer.TryWrite(note);
        }
    }

    private async Task<bool> TryWriteAsync(IReadOnlyList<SecurityNote> notes, CancellationToken cancellationToken)
    {
        try
        {
            if (notes.Count > 0)
            {
                await journal.ExecuteAsync(new AddNotes(notes), cancellationToken);
            }

            return true;
        }
        catch (NotCommittedException)
        {
            // The writer has logged it.
            return false;
        }
    }
}
