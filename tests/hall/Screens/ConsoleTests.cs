using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace Reception.Hall.Tests.Screens;

/// <summary>What an officer does at the console besides the one big button, in a real browser over a real hub.</summary>
public sealed class ConsoleTests(ScreenHall hall) : IClassFixture<ScreenHall>
{
    [Fact]
    public async Task An_officer_of_several_services_chooses_of_which_the_next_is_called()
    {
        var certificate = await hall.Hub.TakeAsync("CT");
        var birth = await hall.Hub.TakeAsync("HT", "priority");
        await hall.Hub.TakeAsync("HT");
        var page = await hall.OpenAsync("/console", cookie: await hall.Hub.SignInAsync("cb02", 2));
        await Assertions.Expect(page.Locator("#next-HT b")).ToHaveTextAsync("2");
        await Assertions.Expect(page.Locator("#next-CT b")).ToHaveTextAsync("1");
        Assert.Empty(await ScreenHall.FaultsAsync(page));

        await page.Keyboard.PressAsync("Shift+F2");
        await Assertions.Expect(page.Locator("#next-CT")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#now .number")).ToHaveTextAsync(certificate.Number);
        await page.Keyboard.PressAsync("F4");
        await Assertions.Expect(page.Locator("#do-finish")).ToBeEnabledAsync();
        await ScreenHall.RestedAsync(page);
        await page.Keyboard.PressAsync("F4");

        await Assertions.Expect(page.Locator("#next-CT")).ToBeDisabledAsync();
        await page.Keyboard.PressAsync("Shift+F2");
        await Assertions.Expect(page.Locator("#next-HT")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("F2");
        await Assertions.Expect(page.Locator("#now .number")).ToHaveTextAsync(birth.Number);
        await page.Keyboard.PressAsync("F6");
        await Assertions.Expect(page.Locator("#do-undo")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("mouse")]
    [InlineData("key")]
    public async Task A_double_press_is_one_step_at_every_button_that_changes_its_meaning(string by)
    {
        var officer = await hall.Hub.SignInAsync("cb03", 3);
        var (first, second) = (await hall.Hub.TakeAsync("DD", "priority"), await hall.Hub.TakeAsync("DD", "priority"));
        var page = await hall.OpenAsync("/console", cookie: officer);
        await TwiceAsync("call-next", "F2");
        await Assertions.Expect(page.Locator("#do-start.primary")).ToBeEnabledAsync();
        await RestsAsync();
        Assert.Equal("called", await StateAsync(page, first.Id));
        await TwiceAsync("start", "F4");
        await Assertions.Expect(page.Locator("#do-finish.primary")).ToBeEnabledAsync();
        await RestsAsync();
        Assert.Equal("serving", await StateAsync(page, first.Id));
        await TwiceAsync("finish", "F4");
        await Assertions.Expect(page.Locator("#do-call-next.primary")).ToBeEnabledAsync();
        await RestsAsync();
        Assert.Equal(("served", "waiting"), (await StateAsync(page, first.Id), await StateAsync(page, second.Id)));
        await page.Keyboard.PressAsync("F9");
        await Assertions.Expect(page.Locator("#do-finish.primary")).ToBeEnabledAsync();

        await hall.Hub.CommandAsync(officer, 3, "finish");
        await hall.Hub.SendAsync(officer, HttpMethod.Post, $"/api/v1/tickets/{second.Id}/cancel", JsonContent.Create(new { }));
        await page.Context.CloseAsync();

        // Both presses lie within the half second in which a double press falls: a command of the first has been sent before the second.
        async Task TwiceAsync(string action, string key)
        {
            if (by == "mouse")
            {
                await page.Locator($"#do-{action}.primary").DblClickAsync(new LocatorDblClickOptions { Delay = 40 });
                return;
            }

            await page.Keyboard.PressAsync(key);
            await page.Keyboard.PressAsync(key);
        }

        async Task RestsAsync() => await ScreenHall.RestedAsync(page);
    }

    [Fact]
    public async Task A_second_press_when_the_button_has_changed_already_is_no_second_step()
    {
        var officer = await hall.Hub.SignInAsync("cb03", 3);
        var ticket = await hall.Hub.TakeAsync("DD", "priority");
        var page = await hall.OpenAsync("/console", cookie: officer);
        await page.Keyboard.PressAsync("F2");
        await page.Locator("#do-start.primary").WaitForAsync();
        await page.EvaluateAsync(
            """
            () => {
              // The second half of a double press, at the very moment at which the button changes.
              new MutationObserver((_, observer) => {
                if (!document.getElementById("do-finish")?.classList.contains("primary")) return;
                observer.disconnect();
                document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "F4", bubbles: true }));
              }).observe(document.getElementById("now"), { childList: true, subtree: true, attributes: true });
            }
            """);
        await ScreenHall.RestedAsync(page);
        await page.Keyboard.PressAsync("F4");
        await Assertions.Expect(page.Locator("#do-finish.primary")).ToBeEnabledAsync();
        await ScreenHall.RestedAsync(page);
        Assert.Equal("serving", await StateAsync(page, ticket.Id));
        await page.Keyboard.PressAsync("F4");
        await Assertions.Expect(page.Locator("#do-undo")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_officer_of_one_service_is_offered_no_choice()
    {
        var page = await hall.OpenAsync("/console", cookie: await hall.Hub.SignInAsync("cb03", 3));
        await Assertions.Expect(page.Locator("#do-call-next")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".lines")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_citizen_who_leaves_is_cancelled_while_waiting_on_hold_or_called()
    {
        var (waits, held, called) = (await hall.Hub.TakeAsync("KD"), await hall.Hub.TakeAsync("KD"), await hall.Hub.TakeAsync("KD"));
        var officer = await hall.Hub.SignInAsync("cb05", 5);
        await hall.Hub.CommandAsync(officer, 5, "call", new { ticket = held.Id });
        await hall.Hub.CommandAsync(officer, 5, "hold");
        var page = await hall.OpenAsync("/console", cookie: officer);

        await page.FocusAsync($"#cancel-{waits.Id}");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#cancel-title")).ToHaveTextAsync($"Hủy số {waits.Number}?");
        await Assertions.Expect(page.Locator("#cancel-reason")).ToBeFocusedAsync();
        Assert.Empty(await ScreenHall.FaultsAsync(page));
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#cancel")).ToBeHiddenAsync();
        Assert.Equal("waiting", await StateAsync(page, waits.Id));

        await page.ClickAsync($"#cancel-{waits.Id}", new PageClickOptions { Force = true });
        await page.ClickAsync("#cancel [value=no]");
        Assert.Equal("waiting", await StateAsync(page, waits.Id));
        await page.FocusAsync($"#cancel-{waits.Id}");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.TypeAsync("Có việc gấp");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#told")).ToHaveTextAsync($"Đã hủy số {waits.Number}.");
        Assert.Equal("cancelled", await StateAsync(page, waits.Id));
        Assert.Equal("Có việc gấp", Remark());

        await page.ClickAsync("#tab-held");
        await page.ClickAsync($"#cancel-{held.Id}");
        await page.ClickAsync("#cancel-yes");
        await Assertions.Expect(page.Locator("#told")).ToHaveTextAsync($"Đã hủy số {held.Number}.");
        Assert.Equal("cancelled", await StateAsync(page, held.Id));

        // Whom another test sent here may stand before: the one that is meant is called.
        await hall.Hub.CommandAsync(officer, 5, "call", new { ticket = called.Id });
        await Assertions.Expect(page.Locator("#cancel-in-hand")).ToBeEnabledAsync();
        Assert.Empty(await ScreenHall.FaultsAsync(page));
        await page.Keyboard.PressAsync("Shift+F6");
        await Assertions.Expect(page.Locator("#cancel-title")).ToHaveTextAsync($"Hủy số {called.Number}?");
        await Assertions.Expect(page.Locator("#cancel-reason")).ToHaveValueAsync("");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#do-call-next.primary")).ToBeVisibleAsync();
        Assert.Equal("cancelled", await StateAsync(page, called.Id));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_officer_and_the_citizen_see_the_further_errand_and_a_finish_says_that_it_leads_there()
    {
        var ticket = await hall.Hub.TakeAsync("XH", "normal", "KD", "DD");
        var page = await hall.OpenAsync("/console", cookie: await hall.Hub.SignInAsync("cb04", 4));
        var citizen = await hall.OpenAsync(new Uri(ticket.Link!).AbsolutePath, 390, 844);
        await Assertions.Expect(citizen.Locator("#ticket")).ToContainTextAsync("Sau đóHộ kinh doanh, Đất đai");
        await page.ClickAsync("#next-XH");
        await Assertions.Expect(page.Locator("#now .then")).ToHaveTextAsync("Sau đóHộ kinh doanh, Đất đai");
        await page.Keyboard.PressAsync("F4");
        await Assertions.Expect(page.Locator("#do-finish small")).ToHaveTextAsync("rồi sang Hộ kinh doanh");
        await Assertions.Expect(citizen.Locator("#ticket")).ToContainTextAsync("được gọi tiếp bằng chính số này");
        Assert.Empty(new List<string>([.. await ScreenHall.FaultsAsync(page), .. await ScreenHall.FaultsAsync(citizen)]));

        await page.Keyboard.PressAsync("F4");
        await Assertions.Expect(page.Locator(".undo")).ToContainTextAsync($"Vừa hoàn tất {ticket.Number}, người dân sang Hộ kinh doanh.");
        Assert.Equal("waiting", await StateAsync(page, ticket.Id));
        await citizen.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_key_counts_at_once_after_Escape_however_long_the_dialog_was_open()
    {
        var ticket = await hall.Hub.TakeAsync("CT", "priority");
        var page = await hall.OpenAsync("/console", cookie: await hall.Hub.SignInAsync("cb01", 1));
        await page.Clock.InstallAsync();
        await page.ReloadAsync();
        await page.ClickAsync("#next-CT");
        await Assertions.Expect(page.Locator("#now .number")).ToHaveTextAsync(ticket.Number);
        await ScreenHall.PressableAsync(page);
        await page.Keyboard.PressAsync("F4");
        await Assertions.Expect(page.Locator("#do-finish")).ToBeEnabledAsync();
        await ScreenHall.PressableAsync(page);
        await page.Keyboard.PressAsync("F7");
        await Assertions.Expect(page.Locator("#transfer [data-transfer-service]").First).ToBeFocusedAsync();
        await page.Clock.FastForwardAsync(3_000);

        // The dialog lay over the button of F7.
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("F7");
        await Assertions.Expect(page.Locator("#transfer [data-transfer-service]").First).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    private static async Task<string> StateAsync(IPage page, Guid ticket) =>
        await page.EvaluateAsync<string>("async id => (await (await fetch(`/api/v1/tickets/${id}`)).json()).state", ticket);

    private string? Remark()
    {
        using var journal = new SqliteConnection($"Data Source={Path.Combine(hall.Hub.Folder, "hub.db")};Mode=ReadOnly;Pooling=False");
        journal.Open();
        using var newest = journal.CreateCommand();
        newest.CommandText = "SELECT text FROM remark ORDER BY sequence DESC LIMIT 1";
        return (string?)newest.ExecuteScalar();
    }
}
