using Reception.Unit.Tests;

namespace Reception.Hall.Tests.Sweep;

/// <summary>A program killed at one sync of its disk after the other, until a whole scenario passes without a kill.</summary>
internal static class SyncSweep
{
    private const int Most = 100;

    /// <param name="usual">How many syncs a usual run goes on by; with every test, each is met.</param>
    /// <param name="roundAsync">One scenario, killed at a sync; gives whether it came so far.</param>
    public static async Task RunAsync(int usual, Func<int, Task<bool>> roundAsync)
    {
        var kills = 0;
        for (var sync = 1; sync < Most; sync += Effort.Of(usual, all: 1))
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"killed at sync {sync}");
            if (await roundAsync(sync))
            {
                kills++;
                continue;
            }

            TestContext.Current.TestOutputHelper.WriteLine($"the scenario has fewer than {sync} syncs; {kills} kills");
            Assert.True(kills > 1, "Nothing was killed.");
            return;
        }

        Assert.Fail($"The scenario has {Most} syncs.");
    }
}
