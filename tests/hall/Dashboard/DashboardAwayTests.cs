using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Screens;

namespace Reception.Hall.Tests.Dashboard;

/// <summary>A dashboard whose hub dies: stale figures are never shown as fresh.</summary>
public sealed class DashboardAwayTests(ScreenHall hall) : IClassFixture<ScreenHall>
{
    [Fact]
    public async Task A_dead_hub_is_shown_as_such_and_a_new_one_found_by_itself()
    {
        var leader = await hall.Hub.SignInAsync("ld01", null);
        var page = await hall.OpenAsync("/dashboard", cookie: leader);
        await Assertions.Expect(page.Locator("#live")).ToHaveClassAsync("state num");

        await hall.Hub.KillHubAsync();
        await Assertions.Expect(page.Locator("#live.away")).ToContainTextAsync("Mất liên lạc");
        await hall.Hub.StartHubAsync();
        await Assertions.Expect(page.Locator("#live:not(.away)")).ToContainTextAsync("Trực tiếp", new() { Timeout = 20_000 });

        await hall.Hub.TakeAsync("KD");
        await Assertions.Expect(page.Locator("#now")).ToContainTextAsync("M001");
    }
}
