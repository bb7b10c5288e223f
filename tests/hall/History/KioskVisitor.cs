using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Reception.Hall.Tests.Kiosk;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.History;

/// <summary>Citizens at the kiosk, one after the other: a touch, and a look at the screen until it says what came of it.</summary>
internal sealed partial class KioskVisitor(KioskProcess kiosk, HallHistory history, Random chance)
{
    private const string GaveUp = "Chưa lấy được số";

    // An order that the kiosk does not know leads to its first screen.
    private static readonly string[] Ends = [GaveUp, "data-screen=\"idle"];

    public async Task RunAsync(CancellationToken rest)
    {
        while (!rest.IsCancellationRequested)
        {
            if (await TouchAsync() is { } screen)
            {
                await LookAsync(screen);
            }

            await Task.Delay(chance.Next(100), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The screen that a touch leads to; null where the kiosk did not answer.</summary>
    private async Task<string?> TouchAsync()
    {
        try
        {
            return await kiosk.TouchAsync(HistoryHall.AnyService(chance), chance.Next(4) == 0 ? "priority" : "normal");
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            // It is down, or does not know the services yet.
            return null;
        }
    }

    private async Task LookAsync(string screen)
    {
        var order = history.Touched(Guid.Parse(screen[(screen.LastIndexOf('/') + 1)..]));
        var page = "";
        await Eventually.TrueAsync(
            async () =>
            {
                page = WebUtility.HtmlDecode(await kiosk.PageAsync(screen));
                return Number().IsMatch(page) || Ends.Any(end => page.Contains(end, StringComparison.Ordinal));
            },
            () => page,
            HistoryHall.Patience);
        if (Number().Match(page) is { Success: true } shown)
        {
            See(order, shown.Groups[1].Value);
        }

        order.IsGivenUp |= page.Contains(GaveUp, StringComparison.Ordinal);
        history.Answered();
    }

    private void See(KioskOrder order, string number)
    {
        if (order.Number is null)
        {
            history.Issued();
        }
        else if (order.Number != number)
        {
            history.Fault($"The kiosk showed order {order.Id} as {order.Number}, and then as {number}");
        }

        order.Number = number;
    }

    [GeneratedRegex("""data-screen="ticket.*?<span class="number num"[^>]*>([A-Z]\d{3,})<""", RegexOptions.Singleline)]
    private static partial Regex Number();
}
