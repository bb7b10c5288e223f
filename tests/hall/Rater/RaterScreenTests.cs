using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;
using Reception.Unit.Tests;

namespace Reception.Hall.Tests.Rater;

/// <summary>The rater's screen in a real browser, under a finger and a keyboard.</summary>
public sealed class RaterScreenTests(Chromium chromium) : IAsyncLifetime
{
    private FakeHub _hub = null!;
    private RaterProcess _rater = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await FakeHub.StartAsync(FakeHub.Rater);
        _rater = await RaterProcess.StartAsync(_hub);
        await Eventually.TrueAsync(() => _hub.Presences.Any(presence => presence.Online), () => _rater.Said);
        _page = await chromium.OpenAsync(1280, 800);
        await _page.GotoAsync(_rater.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _page.Context.CloseAsync();
        await _rater.DisposeAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task A_double_touch_is_thanked_for_at_once_and_is_one_report()
    {
        _hub.Show("A012");
        await Assertions.Expect(Text("Lượt của số A012")).ToBeVisibleAsync();
        await Assertions.Expect(Text("Nguyễn Thị Thuỳ Trang")).ToBeVisibleAsync();

        await Face("Tốt").DblClickAsync(new LocatorDblClickOptions { Delay = 20 });

        await Assertions.Expect(Text("Đã ghi nhận: Tốt")).ToBeVisibleAsync();
        await Eventually.TrueAsync(() => _hub.Reports.Count == 1, () => _rater.Said);
        _hub.Show(serving: null);
        await Assertions.Expect(Text("Khi được phục vụ xong")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 10_000 });
        Assert.Equal([4], Levels(_hub.Reports));
    }

    [Fact]
    public async Task Minds_change_and_reasons_follow_by_touch_and_by_key()
    {
        _hub.Show(serving: null);
        var ticket = Guid.CreateVersion7();
        await Assertions.Expect(Text("Khi được phục vụ xong")).ToBeVisibleAsync();
        _hub.Command(CommandTypes.RatingOpen, new { ticket, number = "A012", seconds = 60 });
        await Assertions.Expect(Face("Tốt")).ToBeVisibleAsync();
        await NoSeriousFindingAsync();

        await _page.Keyboard.PressAsync("5");
        await Assertions.Expect(Text("Đã ghi nhận: Yêu thích")).ToBeVisibleAsync();
        await TouchAsync("Đổi lại", () => Face("Thất vọng"));
        await TouchAsync("Thất vọng", () => Text("Điều gì chưa tốt?"));
        await NoSeriousFindingAsync();
        await TouchAsync("Chờ lâu", () => _page.Locator("[aria-pressed=true]", new PageLocatorOptions { HasText = "Chờ lâu" }));
        await Eventually.TrueAsync(() => _hub.Reports.Count == 3, () => _rater.Said);

        Assert.Equal([5, 1], Levels(_hub.Reports));
        Assert.All(_hub.Reports.Take(2), report => Assert.Equal(ticket, report.Data.GetProperty("ticket").GetGuid()));
        var reason = _hub.Reports[2];
        Assert.Equal((ReportTypes.RatingReasoned, "wait"), (reason.Type, reason.Data.GetProperty("reason").GetString()));
        Assert.Equal(_hub.Reports[0].Id, reason.Data.GetProperty("rating").GetGuid());
    }

    [Fact]
    public async Task With_the_broker_away_the_faces_stay_and_the_press_arrives_later()
    {
        _hub.Show(serving: null);
        await Assertions.Expect(Text("Khi được phục vụ xong")).ToBeVisibleAsync();
        await _hub.KillAsync();
        await Assertions.Expect(Text("Đang mất kết nối")).ToBeVisibleAsync();
        await NoSeriousFindingAsync();

        await Face("Chấp nhận").ClickAsync();
        await Assertions.Expect(Text("Đã ghi nhận: Chấp nhận")).ToBeVisibleAsync();
        Assert.Empty(_hub.Reports);
        await _hub.StartAgainAsync();
        await Eventually.TrueAsync(() => _hub.Reports.Count == 1, () => _rater.Said);

        Assert.Equal([3], Levels(_hub.Reports));
    }

