using Reception.Hub.Phones;
using Reception.Hub.Site;
using Reception.Unit.Tests.Clocks;
using Xunit;

namespace Reception.Unit.Tests.Phones;

public sealed class PresenceCodeTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly string _folder = Directory.CreateTempSubdirectory("presence-").FullName;
    private readonly PresenceCode _code;

    public PresenceCodeTests() => _code = new PresenceCode(HubSecret.Of(_folder), _clock);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_code_is_six_digits_for_ten_minutes_and_holds_for_five_more()
    {
        var first = _code.Current;
        Assert.Matches("^[0-9]{6}$", first);
        _clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(first, _code.Current);
        Assert.Equal(_clock.GetUtcNow() + TimeSpan.FromTicks(1), _code.Until);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.NotEqual(first, _code.Current);
        Assert.True(_code.Holds(first) && _code.Holds(_code.Current));
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        Assert.True(_code.Holds(first));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(_code.Holds(first));
        Assert.True(_code.Holds(_code.Current));
    }

    [Fact]
    public void A_restart_makes_the_same_code_and_another_hub_does_not()
    {
        Assert.Equal(_code.Current, new PresenceCode(HubSecret.Of(_folder), _clock).Current);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "phone.secret")));

        File.Delete(Path.Combine(_folder, "phone.secret"));
        Assert.NotEqual(_code.Current, new PresenceCode(HubSecret.Of(_folder), _clock).Current);
    }

    [Fact]
    public void Spaces_are_ignored_and_nothing_else_is_the_code()
    {
        var code = _code.Current;
        Assert.True(_code.Holds($" {code[..3]} {code[3..]} "));
        Assert.DoesNotContain(["", code[1..], code + "0", "abcdef", code.Replace(code[0], '٣')], _code.Holds);
    }

    [Fact]
    public void Codes_of_a_year_are_spread_over_all_that_there_are()
    {
        var seen = new HashSet<string>();
        for (var step = 0; step < 52_560; step++)
        {
            seen.Add(_code.Current);
            _clock.Advance(PresenceCode.Step);
        }

        // Of a million codes drawn so often, 51,200 different ones are expected, with a deviation of 36.
        Assert.InRange(seen.Count, 50_900, 51_500);
    }
}
