using Reception.Hub.Security;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Security;

public sealed class RepeatedNotesTests
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 12, 1, 1, 0, 0, TimeSpan.Zero));
    private readonly RepeatedNotes _notes;

    public RepeatedNotesTests() => _notes = new RepeatedNotes(_clock);

    [Fact]
    public void The_first_of_a_window_is_written_and_the_same_ones_are_counted_at_its_end()
    {
        Assert.True(_notes.Add(Failed("cb01", "10.0.0.1")));
        Assert.False(_notes.Add(Failed("cb01", "10.0.0.1")));
        Assert.False(_notes.Add(Failed("cb01", "10.0.0.1")));
        Assert.True(_notes.Add(Failed("cb01", "10.0.0.2")));
        Assert.Empty(_notes.TakeCounted());

        _clock.Advance(RepeatedNotes.Window);

        Assert.Equal(Failed("cb01", "10.0.0.1", further: 2), Assert.Single(_notes.TakeCounted()));
        Assert.Empty(_notes.TakeCounted());
        Assert.True(_notes.Add(Failed("cb01", "10.0.0.1")));
    }

    [Fact]
    public void A_flood_of_strangers_from_many_addresses_at_many_accounts_is_few_entries()
    {
        var written = Enumerable.Range(0, 100_000).Count(one => _notes.Add(Failed($"cb{one % 90}", $"10.0.{one / 256 % 256}.{one % 256}")));
        _clock.Advance(RepeatedNotes.Window);
        var counted = _notes.TakeCounted();

        Assert.Equal(20, written);
        Assert.InRange(counted.Count, 1, 21);
        Assert.Equal(100_000, written + counted.Sum(note => note.Detail.Further!.Value));
        Assert.All(counted.Where(note => note.Person is null), note => Assert.Null(note.Detail.From));
    }

    [Fact]
    public void Strangers_hide_nothing_of_a_person_and_no_person_of_another()
    {
        foreach (var address in Enumerable.Range(0, 50))
        {
            _notes.Add(Failed("cb01", $"10.0.0.{address}"));
            _notes.Add(Exported("ld01", $"{address}.csv"));
        }

        Assert.True(_notes.Add(Exported("ld02", "ratings.csv")));
        Assert.False(_notes.Add(Exported("ld01", "ratings.csv")));
        Assert.Contains(Exported("ld01", null, further: 31), _notes.TakeCounted(all: true));
    }

    private static SecurityNote Failed(string person, string address, int? further = null) =>
        new(SecurityKind.SignInFailed, person, new SecurityDetail { From = address, Further = further });

    private static SecurityNote Exported(string person, string? what, int? further = null) =>
        new(SecurityKind.Exported, person, new SecurityDetail { What = what, Further = further });
}
