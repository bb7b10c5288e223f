using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Screens;

/// <summary>A demonstration hall that the tests of screens share; each test uses counters and services of its own.</summary>
public class ScreenHall(Chromium chromium) : IAsyncLifetime
{
    internal RunningHall Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Hub = await StartAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Hub.DisposeAsync();
    }

    private protected virtual Task<RunningHall> StartAsync() => RunningHall.StartAsync();

    /// <summary>Opens a page of the hub, signed in where a cookie is given.</summary>
    internal async Task<IPage> OpenAsync(string path, int width = 1366, int height = 768, string? cookie = null)
    {
        var page = await chromium.OpenAsync(width, height);
        if (cookie is not null)
        {
            var parts = cookie.Split('=', 2);
            await page.Context.AddCookiesAsync([new Cookie { Name = parts[0], Value = parts[1], Url = Hub.Address }]);
        }

        await page.GotoAsync(Hub.Address + path);
        return page;
    }

    /// <summary>What has just taken another's place takes no press for a moment: waits until it does.</summary>
    internal static Task RestedAsync(IPage page) => Assertions.Expect(page.Locator("[data-fresh]")).ToHaveCountAsync(0);

    /// <summary>Waits until a person could press: what has just come has rested, and no command is under way.</summary>
    internal static async Task PressableAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("[data-locked]")).ToHaveCountAsync(0);
        await RestedAsync(page);
    }

    /// <summary>What a person with a screen reader, or a narrow screen, would stumble over; empty where there is nothing.</summary>
    internal static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth");
        return
        [
            .. await Axe.FindAsync(page),
            .. overflow > 0 ? [$"{page.Url}: {overflow} px wider than the screen"] : Array.Empty<string>(),
        ];
    }
}
