using Reception.Hub.Staff;
using Xunit;

namespace Reception.Unit.Tests.Staff;

public sealed class PinCheckTests
{
    private static readonly string Kept = Pins.Hash("cb01", "1357");

    [Fact]
    public async Task A_right_PIN_is_right_and_every_other_is_wrong()
    {
        using var check = new PinCheck(TimeProvider.System);
        Assert.True(await VerifyAsync(check, "1.1.1.1", Kept, "1357"));
        Assert.False(await VerifyAsync(check, "1.1.1.1", Kept, "1358"));
        Assert.False(await VerifyAsync(check, "1.1.1.1", null, "1357"));
    }

    [Fact]
    public async Task Of_one_address_some_wait_and_others_are_looked_at_meanwhile()
    {
        using var check = new PinCheck(TimeProvider.System);
        var flood = Enumerable.Range(0, 64).Select(_ => VerifyAsync(check, "1.1.1.1", Kept, "0000")).ToList();
        var other = VerifyAsync(check, "2.2.2.2", Kept, "1357");

        var answers = await Task.WhenAll(flood);
        Assert.Equal((32, 32), (answers.Count(answer => answer is false), answers.Count(answer => answer is null)));
        Assert.True(await other);
        Assert.False(await VerifyAsync(check, "1.1.1.1", Kept, "0000"));
    }

    [Fact]
    public async Task Who_no_longer_waits_holds_no_place()
    {
        using var check = new PinCheck(TimeProvider.System);
        using var gone = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 32).Select(_ => check.VerifyAsync("1.1.1.1", "cb01", Kept, "0000", gone.Token)).ToList();
        await gone.CancelAsync();
        // Two are checked by then; the others are gone.
        await Task.WhenAll(waiting).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        Assert.Contains(waiting, one => one.IsCanceled);

        Assert.True(await VerifyAsync(check, "1.1.1.1", Kept, "1357"));
    }

    private static Task<bool?> VerifyAsync(PinCheck check, string address, string? hash, string pin) =>
        check.VerifyAsync(address, "cb01", hash, pin, TestContext.Current.CancellationToken);
}
