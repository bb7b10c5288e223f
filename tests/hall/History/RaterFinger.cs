using System.Net;
using System.Net.Sockets;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Rater;

namespace Reception.Hall.Tests.History;

/// <summary>The citizen who was just served, before the touch rater.</summary>
internal sealed class RaterFinger(RaterProcess rater, HallHistory history, Random chance, Func<bool> isDelivered)
{
    // An invitation ends after 60 s.
    private static readonly TimeSpan Stays = TimeSpan.FromSeconds(40);

    /// <summary>Presses once where the faces come up for this visit; those of the visit before do not count, nor do its thanks.</summary>
    public async Task PressAsync(Visit visit)
    {
        var came = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(came) < Stays)
        {
            var screen = await SendAsync(rater.ScreenAsync);
            if (screen.Contains("screen thanks", StringComparison.Ordinal))
            {
                return;
            }

            var isAsked = screen.Contains("screen faces", StringComparison.Ordinal);
            if (isAsked && (screen.Contains(visit.Number, StringComparison.Ordinal) || IsOfNobody(screen)))
            {
                await PressAsync(visit, chance.Next(1, 6));
                await history.PassAsync(isDelivered);
                return;
            }

            await Task.Delay(HallHistory.Again, TestContext.Current.CancellationToken);
        }
    }

    private async Task PressAsync(Visit visit, int level)
    {
        visit.Press = new Press(level, IsThanked: false);
        var screen = await SendAsync(() => rater.PostAsync($"/press?level={level}"));
        if (screen.Contains("screen thanks", StringComparison.Ordinal))
        {
            visit.Press = new Press(level, IsThanked: true);
            history.Answered();
        }
    }

    /// <summary>A rater that started while its hub is away names no ticket.</summary>
    private static bool IsOfNobody(string screen) => !screen.Contains("Lượt của số", StringComparison.Ordinal);

    /// <summary>The screen; empty where the program does not answer.</summary>
    private static async Task<string> SendAsync(Func<Task<string>> ask)
    {
        try
        {
            return WebUtility.HtmlDecode(await ask());
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            return "";
        }
    }
}
