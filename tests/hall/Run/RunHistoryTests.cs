using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Run;

/// <summary>A hall that <c>./run --history</c> gives a past.</summary>
public sealed class RunHistoryTests : IAsyncDisposable
{
    private readonly RunHall _hall = new();

    public ValueTask DisposeAsync() => _hall.DisposeAsync();

    [Fact]
    public async Task The_dashboard_shows_the_past_and_today_begins_with_the_first_number()
    {
        await _hall.StartAsync("--history", "10d");
        Assert.Equal("A001", await _hall.TakeNumberAsync());
        await _hall.ProvinceHasAsync("vn.reception.ticket.issued", 1);

        using var leader = new ApiClient(_hall.Site.Http);
        (await leader.SignInAsync("ld01", null)).Ok(204);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(7).Date);
        var past = $"from={today.AddDays(-10):yyyy-MM-dd}&to={today.AddDays(-1):yyyy-MM-dd}";
        var officers = (await leader.GetAsync($"/api/v1/statistics/officers?{past}")).Ok().GetProperty("officers");
        Assert.Equal(5, officers.GetArrayLength());
        Assert.All(officers.EnumerateArray(), one => Assert.True(one.GetProperty("served").GetInt32() > 50, one.ToString()));
        var (code, said) = await Spawned.RunAsync("hub", "verify", "--data", _hall.Site.Data);
        Assert.True(code == 0, said);

        await _hall.EndAsync(RunProcess.Interrupt);
        using var again = RunProcess.Start([.. _hall.Site.Arguments, "--history", "10d"]);
        Assert.NotEqual(0, await again.EndAsync());
        Assert.Contains("has a history already; start with --fresh", Assert.Single(again.Complaints), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RunProcess.Interrupt)]
    [InlineData(RunProcess.Killed)]
    public async Task An_end_while_it_is_written_leaves_no_process_and_no_partial_history(int signal)
    {
        using var run = RunProcess.Start([.. _hall.Site.Arguments, "--history", "24m"]);
        await Eventually.TrueAsync(
            () => Directory.Exists(Path.Combine(_hall.Site.Data, "history.unfinished")), () => run.Said, RunProcess.StartPatience);
        run.Signal(signal);
        await run.EndAsync();
        await Eventually.TrueAsync(() => _hall.Site.Processes.Count == 0, () => string.Join('\n', _hall.Site.Processes));

        await _hall.StartAsync();
        Assert.Equal("A001", await _hall.TakeNumberAsync());
        Assert.False(Directory.Exists(Path.Combine(_hall.Site.Data, "history.unfinished")));
    }
}