    [Fact]
    public async Task The_screen_says_when_its_program_is_gone_and_comes_back_by_itself()
    {
        _hub.Show("A012");
        await Assertions.Expect(Face("Tốt")).ToBeVisibleAsync();
        await _rater.KillAsync();
        await Assertions.Expect(Text("Máy đánh giá đang khởi động lại")).ToBeVisibleAsync();
        await _rater.StartAgainAsync();
        await Assertions.Expect(Text("Máy đánh giá đang khởi động lại")).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 15_000 });
        await Assertions.Expect(Face("Tốt")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task After_its_program_was_killed_the_page_shows_the_present_and_thanks_for_a_press()
    {
        foreach (var served in new[] { "A010", "A011", "A012" })
        {
            _hub.Show(served);
            await Assertions.Expect(Text($"Lượt của số {served}")).ToBeVisibleAsync();
        }

        await _rater.KillAsync();
        await _rater.StartAgainAsync();
        _hub.Show("A013");
        await Assertions.Expect(Text("Lượt của số A013")).ToBeVisibleAsync();
        await Face("Tốt").ClickAsync();
        await Assertions.Expect(Text("Đã ghi nhận: Tốt")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Every_press_counts_while_the_screen_is_replaced_ten_times_a_second()
    {
        var presses = Effort.Of(usual: 100, all: 500);
        _hub.Show("A012");
        await Assertions.Expect(Text("Lượt của số A012")).ToBeVisibleAsync();
        var same = await _rater.ScreenAsync();
        var counted = 0;
        await _page.RouteAsync("**/press?level=*", route =>
        {
            counted++;
            return route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/html", Body = same });
        });
        var box = await Face("Tốt").BoundingBoxAsync();
        await _page.EvaluateAsync("() => { const screen = document.getElementById('screen'); setInterval(() => { screen.innerHTML = screen.innerHTML; }, 100); }");
        await _page.Mouse.MoveAsync(box!.X + (box.Width / 2), box.Y + (box.Height / 2));
        for (var press = 0; press < presses; press++)
        {
            if (press % 5 == 4)
            {
                await _page.Keyboard.PressAsync("4");
            }
            else
            {
                await _page.Mouse.DownAsync();
                await _page.Mouse.UpAsync();
            }
        }

        await Eventually.TrueAsync(() => counted == presses, () => $"{counted} of {presses} presses counted");
    }

    [Fact]
    public async Task A_hand_that_rests_on_the_glass_makes_no_face_deaf_and_is_told_as_a_fault()
    {
        await _page.CloseAsync();
        var context = await chromium.ContextAsync(new BrowserNewContextOptions { HasTouch = true, ViewportSize = new ViewportSize { Width = 1280, Height = 800 } });
        _page = await context.NewPageAsync();
        // The 10 s of a contact that stays pass at once.
        await _page.AddInitScriptAsync("const later = setTimeout; window.setTimeout = (run, ms, ...given) => later(run, ms === 10_000 ? 0 : ms, ...given);");
        await _page.GotoAsync(_rater.Address);
        _hub.Show("A012");
        await Assertions.Expect(Text("Lượt của số A012")).ToBeVisibleAsync();
        var touch = await context.NewCDPSessionAsync(_page);
        var hand = new { x = 20.0, y = 20.0, id = 1 };
        var box = await Face("Tốt").BoundingBoxAsync();
        var finger = new { x = (double)box!.X + 40, y = (double)box.Y + 40, id = 2 };

        await SendAsync("touchStart", hand);
        await SendAsync("touchStart", hand, finger);
        await SendAsync("touchMove", hand);
        await Assertions.Expect(Text("Đã ghi nhận: Tốt")).ToBeVisibleAsync();
        await Eventually.TrueAsync(() => _hub.Reports.Count == 2, () => _rater.Said);

        Assert.Equal([4], Levels(_hub.Reports));
        Assert.Equal("touch-stuck", Assert.Single(_hub.Reports, report => report.Type == ReportTypes.DeviceFault).Data.GetProperty("code").GetString());
        await context.CloseAsync();

        Task SendAsync(string type, params object[] points) =>
            touch.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object> { ["type"] = type, ["touchPoints"] = points });
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(800, 480)]
    [InlineData(800, 1280)]
    public async Task Nothing_is_cut_and_nothing_opens_a_way_out(int width, int height)
    {
        await _page.SetViewportSizeAsync(width, height);
        _hub.Show("A1000");
        await Assertions.Expect(Text("Lượt của số A1000")).ToBeVisibleAsync();

        Assert.Equal("", await _page.EvaluateAsync<string>("""
            () => [...document.querySelectorAll("button, h1, h2, header, footer")].filter(one => {
              const box = one.getBoundingClientRect();
              return box.left < 0 || box.right > innerWidth || box.bottom > innerHeight || one.scrollWidth > one.clientWidth + 1;
            }).map(one => one.outerHTML).join("\n")
            """));
        Assert.True(await _page.EvaluateAsync<bool>("() => !document.querySelector('#screen').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))"));
        Assert.Equal("none", await _page.EvaluateAsync<string>("() => getComputedStyle(document.body).userSelect"));
        Assert.Equal(0, await _page.Locator("a").CountAsync());
    }

    /// <summary>Touches until the screen follows: what comes within the bounce of the touch before is not meant.</summary>
    private async Task TouchAsync(string words, Func<ILocator> follows)
    {
        var button = _page.Locator("button:visible", new PageLocatorOptions { HasText = words });
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    if (!await follows().IsVisibleAsync())
                    {
                        await button.ClickAsync(new LocatorClickOptions { Timeout = 500 });
                    }
                }
                catch (TimeoutException)
                {
                    // The screen followed the touch before, between the look and this touch.
                }

                return await follows().IsVisibleAsync();
            },
            () => _page.Url);
    }

    private async Task NoSeriousFindingAsync() => Assert.Empty(await Axe.FindAsync(_page));

    private ILocator Face(string word) => _page.Locator($".faces button:has(b:text-is('{word}'))");

    private ILocator Text(string words) => _page.GetByText(words).First;

    private static IEnumerable<int> Levels(IEnumerable<Report> reports) =>
        reports.Where(report => report.Type == ReportTypes.RatingPressed).Select(report => report.Data.GetProperty("level").GetInt32());
}
