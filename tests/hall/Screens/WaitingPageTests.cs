using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Playwright;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Screens;

/// <summary>The page that a screen's browser starts with, in a browser that is there before its server.</summary>
public sealed class WaitingPageTests(Chromium chromium) : IAsyncLifetime
{
    private readonly ConcurrentQueue<TcpListener> _listeners = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_browser_that_starts_before_hub_and_kiosk_shows_display_and_kiosk_once_they_answer()
    {
        await using var hub = await RunningHall.StartAsync();
        await using var kiosk = await KioskProcess.StartAsync(hub);
        await kiosk.KillAsync();
        await hub.KillHubAsync();
        var display = await WaitAsync($"{hub.Address}/display?sound=off");
        var touch = await WaitAsync($"{kiosk.Address}/");

        await hub.StartHubAsync();
        await ArrivedAsync(display, $"{hub.Address}/display?sound=off");
        await Assertions.Expect(display.Locator("#day")).ToBeVisibleAsync();
        Assert.Equal("Đang chờ máy chủ…", await touch.TitleAsync());
        await kiosk.StartAgainAsync();
        await ArrivedAsync(touch, $"{kiosk.Address}/");
        await Assertions.Expect(touch.Locator("[data-go='/services/HT']")).ToBeVisibleAsync();
        await display.Context.CloseAsync();
        await touch.Context.CloseAsync();
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Service Unavailable")]
    [InlineData("HTTP/1.1 404 Not Found")]
    [InlineData("")]
    [InlineData(null)]
    public async Task It_goes_to_no_error_page_and_asks_on(string? first)
    {
        var port = FreePort.Next();
        var answer = first;
        var asked = Serve(port, () => answer);
        var page = await WaitAsync($"http://127.0.0.1:{port}/display?sound=off");
        // Several tries were answered with an error, with nothing, or not at all.
        await Eventually.TrueAsync(() => asked() >= 3, () => $"{asked()} tries", TimeSpan.FromSeconds(60));
        Assert.Equal("Đang chờ máy chủ…", await page.TitleAsync());

        answer = "HTTP/1.1 200 OK";
        await ArrivedAsync(page, $"http://127.0.0.1:{port}/display?sound=off");
        await Assertions.Expect(page).ToHaveTitleAsync("there");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_page_that_takes_its_time_is_not_broken_off_by_a_further_try()
    {
        var port = FreePort.Next();
        var slow = new TaskCompletionSource();
        var asked = Serve(
            port, () => "HTTP/1.1 200 OK", request => request.Contains("waiting=", StringComparison.Ordinal) ? Task.CompletedTask : slow.Task);
        var page = await chromium.OpenAsync(1080, 1920);
        // Its time passes ten times as fast.
        await page.AddInitScriptAsync("""
            for (const name of ["setTimeout", "setInterval"]) {
              const slow = window[name];
              window[name] = (act, milliseconds) => slow(act, milliseconds / 10);
            }
            """);
        await page.GotoAsync($"{Address}#http://127.0.0.1:{port}/");
        await Eventually.TrueAsync(() => asked() == 2, () => $"{asked()} requests");
        var watch = Stopwatch.StartNew();
        // None has come for 30 s of it: the server may be lost again. Without the wait a further try would come after 2 s.
        await Eventually.TrueAsync(() => asked() > 2, () => $"{asked()} requests");
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.8), $"A further try came after {watch.Elapsed}.");

        slow.SetResult();
        await ArrivedAsync(page, $"http://127.0.0.1:{port}/");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("#javascript:alert(1)")]
    [InlineData("#display")]
    public async Task Without_an_address_it_says_how_to_give_one(string hash)
    {
        var page = await chromium.OpenAsync(1920, 1080);
        await page.GotoAsync(Address + hash);
        await Assertions.Expect(page.GetByText("Chưa có địa chỉ máy chủ")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Đang chờ máy chủ…")).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    private static string Address => new Uri(Path.Combine(Sources.Root, "hub", "Theme", "waiting.html")).ToString();

    private async Task<IPage> WaitAsync(string server)
    {
        var page = await chromium.OpenAsync(1080, 1920);
        await page.GotoAsync($"{Address}#{server}");
        await Assertions.Expect(page.GetByText("Đang chờ máy chủ…")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(server)).ToBeVisibleAsync();
        return page;
    }

    private static async Task ArrivedAsync(IPage page, string address)
    {
        var watch = Stopwatch.StartNew();
        await Eventually.TrueAsync(() => page.Url == address, () => page.Url);
        TestContext.Current.TestOutputHelper!.WriteLine($"{address} was there after {watch.ElapsedMilliseconds} ms");
    }

    /// <summary>
    /// A server in a few states: the first line of its answer, "" for a connection that it closes, null for one that it leaves open.
    /// Gives the number of requests.
    /// </summary>
    private Func<int> Serve(int port, Func<string?> answer, Func<string, Task>? pause = null)
    {
        var asked = 0;
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        _listeners.Enqueue(listener);
        _ = Task.Run(async () =>
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = Task.Run(async () =>
                {
                    var buffer = new byte[16 * 1024];
                    // The browser opens connections in advance, too.
                    var length = await client.GetStream().ReadAsync(buffer);
                    if (length == 0)
                    {
                        client.Dispose();
                        return;
                    }

                    Interlocked.Increment(ref asked);
                    await (pause?.Invoke(Encoding.ASCII.GetString(buffer, 0, length)) ?? Task.CompletedTask);
                    if (answer() is { } line)
                    {
                        const string Body = "<!DOCTYPE html><title>there</title>";
                        var head = $"{line}\r\nContent-Type: text/html\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n";
                        await client.GetStream().WriteAsync(line.Length == 0 ? default : Encoding.ASCII.GetBytes(head + Body));
                        client.Dispose();
                    }
                });
            }
        });
        return () => Volatile.Read(ref asked);
    }
}
