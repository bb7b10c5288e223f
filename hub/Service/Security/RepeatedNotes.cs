namespace Reception.Hub.Security;

/// <summary>
/// Bounds what is written to the security log. The first note of a window is written, the same ones that follow are counted into one more
/// entry at the window's end. Of different ones, so many of one kind and person, or of one kind of all strangers, are written alone; what is
/// beyond that is counted together.
/// </summary>
internal sealed class RepeatedNotes(TimeProvider clock)
{
    private const int MostAlone = 20;

    private readonly Lock _gate = new();
    private readonly Dictionary<SecurityNote, Counted> _alone = [];
    private readonly Dictionary<SecurityNote, Counted> _together = [];

    /// <summary>Within which the same note is counted only.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Takes a note in; true where it is to be written now.</summary>
    public bool Add(SecurityNote note)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            if (_alone.TryGetValue(note, out var known))
            {
                known.Further++;
                return false;
            }

            var shared = Shared(note);
            if (_together.TryGetValue(shared, out var beyond))
            {
                beyond.Further++;
                return false;
            }

            if (_alone.Keys.Count(other => Shared(other) == shared) >= MostAlone)
            {
                _together[shared] = new Counted(now) { Further = 1 };
                return false;
            }

            _alone[note] = new Counted(now);
            return true;
        }
    }

    /// <summary>Entries for the notes that were counted in windows that are over; all windows at the end of the program.</summary>
    public IReadOnlyList<SecurityNote> TakeCounted(bool all = false)
    {
        lock (_gate)
        {
            return [.. Take(_alone, all), .. Take(_together, all)];
        }
    }

    private List<SecurityNote> Take(Dictionary<SecurityNote, Counted> counted, bool all)
    {
        var over = counted.Where(one => all || clock.GetElapsedTime(one.Value.Since) >= Window).ToList();
        over.ForEach(one => counted.Remove(one.Key));
        return [.. over.Where(one => one.Value.Further > 0)
            .Select(one => one.Key with { Detail = one.Key.Detail with { Further = one.Value.Further } })];
    }

    /// <summary>What a note has in common with those that share its bound.</summary>
    private static SecurityNote Shared(SecurityNote note) => note.Kind.IsOfStrangers()
        ? new SecurityNote(note.Kind, null, new SecurityDetail())
        : note with { Detail = new SecurityDetail { Device = note.Detail.Device } };

    private sealed class Counted(long since)
    {
        public long Since => since;

        public int Further { get; set; }
    }
}
