using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Live;

/// <summary>
/// Every live page of the hub, twelve tabs of one browser: they show the present after whatever happens to the hub, to the page, and to
/// the clock of the screen.
/// </summary>
public sealed class LivePagesTests(Chromium chromium) : IAsyncLifetime
{
    private const int Counter = 1;

    /// <summary>The screen's own clock, which a test can set; performance.now() goes on as it does on a real machine.</summary>
    private const string SettableClock =
        """
        window.clockSetBy = 0;
        const Real = Date;
        Date = class extends Real {
          constructor(...given) { if (given.length === 0) super(Real.now() + window.clockSetBy); else super(...given); }
          static now() { return Real.now() + window.clockSetBy; }
        };
        """;

    private RunningHall _hub = null!;
    private IBrowserContext _browser = null!;
    private string _officer = "";
    private bool _inHand;

    public async ValueTask InitializeAsync()
    {
        _hub = await RunningHall.StartAsync();
        _officer = await _hub.SignInAsync("cb01", Counter);
        _browser = (await chromium.OpenAsync(1366, 768)).Context;
        await _browser.AddInitScriptAsync(SettableClock);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        await _hub.DisposeAsync();
    }

    [Fact]
    public async Task Twelve_tabs_of_one_browser_show_each_call_through_restarts_reloads_and_clocks_that_are_set()
    {
        var mine = await _hub.TakeAsync("HT");
        var phone = await OpenAsync(new Uri(mine.Link!).AbsolutePath);
        var displays = new List<IPage>();
        for (var screen = 0; screen < 5; screen++)
        {
            displays.Add(await OpenAsync(screen == 0 ? "/display" : "/display?sound=off"));
        }

        var signIns = new[] { await OpenAsync("/signin"), await OpenAsync("/signin") };
        await SignInAsync("cb01", Counter);
        var consoles = new[] { await OpenAsync("/console"), await OpenAsync("/console"), await OpenAsync("/console"), await OpenAsync("/console") };
        var console = consoles[0];
        Assert.Equal(12, _browser.Pages.Count);

        await _hub.CommandAsync(_officer, Counter, "call-next");
        _inHand = true;
        await ShowsAsync("after the first call", phone, displays, signIns, console, mine.Number);
        await Assertions.Expect(phone.Locator("#ticket")).ToContainTextAsync("Mời đến quầy");

        // A key in a browser whose tabs are all live acts at once: no tab holds a connection of its own.
        await console.BringToFrontAsync();
        await Assertions.Expect(console.Locator("[data-fresh]")).ToHaveCountAsync(0);
        await console.Keyboard.PressAsync("F4");
        await Assertions.Expect(console.Locator("#do-finish.primary")).ToBeEnabledAsync();
        await NextAsync("after a key", phone, displays, signIns, console);

        foreach (var minutes in new[] { 2, -2, -60 })
        {
            foreach (var page in _browser.Pages)
            {
                await page.EvaluateAsync($"() => {{ window.clockSetBy = {minutes} * 60000; }}");
            }

            await NextAsync($"with the clock set by {minutes} min", phone, displays, signIns, console);
            foreach (var page in displays.Append(signIns[0]))
            {
                await ShowsTheHallsTimeAsync(page);
            }
        }

        await _hub.KillHubAsync();
        await _hub.StartHubAsync();
        await NextAsync("after a restart of the hub", phone, displays, signIns, console);

        foreach (var page in displays.Concat(signIns).Append(console).Append(phone))
        {
            await page.ReloadAsync();
        }

        await NextAsync("after a reload", phone, displays, signIns, console);
    }

