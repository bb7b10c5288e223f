using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Reception.Device.Session;
using Reception.Device.Settings;
using Reception.Protocol;

namespace Reception.Kiosk.Hub;

/// <summary>The address with the code of now at which phones take a number: fetched from the hub, which gives it to its devices alone.</summary>
internal sealed class JoinInvitation(
    KioskOptions options, BrokerAddress broker, ScreenSignal screens, TimeProvider clock, ILogger<JoinInvitation> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    private volatile string? _link;

    /// <summary>Null where the hall gives no numbers by phone, or the hub was not heard lately: an old code is not shown.</summary>
    public string? Link => _link;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = HubHttp.Open(options.Hub, broker.Authority);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{options.Device}:{broker.Secret}");
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            var link = await FetchAsync(http, stoppingToken);
            if (link != _link)
            {
                _link = link;
                screens.Raise();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<string?> FetchAsync(HttpClient http, CancellationToken stopping)
    {
        try
        {
            using var answer = await http.GetAsync("/api/v1/join", stopping);
            return answer.IsSuccessStatusCode && ProtocolJson.Read<Invitation>(await answer.Content.ReadAsByteArrayAsync(stopping)) is { Link: { Length: <= 500 } link } ? link : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException or IOException or JsonException || (failure is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            log.LogInformation(KioskEvents.NoInvitation, "The address for phones could not be fetched: {Reason}", failure.Message);
            return null;
        }
    }

    private sealed record Invitation(string? Link);
}
