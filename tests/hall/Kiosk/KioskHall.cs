using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Kiosk;

/// <summary>A hub that the tests play and one kiosk, for the tests of its screen.</summary>
public sealed class KioskHall : IAsyncLifetime
{
    internal FakeHub Hub { get; private set; } = null!;

    internal KioskProcess Kiosk { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await FakeHub.StartAsync(FakeHub.Kiosk);
        Kiosk = await KioskProcess.StartAsync(Hub);
    }

    public async ValueTask DisposeAsync()
    {
        await Kiosk.DisposeAsync();
        await Hub.DisposeAsync();
    }
}