    [Fact]
    public async Task Twelve_tabs_of_a_leader_show_who_waits_through_a_restart_and_clocks_that_are_set()
    {
        // The stream is opened by a page without a session: the leader's pages, opened later, get what only they may see.
        var display = await OpenAsync("/display?sound=off");
        await SignInAsync("ld01", null);
        var dashboards = new List<IPage>();
        for (var tab = 0; tab < 7; tab++)
        {
            dashboards.Add(await OpenAsync("/dashboard"));
        }

        foreach (var path in new[] { "/devices", "/devices", "/papers", "/papers" })
        {
            await OpenAsync(path);
        }

        Assert.Equal(12, _browser.Pages.Count);
        await WaitAsync("at first", dashboards, 1);
        foreach (var page in _browser.Pages)
        {
            await page.EvaluateAsync("() => { window.clockSetBy = -3600000; }");
        }

        await WaitAsync("with the clock set", dashboards, 2);
        await _hub.KillHubAsync();
        await Assertions.Expect(dashboards[^1].Locator("#live")).ToHaveClassAsync(new Regex("away"));
        await _hub.StartHubAsync();
        await WaitAsync("after a restart of the hub", dashboards, 3);
        await Assertions.Expect(dashboards[^1].Locator("#live")).Not.ToHaveClassAsync(new Regex("away"));

        await CallAsync();
        await TopAsync(display, "A001", "beside a leader's pages");
    }

    private async Task WaitAsync(string when, IReadOnlyList<IPage> dashboards, int waiting)
    {
        await _hub.TakeAsync("HT");
        foreach (var dashboard in dashboards)
        {
            var seen = "";
            await Eventually.TrueAsync(
                async () => (seen = (await dashboard.Locator("#now .big").First.TextContentAsync())!.Trim()) == $"{waiting}",
                () => $"dashboard {dashboards.ToList().IndexOf(dashboard) + 1} {when} showed {seen} waiting, not {waiting}");
        }
    }

    [Fact]
    public async Task Where_a_browser_shares_nothing_a_hidden_page_lets_its_stream_go_and_catches_up_when_it_is_seen()
    {
        await _browser.AddInitScriptAsync("""delete window.SharedWorker; Object.defineProperty(document, "hidden", { get: () => window.isAside === true });""");
        var display = await OpenAsync("/display?sound=off");
        var first = await CallAsync();
        await TopAsync(display, first, "while it is seen");

        await display.EvaluateAsync("""() => { window.isAside = true; document.dispatchEvent(new Event("visibilitychange")); }""");
        var second = await CallAsync();
        await display.EvaluateAsync("""() => { window.isAside = false; document.dispatchEvent(new Event("visibilitychange")); }""");
        await TopAsync(display, second, "when it is seen again");
    }

    [Fact]
    public async Task The_newest_call_stays_on_top_of_a_display_that_is_opened_after_many_calls()
    {
        var numbers = new List<string>();
        for (var call = 0; call < 9; call++)
        {
            numbers.Add(await CallAsync());
        }

        var display = await OpenAsync("/display");
        await TopAsync(display, numbers[^1], "at once");
        // An old call that came on top did so with the first events of the stream: by the next call it has had its chance.
        await display.EvaluateAsync(
            """
            () => {
              window.noted = [document.getElementById("last-number").textContent];
              new MutationObserver(() => window.noted.push(document.getElementById("last-number").textContent))
                .observe(document.getElementById("last-number"), { childList: true, characterData: true, subtree: true });
            }
            """);
        await display.ReloadAsync();
        var next = await CallAsync();
        await TopAsync(display, next, "after the next call");
        var rows = await display.Locator("#before b").AllTextContentsAsync();
        Assert.Equal(numbers.TakeLast(5).Reverse(), rows);
    }

