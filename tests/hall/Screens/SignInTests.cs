using System.Collections.Concurrent;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Screens;

/// <summary>Signing in with a keyboard, a mouse or both; every press counts.</summary>
public sealed class SignInTests(ScreenHall hall, Chromium chromium) : IClassFixture<ScreenHall>
{
    private const int MostPresses = 8;

    [Theory]
    [InlineData("1 2 5 8 0 Enter", "cb01")]
    [InlineData("2 ArrowDown 2 5 8 0 Enter", "cb02")]
    [InlineData("5 ArrowUp ArrowUp 2 5 8 0 Enter", "cb05")]
    [InlineData("Enter Enter 2 5 8 0 Enter", "cb01")]
    [InlineData("ArrowDown ArrowDown Enter 2 5 8 0 Enter", "cb03")]
    [InlineData("End ArrowUp ArrowUp 2 5 8 0 Enter", "cb05", false)]
    [InlineData("C Space Enter 2 5 8 0 Enter", "cb02")]
    public async Task By_keyboard_alone_an_officer_of_five_signs_in_with_eight_presses(string presses, string officer, bool enters = true)
    {
        var keys = presses.Split(' ');
        Assert.InRange(keys.Length, 1, MostPresses);
        var page = await hall.OpenAsync("/signin");
        var asked = Watch(page);

        await PressAsync(page, keys);

        if (enters)
        {
            await Assertions.Expect(page).ToHaveURLAsync(hall.Hub.Address + "/console");
            Assert.Contains($"\"officer\":\"{officer}\"", Assert.Single(asked), StringComparison.Ordinal);
        }
        else
        {
            // Chosen by the arrow keys and not confirmed: the counter is still missing, and Enter went to it.
            Assert.Equal(officer, await page.GetAttributeAsync("#names [aria-pressed=true]", "data-officer"));
            await Assertions.Expect(page.Locator("#counters button:focus")).ToHaveCountAsync(1);
            Assert.Empty(asked);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Among_forty_eight_a_search_and_enter_choose_the_name_that_was_typed()
    {
        await using var hub = await DemonstrationHall.StartAsync(DemonstrationHall.Fill);
        var page = await chromium.OpenAsync(1366, 768);
        await page.GotoAsync(hub.Address + "/signin");
        var asked = Watch(page);
        string[] keys = ["3", "7", "Enter", "2", "5", "8", "0", "Enter"];
        Assert.InRange(keys.Length, 1, MostPresses);

        await PressAsync(page, keys);

        await Assertions.Expect(page).ToHaveURLAsync(hub.Address + "/console");
        Assert.Contains("\"officer\":\"cb37\"", Assert.Single(asked), StringComparison.Ordinal);

        // The whole word before the one that begins with it, and the computer knows its counter: 48 does not have to be looked for again.
        await page.GotoAsync(hub.Address + "/signin");
        await PressAsync(page, "3", "Enter", "Shift+Tab", "4", "8", "Enter", "2", "5", "8", "0", "Enter");
        await Assertions.Expect(page).ToHaveURLAsync(hub.Address + "/console");
        await page.GotoAsync(hub.Address + "/signin");
        await PressAsync(page, "3", "Enter", "2", "5", "8", "0", "Enter");
        await Assertions.Expect(page).ToHaveURLAsync(hub.Address + "/console");
        Assert.Equal(
            ["""{"officer":"cb03","pin":"2580","counter":48}""", """{"officer":"cb03","pin":"2580","counter":48}"""], asked.Skip(1));
    }

    [Theory]
    [InlineData("[data-officer=cb04]")]
    [InlineData("[data-officer=cb02]")]
    [InlineData("#counter-2")]
    [InlineData("#counter-4")]
    [InlineData("[data-digit='7']")]
    [InlineData("[data-clear]")]
    [InlineData("#go")]
    [InlineData("body")]
    public async Task Enter_enters_once_wherever_the_focus_is(string focused)
    {
        var page = await hall.OpenAsync("/signin");
        var asked = Watch(page);
        await page.ClickAsync("[data-officer=cb02]");
        await page.ClickAsync("#counter-2");
        await page.Keyboard.TypeAsync(HallPlan.Pin);
        await page.EvaluateAsync("selector => { document.activeElement.blur(); document.querySelector(selector).focus(); }", focused);

        await PressAsync(page, "Enter", "Enter");

        await Assertions.Expect(page).ToHaveURLAsync(hall.Hub.Address + "/console");
        Assert.Equal("""{"officer":"cb02","pin":"2580","counter":2}""", Assert.Single(asked));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_name_that_was_clicked_leads_to_the_counter_and_the_counter_to_the_pin()
    {
        var page = await hall.OpenAsync("/signin");
        var asked = Watch(page);
        await page.ClickAsync("[data-officer=cb02]");
        await Assertions.Expect(page.Locator("#counters button:focus")).ToHaveCountAsync(1);

        // A counter that only the page proposed after a click is not taken by typing on: somebody would sit down at another's.
        await page.Keyboard.TypeAsync(HallPlan.Pin);
        await Assertions.Expect(page.Locator("#go")).ToBeDisabledAsync();
        await page.ClickAsync("#counter-2");
        await Assertions.Expect(page.Locator("#pin")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page).ToHaveURLAsync(hall.Hub.Address + "/console");
        Assert.Equal("""{"officer":"cb02","pin":"2580","counter":2}""", Assert.Single(asked));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_leader_needs_no_counter_and_another_name_forgets_the_digits()
    {
        var page = await hall.OpenAsync("/signin");
        await PressAsync(page, "ArrowDown", "Enter", "2", "5", "8");
        await page.FocusAsync("[data-officer=cb02]");
        await PressAsync(page, "End", "ArrowUp", "Enter");
        await Assertions.Expect(page.Locator("#dots .on")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#pin")).ToBeFocusedAsync();

        await PressAsync(page, "2", "5", "8", "0", "Enter");

        await Assertions.Expect(page).ToHaveURLAsync(hall.Hub.Address + "/dashboard");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_key_that_comes_right_after_a_fresh_list_finds_one_tab_stop_and_what_was_chosen()
    {
        var page = await hall.OpenAsync("/signin");
        await PressAsync(page, "2", "ArrowDown");
        await Assertions.Expect(page.Locator("#counters [aria-pressed=true]")).ToHaveCountAsync(1);

        var (stops, chosen) = await page.EvaluateAsync<(int, int)>(
            """
            () => new Promise(done => {
              const count = what => document.querySelectorAll(`#counters ${what}`).length;
              // The first task of the browser after the one that changes the list.
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => done({ Item1: count("[tabindex='0']"), Item2: count("[aria-pressed=true]") });
              document.body.addEventListener("htmx:oobAfterSwap", () => port2.postMessage(null), { once: true });
              htmx.trigger(document.body, "hall-changed");
            })
            """);

        Assert.Equal((1, 1), (stops, chosen));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_focus_goes_to_a_free_counter_and_stays_while_the_hall_changes()
    {
        await using var hub = await RunningHall.StartAsync();
        string[] held = [await hub.SignInAsync("cb01", 1), await hub.SignInAsync("cb02", 2)];
        await hub.TakeAsync("HT");
        await hub.CommandAsync(held[0], 1, "call-next");
        var page = await chromium.OpenAsync(390, 844);
        await page.GotoAsync(hub.Address + "/signin");

        // The first counter has a ticket in hand and the second an officer: both are passed over; an arrow passes the first.
        await PressAsync(page, "5");
        await Assertions.Expect(page.Locator("#counter-3")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("#counter-3")).ToBeInViewportAsync();
        var third = await hub.SignInAsync("cb03", 3);
        await Assertions.Expect(page.Locator("#counter-3 .held")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#counter-3")).ToBeFocusedAsync();
        await PressAsync(page, "2");
        await Assertions.Expect(page.Locator("#counter-3")).ToHaveAttributeAsync("aria-pressed", "true");
        await PressAsync(page, "Backspace", "ArrowUp", "ArrowUp");
        await Assertions.Expect(page.Locator("#counter-5")).ToBeFocusedAsync();

        // What was chosen is taken by a ticket meanwhile: it is chosen no more.
        await PressAsync(page, "ArrowUp", "ArrowUp", "2", "5", "8", "0");
        await Assertions.Expect(page.Locator("#go")).ToBeEnabledAsync();
        await hub.TakeAsync("DD");
        await hub.CommandAsync(third, 3, "call-next");
        await Assertions.Expect(page.Locator("#go")).ToBeDisabledAsync();
        await PressAsync(page, "Enter");
        await Assertions.Expect(page.Locator("#counter-4")).ToBeFocusedAsync();
        await PressAsync(page, "Enter", "Enter");
        await Assertions.Expect(page).ToHaveURLAsync(hub.Address + "/console");
        await page.Context.CloseAsync();
    }

    private static async Task PressAsync(IPage page, params string[] keys)
    {
        foreach (var key in keys)
        {
            await page.Keyboard.PressAsync(key);
        }
    }

    /// <summary>The bodies of what is sent to sign in.</summary>
    private static ConcurrentQueue<string> Watch(IPage page)
    {
        var asked = new ConcurrentQueue<string>();
        page.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/api/v1/session", StringComparison.Ordinal))
            {
                asked.Enqueue(request.PostData ?? "");
            }
        };
        return asked;
    }
}
