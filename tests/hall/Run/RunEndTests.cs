namespace Reception.Hall.Tests.Run;

/// <summary>How a hall of <c>./run</c> ends, and goes on.</summary>
public sealed class RunEndTests : IAsyncDisposable
{
    private readonly RunHall _hall = new();

    public ValueTask DisposeAsync() => _hall.DisposeAsync();

    [Fact]
    public async Task A_kill_ends_everything_within_five_seconds_and_the_next_start_goes_on()
    {
        await _hall.StartAsync();
        var first = await _hall.TakeNumberAsync();
        await _hall.KillAsync();

        await _hall.StartAsync();
        Assert.Equal(("A001", "A002"), (first, await _hall.TakeNumberAsync()));
        await _hall.ProvinceHasAsync("vn.reception.ticket.issued", 2);
    }

    [Theory]
    [InlineData(RunProcess.Interrupt)]
    [InlineData(RunProcess.Terminate)]
    public async Task An_end_by_Ctrl_C_or_by_the_system_is_clean(int signal)
    {
        await _hall.StartAsync("--bench-rater");
        await _hall.EndAsync(signal);
    }
}
