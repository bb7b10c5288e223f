using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Reception.Hall.Tests.Parts;

/// <summary>One Chromium for all browser tests; each test opens a context of its own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A page in a fresh context. The browser itself starts with the first.</summary>
    public async Task<IPage> OpenAsync(int width, int height)
    {
        var context = await ContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, Locale = "vi-VN" });
        return await context.NewPageAsync();
    }

    /// <summary>A fresh context.</summary>
    public async Task<IBrowserContext> ContextAsync(BrowserNewContextOptions options)
    {
        var browser = await BrowserAsync();
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(20_000);
        return context;
    }

    /// <summary>Ends the browser with all its pages; it starts again with the next.</summary>
    public async Task CloseAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
            _browser = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }

    /// <summary>Starts Chromium without a window: its headless shell draws and runs pages as the whole browser does, for half the work.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = "/usr/bin/chromium-headless-shell",
        Args =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
        ],
    });

    private async Task<IBrowser> BrowserAsync()
    {
        await _starting.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(20_000);
            return _browser ??= await LaunchAsync(_playwright);
        }
        finally
        {
            _starting.Release();
        }
    }
}
