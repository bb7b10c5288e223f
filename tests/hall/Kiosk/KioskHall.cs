using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Kiosk;

/// <summary>A broker, a hub, one kiosk and a browser, for the tests of its screen.</summary>
public sealed class KioskHall : IAsyncLifetime
{
    private IPlaywright playwright = null!;

    internal MosquittoBroker Broker { get; private set; } = null!;

    internal FakeHub Hub { get; private set; } = null!;

    internal KioskProcess Kiosk { get; private set; } = null!;

    internal IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Broker = await MosquittoBroker.StartAsync(FakeHub.Kiosk);
        Hub = await FakeHub.StartAsync(Broker);
        Kiosk = await KioskProcess.StartAsync(Broker, Hub);
        playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(playwright);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
        await Kiosk.DisposeAsync();
        await Hub.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
