using System.Diagnostics;

namespace Reception.Hall.Tests.Parts;

/// <summary>Waits for a condition with a deadline, and says what was seen instead.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<bool> condition, Func<string> seen, TimeSpan? within = null) =>
        await TrueAsync(() => Task.FromResult(condition()), seen, within);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> seen, TimeSpan? within = null)
    {
        var patience = within ?? Patience;
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > patience)
            {
                Assert.Fail($"Not within {patience.TotalSeconds} s. Seen: {seen()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }
}