    [Fact]
    public async Task Events_in_any_order_twice_or_late_never_bring_an_older_call_on_top()
    {
        var numbers = new List<string>();
        for (var call = 0; call < 4; call++)
        {
            numbers.Add(await CallAsync());
        }

        await _browser.AddInitScriptAsync("delete window.SharedWorker;");
        var display = await _browser.NewPageAsync();
        using var hall = JsonDocument.Parse(await (await _hub.GetAsync("/api/v1/hall")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var calls = hall.RootElement.GetProperty("calls").EnumerateArray().Select(call => call.GetRawText()).ToList();
        var document = hall.RootElement.GetRawText();
        string[] events = ["call", "call", "hall", "call", "call", "hall", "call"];
        string[] data = [calls[3], calls[1], document, calls[2], calls[0], document, calls[3]];
        var streams = 0;
        await display.RouteAsync("**/api/v1/hall/events", route =>
        {
            streams++;
            return route.FulfillAsync(new RouteFulfillOptions
            {
                ContentType = "text/event-stream",
                Body = string.Concat(events.Zip(data, (name, text) => $"event: {name}\ndata: {text}\n\n")),
            });
        });
        await display.GotoAsync(_hub.Address + "/display");
        await Eventually.TrueAsync(() => streams >= 3, () => $"{streams} streams");

        Assert.Equal(numbers[^1], await display.TextContentAsync("#last-number"));
        Assert.Equal(numbers.Take(3).Reverse(), await display.Locator("#before b").AllTextContentsAsync());
    }

    [Fact]
    public async Task A_burst_of_calls_is_on_a_talking_display_at_once_while_the_voice_is_still_at_the_first()
    {
        var display = await OpenAsync("/display");
        await Assertions.Expect(display.Locator("#sound")).ToHaveTextAsync("Âm thanh đang bật");
        await Speech.ListenAsync(display);
        var asked = new ConcurrentBag<string>();
        display.Response += (_, response) =>
        {
            if (response.Url.Contains("/voice/", StringComparison.Ordinal) && !response.Url.Contains(".wav", StringComparison.Ordinal))
            {
                asked.Add($"{response.Status} {response.Url.Split('/')[^2]}");
            }
        };

        var numbers = new List<string>();
        for (var call = 0; call < 4; call++)
        {
            numbers.Add(await CallAsync());
            await TopAsync(display, numbers[^1], $"as call {call + 1} of a burst");
        }

        var spokenAtTheLast = await Speech.SaidAsync(display, "vi/number-1");
        Assert.True(spokenAtTheLast < numbers.Count, $"{spokenAtTheLast} of {numbers.Count} calls had been spoken when the last one was shown");
        // Each is spoken, none over another, and all but the last one once.
        var sentences = numbers.Append(numbers[^1]).Select(number => Sentence("vi", number)).ToList();
        await HearAsync(display, sentences);
        Assert.Equal(numbers.Select(number => $"200 {number}").Order(), asked.Order());
    }

    [Fact]
    public async Task A_display_that_asks_for_both_languages_says_a_call_in_each()
    {
        var display = await OpenAsync("/display?voice=vi,en,km");
        await Assertions.Expect(display.Locator("#sound")).ToHaveTextAsync("Âm thanh đang bật");
        await Speech.ListenAsync(display);
        var number = await CallAsync();
        await HearAsync(display, [Sentence("vi", number), Sentence("en", number)]);
    }

    [Fact]
    public async Task A_call_whose_clips_cannot_be_had_is_left_to_the_chime_and_the_next_one_is_spoken()
    {
        var display = await OpenAsync("/display");
        await Assertions.Expect(display.Locator("#sound")).ToHaveTextAsync("Âm thanh đang bật");
        await Speech.ListenAsync(display);
        await display.RouteAsync("**/digit-0.wav*", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "audio/wav", Body = "no sound" }));
        var unspoken = display.WaitForConsoleMessageAsync(new PageWaitForConsoleMessageOptions
        {
            Predicate = message => message.Text.StartsWith("no voice for", StringComparison.Ordinal),
        });
        await TopAsync(display, await CallAsync(), "without its clips");
        await unspoken;
        await display.UnrouteAsync("**/digit-0.wav*");
        var number = await CallAsync();
        await HearAsync(display, [Sentence("vi", number), Sentence("vi", number)]);
    }

