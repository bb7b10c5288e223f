using System.Globalization;
using Reception.Theme;

namespace Reception.Receiver;

/// <summary><c>GET /live</c>: a server-sent event whenever something arrived, at most four a second; a comment every 15 s.</summary>
internal static class WatchArrivals
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(250);

    public static Task HandleAsync(HttpContext context, Ledger ledger, TimeProvider clock, IHostApplicationLifetime life) =>
        EventStream.RunAsync(context, clock, life, async stream =>
        {
            while (true)
            {
                var tally = ledger.Tally;
                await stream.SendAsync("arrived", tally.Events.ToString(CultureInfo.InvariantCulture));
                await Task.Delay(Least, clock, stream.Ended);
                await stream.WaitAsync(ledger.ChangedAsync(tally.Batches));
            }
        });
}
