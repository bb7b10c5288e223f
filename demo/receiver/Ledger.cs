using System.Text;
using System.Text.Json;
using Reception.Protocol;

namespace Reception.Receiver;

/// <summary>
/// Everything that arrived, in one file of JSON lines: the new events of a batch, then the batch's receipt. A batch without its receipt was
/// never acknowledged; a start cuts it off, and it comes again.
/// </summary>
internal sealed class Ledger : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly List<Arrival> _arrivals = [];
    private readonly HashSet<(string Source, string Id)> _known = [];
    private readonly HashSet<string> _keys = [];
    private readonly Dictionary<string, List<string?>> _journals = [];
    private readonly Dictionary<(string Source, string? Journal), long> _highest = [];
    private readonly HashSet<(string Source, string? Journal, long Sequence)> _arrived = [];
    private readonly HashSet<(string Source, string? Journal, long Sequence)> _missing = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Tally _tally = Tally.None;

    private Ledger(FileStream file) => _file = file;

    private sealed record EventLine(DateTimeOffset Received, JsonElement Event);

    private sealed record ReceiptLine(Receipt Receipt);

    private sealed record Receipt(DateTimeOffset Received, string? Key, int Duplicates);

    public Tally Tally
    {
        get
        {
            lock (_gate)
            {
                return _tally;
            }
        }
    }

    /// <summary>Opens the file in the folder, made where it is not there, and reads what arrived before. Only one program can have it open.</summary>
    public static Ledger Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "events.jsonl");
        var ledger = new Ledger(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        try
        {
            ledger.Replay();
            return ledger;
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    /// <summary>Keeps a batch: on return it is on the disk. Events that are known already are counted, and change nothing.</summary>
    public Tally Keep(IReadOnlyList<ProvinceEvent> events, string? key, DateTimeOffset received)
    {
        lock (_gate)
        {
            var offset = _file.Length;
            var start = offset;
            var seen = new HashSet<(string, string)>();
            var fresh = new List<(ProvinceEvent Event, long Offset, int Length)>();
            using var lines = new MemoryStream();
            foreach (var one in events.Where(one => !_known.Contains((one.Source, one.Id)) && seen.Add((one.Source, one.Id))))
            {
                var line = Line(new EventLine(received, one.Json));
                lines.Write(line);
                fresh.Add((one, offset, line.Length));
                offset += line.Length;
            }

            var receipt = new Receipt(received, key, events.Count - fresh.Count);
            lines.Write(Line(new ReceiptLine(receipt)));
            Append(lines, start);

            foreach (var (one, at, length) in fresh)
            {
                Count(one, received, at, length);
            }

            Count(receipt);
            Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            return _tally;
        }
    }

    /// <summary>The arrivals after an index, the oldest first.</summary>
    public IReadOnlyList<Arrival> After(int index, int most)
    {
        lock (_gate)
        {
            return [.. _arrivals.Skip(Math.Clamp(index, 0, _arrivals.Count)).Take(most)];
        }
    }

    /// <summary>The arrivals before an index, the newest first.</summary>
    public IReadOnlyList<Arrival> Before(int index, int most)
    {
        lock (_gate)
        {
            var end = Math.Clamp(index - 1, 0, _arrivals.Count);
            var start = Math.Max(0, end - most);
            return [.. _arrivals.Skip(start).Take(end - start).Reverse()];
        }
    }

    /// <summary>Whether the event before this one has not arrived yet.</summary>
    public bool IsAfterGap(Arrival arrival)
    {
        lock (_gate)
        {
            return arrival.Missing is { } missing && _missing.Contains((arrival.Source, arrival.Journal, missing));
        }
    }

    /// <summary>The event as it came.</summary>
    public JsonElement Event(Arrival arrival)
    {
        var line = new byte[arrival.Length];
        var read = 0;
        while (read < line.Length)
        {
            var count = RandomAccess.Read(_file.SafeFileHandle, line.AsSpan(read), arrival.Offset + read);
            if (count == 0)
            {
                throw new EndOfStreamException($"{_file.Name} has become shorter than what was written to it.");
            }

            read += count;
        }

        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("event").Clone();
    }

    /// <summary>Ends when more has arrived than the caller has seen.</summary>
    public Task ChangedAsync(int batchesSeen)
    {
        lock (_gate)
        {
            return _tally.Batches != batchesSeen ? Task.CompletedTask : _changed.Task;
        }
    }

    public void Dispose() => _file.Dispose();

    private static byte[] Line<T>(T line) => [.. ProtocolJson.Write(line), (byte)'\n'];

    private void Append(MemoryStream lines, long start)
    {
        try
        {
            _file.Position = start;
            _file.Write(lines.GetBuffer(), 0, (int)lines.Length);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // Half a batch must not stand before the next one.
            _file.SetLength(start);
            throw;
        }
    }

    private void Replay()
    {
        long offset = 0, kept = 0;
        var pending = new List<(ProvinceEvent Event, DateTimeOffset Received, long Offset, int Length)>();
        using var reader = new StreamReader(_file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            var length = Encoding.UTF8.GetByteCount(line) + 1;
            if (offset + length > _file.Length)
            {
                break;
            }

            if (ProtocolJson.Read<ReceiptLine>(Encoding.UTF8.GetBytes(line)) is { Receipt: { } receipt })
            {
                pending.ForEach(one => Count(one.Event, one.Received, one.Offset, one.Length));
                pending.Clear();
                Count(receipt);
                kept = offset + length;
            }
            else if (ProtocolJson.Read<EventLine>(Encoding.UTF8.GetBytes(line)) is { Event.ValueKind: JsonValueKind.Object } one)
            {
                var (events, refusal) = ReadBatch.Read(Encoding.UTF8.GetBytes($"[{one.Event.GetRawText()}]"));
                pending.Add((refusal is null ? events[0] : throw new InvalidDataException($"{_file.Name}: {refusal}"), one.Received, offset, length));
            }
            else
            {
                throw new InvalidDataException($"{_file.Name} holds a line at byte {offset} that is none of its own.");
            }

            offset += length;
        }

        _file.SetLength(kept);
    }

    private void Count(ProvinceEvent one, DateTimeOffset received, long offset, int length)
    {
        var late = _highest.TryGetValue((one.Source, one.Journal), out var highest) && one.Sequence <= highest;
        _highest[(one.Source, one.Journal)] = late ? highest : one.Sequence;
        _known.Add((one.Source, one.Id));
        var isNewJournal = Journals(one.Source) is { Count: > 0 } journals && !journals.Contains(one.Journal);
        var missing = one.After is > 0 and { } after && !HasArrived(one.Source, one.Journal, after) ? after : (long?)null;
        if (missing is { } gap)
        {
            _missing.Add((one.Source, one.Journal, gap));
        }

        _arrived.Add((one.Source, one.Journal, one.Sequence));
        _missing.Remove((one.Source, one.Journal, one.Sequence));
        if (!Journals(one.Source).Contains(one.Journal))
        {
            Journals(one.Source).Add(one.Journal);
        }

        _arrivals.Add(new Arrival(
            _arrivals.Count + 1, received, one.Id, one.Source, one.Type, one.Time, one.Subject, one.Journal, one.Sequence, missing, isNewJournal, late, offset, length));
        _tally = _tally with
        {
            Events = _arrivals.Count,
            Gaps = _missing.Count,
            NewJournals = _tally.NewJournals + (isNewJournal ? 1 : 0),
            OutOfOrder = _tally.OutOfOrder + (late ? 1 : 0),
        };
    }

    /// <summary>The journals of a source, in the order in which they came.</summary>
    private List<string?> Journals(string source)
    {
        if (!_journals.TryGetValue(source, out var journals))
        {
            _journals[source] = journals = [];
        }

        return journals;
    }

    // The first event of a journal that was restored from a backup follows one of the journal before it.
    private bool HasArrived(string source, string? journal, long sequence) =>
        _arrived.Contains((source, journal, sequence))
        || (!Journals(source).Contains(journal) && Journals(source).Any(before => _arrived.Contains((source, before, sequence))));

    private void Count(Receipt receipt)
    {
        var repeated = receipt.Key is not null && !_keys.Add(receipt.Key);
        _tally = _tally with
        {
            Batches = _tally.Batches + 1,
            RepeatedBatches = _tally.RepeatedBatches + (repeated ? 1 : 0),
            Duplicates = _tally.Duplicates + receipt.Duplicates,
            LastReceived = receipt.Received,
        };
    }
}