    /// <summary>Waits until a display has scheduled these sentences and no other, without gaps in one and without overlaps.</summary>
    private static async Task HearAsync(IPage display, IReadOnlyList<string[]> sentences)
    {
        var expected = sentences.SelectMany(names => names).ToList();
        IReadOnlyList<SpokenClip> spoken = [];
        await Eventually.TrueAsync(
            async () => (spoken = await Speech.OfAsync(display)).Count >= expected.Count,
            () => string.Join(' ', spoken.Select(clip => clip.Name)),
            TimeSpan.FromSeconds(90));
        Assert.Equal(expected, spoken.Select(clip => clip.Name));
        Assert.All(spoken, clip => Assert.True(clip.Ahead >= 0, $"{clip} was scheduled too late"));
        foreach (var (one, next) in spoken.Zip(spoken.Skip(1)))
        {
            var gap = next.From - one.Until;
            Assert.True(
                next.Name.EndsWith("/call", StringComparison.Ordinal) ? gap > 0 : Math.Abs(gap) < one.Sample / 2,
                $"{gap * 1000} ms between {one} and {next}");
        }
    }

    private static string[] Sentence(string language, string number) =>
    [
        $"{language}/call", $"{language}/letter-{char.ToLowerInvariant(number[0])}",
        .. number.Skip(1).Select(digit => $"{language}/digit-{digit}"),
        $"{language}/to-counter", $"{language}/number-{Counter}",
    ];

    private async Task<IPage> OpenAsync(string path)
    {
        var page = _browser.Pages is [{ Url: "about:blank" } first] ? first : await _browser.NewPageAsync();
        await page.GotoAsync(_hub.Address + path);
        return page;
    }

    private async Task SignInAsync(string officer, int? counter)
    {
        var cookie = (await _hub.SignInAsync(officer, counter)).Split('=', 2);
        await _browser.AddCookiesAsync([new Cookie { Name = cookie[0], Value = cookie[1], Url = _hub.Address }]);
        if (counter is not null)
        {
            _officer = string.Join('=', cookie);
        }
    }

    /// <summary>Serves who is in hand to the end, and calls a citizen who has just come.</summary>
    private async Task<string> CallAsync()
    {
        var next = await _hub.TakeAsync("HT");
        if (_inHand)
        {
            await _hub.CommandAsync(_officer, Counter, "finish");
        }

        _inHand = true;
        await _hub.CommandAsync(_officer, Counter, "call-next");
        return next.Number;
    }

    private async Task NextAsync(string when, IPage phone, IReadOnlyList<IPage> displays, IReadOnlyList<IPage> signIns, IPage console)
    {
        var number = await CallAsync();
        await ShowsAsync(when, phone, displays, signIns, console, number);
        await Assertions.Expect(phone.Locator("#ticket")).ToContainTextAsync("Đã phục vụ");
    }

    private static async Task ShowsAsync(string when, IPage phone, IReadOnlyList<IPage> displays, IReadOnlyList<IPage> signIns, IPage console, string number)
    {
        foreach (var display in displays)
        {
            await TopAsync(display, number, when);
        }

        await Eventually.TrueAsync(
            async () => await console.TextContentAsync("#now .number") == number,
            () => $"the console {when} did not show {number}");
        foreach (var signIn in signIns)
        {
            await Assertions.Expect(signIn.Locator($"#counter-{Counter}")).ToHaveAttributeAsync("data-in-hand", "");
        }

        await Assertions.Expect(phone.Locator("#online")).Not.ToHaveClassAsync(new Regex("away"));
    }

    private static async Task TopAsync(IPage display, string number, string when)
    {
        var seen = "";
        await Eventually.TrueAsync(
            async () => (seen = await display.TextContentAsync("#last-number") ?? "") == number,
            () => $"the display {when} showed {seen}, not {number}");
    }

    private static async Task ShowsTheHallsTimeAsync(IPage page)
    {
        var seen = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var hall = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(7));
                seen = await page.TextContentAsync("#clock") ?? "";
                return seen == $"{hall:HH:mm}" || seen == $"{hall.AddSeconds(-3):HH:mm}";
            },
            () => $"{page.Url} showed {seen} at {TimeProvider.System.GetUtcNow():HH:mm:ss} UTC");
    }
}
