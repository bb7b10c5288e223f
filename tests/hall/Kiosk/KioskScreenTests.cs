using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Screens;
using Reception.Protocol;
using Reception.Unit.Tests;

namespace Reception.Hall.Tests.Kiosk;

/// <summary>The kiosk's screen in a real Chromium, as a finger and a keyboard meet it.</summary>
public sealed partial class KioskScreenTests(KioskHall hall, Chromium chromium) : IClassFixture<KioskHall>
{
    private static readonly TimeSpan OneTouch = TimeSpan.FromSeconds(3);

    [Theory]
    [InlineData(1080, 1920)]
    [InlineData(1920, 1080)]
    public async Task Two_touches_lead_to_a_number_and_every_screen_fits_and_is_accessible(int width, int height)
    {
        var page = await OpenAsync(width, height);
        await CheckAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Hộ tịch" }).ClickAsync();
        await page.WaitForURLAsync("**/services/HT");
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Đăng ký khai sinh" }).ClickAsync();
        await page.WaitForURLAsync("**/papers**");
        Assert.True(await page.GetByText("Giấy chứng sinh").IsVisibleAsync());
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Lấy số" }).ClickAsync();
        await page.WaitForURLAsync("**/services/HT");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lấy số thường" }).ClickAsync();

        var slip = page.Locator(".slip img");
        await slip.WaitForAsync();
        Assert.Matches("^A[0-9]{3}$", await page.Locator(".number").InnerTextAsync());
        Assert.Equal(576, await slip.EvaluateAsync<int>("async it => { await it.decode(); return it.naturalWidth; }"));
        await CheckAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Xong" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "vừa lấy" }).WaitForAsync();
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "vừa lấy" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "In bản sao" }).ClickAsync();
        await Assertions.Expect(page.Locator(".copy")).ToHaveCountAsync(0);
        await slip.WaitForAsync();
        await CheckAsync(page);

        await hall.Kiosk.PlayAsync("""{"paper":"out"}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Xong" }).ClickAsync();
        await page.Locator(".trouble").WaitForAsync();
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bảo trợ xã hội" }).ClickAsync();
        await page.Locator(".ask .trouble").WaitForAsync();
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Lấy số ưu tiên" }).ClickAsync();
        await page.Locator(".take .qr").WaitForAsync();
        Assert.Matches("^K[0-9]{3}$", await page.Locator(".number").InnerTextAsync());
        await CheckAsync(page);
        await hall.Kiosk.PlayAsync("{}");
    }

    [Theory]
    [InlineData(1080, 1920)]
    [InlineData(1920, 1080)]
    public async Task A_citizen_adds_a_further_errand_takes_it_back_and_takes_one_number_for_two(int width, int height)
    {
        var page = await OpenAsync(width, height);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bảo trợ xã hội" }).ClickAsync();
        await ComesToAsync(page, "/services/XH");
        await page.GetByRole(AriaRole.Button, new() { Name = "Làm thêm việc khác" }).ClickAsync();
        await ComesToAsync(page, "/services/XH/further");
        Assert.Equal(["Hộ tịch", "Chứng thực"], await page.Locator(".list b > span").AllInnerTextsAsync());
        await CheckAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Hộ tịch" }).ClickAsync();
        await ComesToAsync(page, "/services/XH?then=HT");
        await CheckAsync(page);
        await page.Locator(".chosen button", new() { HasText = "Hộ tịch" }).ClickAsync();
        await ComesToAsync(page, "/services/XH");
        Assert.Equal(0, await page.Locator(".chosen").CountAsync());

        foreach (var service in new[] { "Chứng thực", "Hộ tịch" })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Làm thêm việc khác" }).ClickAsync();
            await OpenToTouchesAsync(page);
            await page.GetByRole(AriaRole.Button, new() { Name = service }).ClickAsync();
            await page.Locator(".chosen button", new() { HasText = service }).WaitForAsync();
            await OpenToTouchesAsync(page);
        }

        Assert.Equal(0, await page.Locator(".another").CountAsync());
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Lấy số ưu tiên" }).ClickAsync();
        await page.Locator(".slip img").WaitForAsync();
        Assert.Contains("sau đó: Chứng thực, Hộ tịch", await page.Locator(".then").InnerTextAsync(), StringComparison.Ordinal);
        await CheckAsync(page);
        Assert.Equal(
            """{"service":"XH","lane":"priority","language":"vi","services":["CT","HT"]}""",
            hall.Hub.Told(ReportTypes.TicketRequest)[^1].Data.GetRawText());
    }

    [Fact]
    public async Task A_double_tap_takes_one_number()
    {
        var before = hall.Hub.Told(ReportTypes.TicketRequest).Count;
        var page = await OpenAsync(1080, 1920);
        await page.GetByRole(AriaRole.Button, new() { Name = "Chứng thực" }).DblClickAsync();
        await ComesToAsync(page, "/services/CT");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lấy số thường" }).DblClickAsync();
        await page.Locator(".slip img").WaitForAsync();

        var asked = Assert.Single(hall.Hub.Told(ReportTypes.TicketRequest).Skip(before));
        Assert.Equal("CT", asked.Data.GetProperty("service").GetString());
    }

    [Fact]
    public async Task The_keyboard_alone_takes_a_number_in_English()
    {
        var page = await OpenAsync(1920, 1080);
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Touch to take a number").WaitForAsync();
        await OpenToTouchesAsync(page);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await ComesToAsync(page, "/services/HT");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await page.Locator(".slip img").WaitForAsync();

        Assert.Equal("en", hall.Hub.Told(ReportTypes.TicketRequest)[^1].Data.GetProperty("language").GetString());
        Assert.True(await page.GetByText("Your number").IsVisibleAsync());
    }

    [Fact]
    public async Task A_key_held_down_or_hammered_takes_one_number()
    {
        var before = hall.Hub.Told(ReportTypes.TicketRequest).Count;
        var page = await OpenAsync(1080, 1920);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bảo trợ xã hội" }).FocusAsync();
        await page.Keyboard.DownAsync("Enter");
        await ComesToAsync(page, "/services/XH");
        var take = page.GetByRole(AriaRole.Button, new() { Name = "Lấy số thường" });
        await take.FocusAsync();

        // The key is still down: the keyboard repeats it on the page that came.
        await page.Keyboard.DownAsync("Enter");
        await page.Keyboard.DownAsync("Enter");
        Assert.True(await take.IsEnabledAsync());
        await page.Keyboard.UpAsync("Enter");
        await page.Keyboard.DownAsync("Enter");
        await page.Keyboard.DownAsync("Enter");
        await page.Keyboard.UpAsync("Enter");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".slip img").WaitForAsync();

        Assert.Equal(before + 1, hall.Hub.Told(ReportTypes.TicketRequest).Count);
    }

    [Fact]
    public async Task Nobody_gets_out_of_the_page()
    {
        var page = await OpenAsync(1080, 1920);
        await page.GetByRole(AriaRole.Button, new() { Name = "Hộ tịch" }).ClickAsync();
        await page.WaitForURLAsync("**/services/HT");

        var stopped = await page.EvaluateAsync<bool[]>("""
            () => ["contextmenu", "selectstart", "dragstart"].map(way => !document.querySelector("h1").dispatchEvent(new Event(way, { bubbles: true, cancelable: true })))
                .concat(!dispatchEvent(new WheelEvent("wheel", { ctrlKey: true, cancelable: true })))
                .concat(["F5", "F11", "BrowserBack", "Backspace", "Escape"].map(key => !dispatchEvent(new KeyboardEvent("keydown", { key, cancelable: true }))))
                .concat(!dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", altKey: true, cancelable: true })))
            """);

        Assert.All(stopped, Assert.True);
        Assert.Equal(2, await page.EvaluateAsync<int>("history.length"));
        Assert.Equal("none", await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('h1')).userSelect"));
        Assert.Equal(0, await page.Locator("a").CountAsync());
    }

    [Fact]
    public async Task Without_the_broker_the_screen_says_so_by_itself_and_comes_back()
    {
        var page = await OpenAsync(1080, 1920);
        await hall.Hub.KillAsync();
        await page.GetByText("Tạm thời chưa lấy được số").WaitForAsync();
        Assert.Equal(0, await page.Locator("button").CountAsync());
        await CheckAsync(page);

        await hall.Hub.StartAgainAsync();
        await Eventually.TrueAsync(
            async () => await page.GetByRole(AriaRole.Button, new() { Name = "Hộ tịch" }).CountAsync() == 1,
            () => hall.Kiosk.Said,
            TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData(1080, 1920, "closed", "Chưa có cán bộ tại quầy")]
    [InlineData(1920, 1080, "closed", "Chưa có cán bộ tại quầy")]
    [InlineData(1080, 1920, "paused", "Quầy đang tạm dừng")]
    public async Task Where_nobody_can_be_called_every_screen_says_why_in_place_of_a_time_and_fits(int width, int height, string counters, string told)
    {
        hall.Hub.Staff(counters);
        var page = await OpenAsync(width, height);
        foreach (var service in new[] { "Hộ tịch", "Chứng thực" })
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = service })).ToContainTextAsync(told);
        }

        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Chứng thực" }).ClickAsync();
        await ComesToAsync(page, "/services/CT");
        await Assertions.Expect(page.Locator(".service p span")).ToHaveTextAsync(told);
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Làm thêm việc khác" }).ClickAsync();
        await ComesToAsync(page, "/services/CT/further");
        await Assertions.Expect(page.Locator(".list .num").First).ToHaveTextAsync(told);
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Quay lại" }).ClickAsync();
        await ComesToAsync(page, "/services/CT");
        await NoTouchIsRecentAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Lấy số thường" }).ClickAsync();
        await page.Locator(".slip img").WaitForAsync();
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync(told);
        await Assertions.Expect(page.Locator(".facts")).Not.ToContainTextAsync(TimeTold());
        await CheckAsync(page);
        hall.Hub.Staff(null);
    }

    [Fact]
    public async Task A_closed_service_says_why_and_when_it_opens()
    {
        var page = await OpenAsync(1080, 1920);
        await page.GetByRole(AriaRole.Button, new() { Name = "Hộ kinh doanh" }).ClickAsync();

        await page.GetByText("Đã hết lượt nhận của buổi này. Mở lại lúc 07:30 ngày 24/11.").WaitForAsync();
        Assert.Equal(0, await page.Locator("[data-take]").CountAsync());
        await CheckAsync(page);
    }

    [Theory]
    [InlineData("finger", 4)]
    [InlineData("Space", 5)]
    public async Task A_page_that_changes_under_a_press_keeps_it(string by, int waiting)
    {
        var page = await OpenAsync(1080, 1920);
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Hộ tịch" });
        if (by == "finger")
        {
            var tile = await button.BoundingBoxAsync();
            await page.Mouse.MoveAsync(tile!.X + 20, tile.Y + 20);
            await page.Mouse.DownAsync();
        }
        else
        {
            await button.FocusAsync();
            await page.Keyboard.DownAsync(by);
        }

        hall.Hub.Publish(waiting);
        await Eventually.TrueAsync(async () => (await hall.Kiosk.PageAsync("/")).Contains($"{waiting} người chờ", StringComparison.Ordinal), () => hall.Kiosk.Said);
        // By then the open page has heard of it, and has fetched it too where nothing holds it back.
        await page.EvaluateAsync("async () => { for (let turn = 0; turn < 5; turn++) await (await fetch(location.href)).text(); }");
        await (by == "finger" ? page.Mouse.UpAsync() : page.Keyboard.UpAsync(by));

        await ComesToAsync(page, "/services/HT");
    }

    [Theory]
    [InlineData("finger")]
    [InlineData("Space")]
    [InlineData("Enter")]
    public async Task Each_press_counts_while_the_screen_is_replaced_ten_times_a_second(string by)
    {
        var presses = Effort.Of(usual: 60, all: 170);
        var page = await OpenAsync(1080, 1920);
        await page.GetByRole(AriaRole.Button, new() { Name = "Hộ tịch" }).ClickAsync();
        await ComesToAsync(page, "/services/HT");
        var counted = 0;
        // Each press leads to this same page, which is fetched and put in place.
        await page.RouteAsync("**/tickets", route =>
        {
            counted++;
            return route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = """{"screen":"/services/HT"}""" });
        });
        var button = page.Locator("[data-take=normal]");
        var box = await button.BoundingBoxAsync();
        await page.EvaluateAsync(
            """
            () => setInterval(() => {
              const screen = document.querySelector(".screen");
              const focused = document.activeElement?.dataset.take;
              screen.innerHTML = screen.innerHTML;
              if (focused) screen.querySelector(`[data-take="${focused}"]`)?.focus();
            }, 100)
            """);
        await page.Mouse.MoveAsync(box!.X + 40, box.Y + 40);
        for (var press = 0; press < presses; press++)
        {
            if (by == "finger")
            {
                await page.Mouse.DownAsync();
                await page.Mouse.UpAsync();
            }
            else
            {
                // Not by the locator, which waits for an element that nothing replaces.
                await page.EvaluateAsync("() => document.querySelector('[data-take=normal]').focus()");
                await page.Keyboard.PressAsync(by);
            }

            // A press leads to a page; the next one begins on that page.
            var wanted = press + 1;
            await Eventually.TrueAsync(() => counted == wanted, () => $"{counted} of {wanted} presses counted");
            await Assertions.Expect(button).ToBeEnabledAsync();
            await ScreenHall.RestedAsync(page);
        }

        // It would go on replacing its screen beside the next test.
        await page.CloseAsync();
    }

    [Fact]
    public async Task A_hand_that_rests_on_the_glass_makes_no_tile_deaf()
    {
        await using var context = await chromium.ContextAsync(new BrowserNewContextOptions { HasTouch = true, ViewportSize = new ViewportSize { Width = 1080, Height = 1920 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(hall.Kiosk.Address);
        var touch = await context.NewCDPSessionAsync(page);
        var hand = new { x = 20.0, y = 1000.0, id = 1 };
        await SendAsync("touchStart", hand);
        hall.Hub.Publish(7);
        await page.GetByText("7 người chờ").First.WaitForAsync();
        var box = await page.Locator("[data-go='/services/HT']").BoundingBoxAsync();
        await SendAsync("touchStart", hand, new { x = (double)box!.X + 40, y = (double)box.Y + 40, id = 2 });
        await SendAsync("touchEnd");

        await ComesToAsync(page, "/services/HT");

        Task SendAsync(string type, params object[] points) =>
            touch.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object> { ["type"] = type, ["touchPoints"] = points });
    }

    [Fact]
    public async Task A_page_whose_program_is_killed_says_so_and_goes_on_where_it_was()
    {
        var page = await OpenAsync(1080, 1920);
        await hall.Kiosk.KillAsync();
        await page.GetByText("Máy lấy số đang khởi động lại").WaitForAsync();
        Assert.Empty(await Axe.FindAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Hộ tịch" }).ClickAsync();
        await hall.Kiosk.StartAgainAsync();

        await ComesToAsync(page, "/services/HT");
        await Assertions.Expect(page.Locator("#down")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_refusal_is_a_plain_screen_that_leads_back()
    {
        var page = await OpenAsync(1080, 1920);
        await page.GetByRole(AriaRole.Button, new() { Name = "Hộ tịch" }).ClickAsync();
        hall.Hub.Refuse("service-closed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lấy số ưu tiên" }).ClickAsync();
        await page.GetByText("Lĩnh vực này vừa đóng").WaitForAsync();
        hall.Hub.Answer();
        await CheckAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Đã hiểu" }).ClickAsync();

        await page.GetByText("Chạm để lấy số").WaitForAsync();
    }

    [Fact]
    public async Task A_further_errand_that_closed_under_the_finger_is_not_dropped_but_said()
    {
        var page = await OpenAsync(1080, 1920);
        hall.Hub.Refuse("service-closed");
        var screen = "";
        // A touch of another test on this service a moment ago takes this one in.
        await Eventually.TrueAsync(
            async () =>
            {
                screen = await page.EvaluateAsync<string>("""
                    async () => (await (await fetch('/tickets', { method: 'POST', headers: { 'Content-Type': 'application/json' },
                      body: JSON.stringify({ service: 'XH', then: ['KD', 'XH', 'KD', 'nothing'], lane: 'normal', language: 'vi' }) })).json()).screen
                    """);
                return hall.Hub.Told(ReportTypes.TicketRequest)[^1].Data.GetRawText() == """{"service":"XH","lane":"normal","language":"vi","services":["KD"]}""";
            },
            () => hall.Kiosk.Said);
        await page.GotoAsync(new Uri(new Uri(page.Url), screen).ToString());
        hall.Hub.Answer();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Hộ kinh doanh");
        await Assertions.Expect(page.Locator(".text .do")).ToContainTextAsync("07:30");
        await CheckAsync(page);
    }

    private async Task<IPage> OpenAsync(int width, int height)
    {
        var context = await chromium.ContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce });
        var page = await context.NewPageAsync();
        await page.GotoAsync(hall.Kiosk.Address);
        await OpenToTouchesAsync(page);
        return page;
    }

    /// <summary>
    /// Waits for an address that a key led to. Asked again until it is there: <c>WaitForURLAsync</c> misses a page that came
    /// between its look at the address and its listening for the next, and a key's press, other than a click's, returns before that.
    /// </summary>
    private static async Task ComesToAsync(IPage page, string path)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(new Uri(page.Url), path).ToString());
        await OpenToTouchesAsync(page);
    }

    /// <summary>A touch within 3 s of another one on the same service and lane, as of the row before, would be the same touch.</summary>
    private Task NoTouchIsRecentAsync() => Eventually.TrueAsync(
        () => hall.Hub.Arrivals.Where(report => report.Type == ReportTypes.TicketRequest)
            .All(request => TimeProvider.System.GetUtcNow() - request.At > OneTouch),
        () => "numbers are taken without a pause");

    /// <summary>What has come under the finger takes touches a moment later, for the sake of double taps.</summary>
    private static Task OpenToTouchesAsync(IPage page) => Assertions.Expect(page.Locator("[data-fresh]")).ToHaveCountAsync(0);

    /// <summary>Nothing sticks out of the screen, every button is 96 px high and wide and none covers another, and axe finds nothing serious.</summary>
    private static async Task CheckAsync(IPage page)
    {
        await OpenToTouchesAsync(page);
        var outside = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll(".screen *")].filter(part => !part.closest(".list, svg")).map(part => [part, part.getBoundingClientRect()])
                .filter(([, box]) => box.width && (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1))
                .map(([part]) => part.outerHTML.slice(0, 120))
            """);
        Assert.Empty(outside);
        var small = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("button")].map(button => [button, button.getBoundingClientRect()])
                .filter(([, box]) => box.height < 95.5 || box.width < 95.5).map(([button, box]) => `${button.textContent} ${box.width}x${box.height}`)
            """);
        Assert.Empty(small);
        var covered = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll("button")].map(button => [button, button.getBoundingClientRect()])
                .flatMap(([button, box], index, all) => all.slice(index + 1).filter(([, other]) =>
                    box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom - 1 && other.top < box.bottom - 1)
                    .map(([other]) => `${button.textContent} and ${other.textContent}`))
            """);
        Assert.Empty(covered);
        Assert.Empty(await Axe.FindAsync(page));
    }

    [GeneratedRegex("phút|min|ngay")]
    private static partial Regex TimeTold();
}
