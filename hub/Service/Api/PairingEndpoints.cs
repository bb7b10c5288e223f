using System.Net;
using Reception.Hall;
using Reception.Hub.Options;
using Reception.Hub.Pairing;
using Reception.Hub.Rendering;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>New devices ask to be paired; people decide on the devices page.</summary>
internal static class PairingEndpoints
{
    private const string Scheme = "Nonce ";

    /// <summary>The pairing was answered, or its time is over.</summary>
    public static Refusal Ended { get; } = new("pairing-ended", "Yêu cầu ghép này đã kết thúc hoặc hết hạn. Hãy xin ghép lại.",
        "This pairing has ended or expired. Ask to be paired again.");

    public static void MapPairings(this RouteGroupBuilder api)
    {
        var pairings = api.MapGroup("/pairings").WithTags("Devices");
        pairings.MapPost("", OpenAsync)
            .Describe("openPairing", "A device without a secret asks to be paired.", """
                Anyone in the hall's network may ask; 5 pairings are open at most for one address, and 20 in all. Device and hub compute a code of six
                digits: SHA-256 over the authority's certificate (DER), the pairing's id (lower-case text) and the nonce (its text), of which the first
                four bytes are a big-endian number, modulo 1,000,000. An administrator compares both codes on the devices page.
                """)
            .Takes(new PairingBody(DeviceKinds.Rater, "Máy đánh giá mới", "5pmv2c7k3x9q4n8wa5pmv2c7k3x9q4n8"))
            .Gives(new OpenedPairing(new Guid("019ab1a2-5c1e-4d30-8f0a-2b6c4d8e9f10"), Examples.Waiting.IssuedAt), StatusCodes.Status201Created, "The pairing waits for an administrator.")
            .WithMetadata(new EndpointDescription(KnownBy.Nothing, ["malformed", "too-large", "too-many"]));
        pairings.MapGet("/{pairing:guid}", Ask)
            .Describe("askPairing", "The device asks whether it is accepted.", """
                Every 2 s, with `Authorization: Nonce` and its nonce. The secret is given once, then the pairing has ended; so it has 10 minutes after it was
                opened. 403 `not-allowed` where an administrator rejected the device, 401 `unknown-device` where the nonce is not the pairing's.
                """)
            .Asks<Guid>("pairing", "The pairing's id.", new Guid("019ab1a2-5c1e-4d30-8f0a-2b6c4d8e9f10"))
            .Gives(
                new PairedDevice("rater-5", "5pmv2c7k3x9q4n8wa5pmv2c7k3x9q4n8", 5, "-----BEGIN CERTIFICATE-----…", new PairedBroker("192.168.1.10", 8883)),
                meaning: "The device is accepted: who it is from now on, and where the broker is.")
            .GivesNothing("Nobody has decided yet.", StatusCodes.Status202Accepted)
            .WithMetadata(new EndpointDescription(KnownBy.Nothing, ["unknown-device", "not-allowed", "pairing-ended"]));
    }

    private static async Task<IResult> OpenAsync(HttpContext context, Pairings pairings, Renderer renderer)
    {
        var body = await ApiRequest.ReadFieldsAsync(context);
        if (body.Refusal is { } unreadable)
        {
            return Problems.Response(unreadable);
        }

        var fields = body.Value;
        var kind = fields.Text("kind", DeviceKinds.All.Contains);
        var name = fields.Text("name", DeviceName.IsValid);
        var nonce = fields.Text("nonce", PairingNonce.IsValid);
        if (fields.IsWrong)
        {
            return Problems.Response(Refusals.WrongField(fields.Wrong));
        }

        var opened = pairings.Open(kind!, name!, nonce!, context.Address());
        return opened.Refusal is { } refusal
            ? Problems.Response(refusal)
            : EncodedResponse.Of(
                new OpenedPairing(opened.Value.Id, renderer.Local(opened.Value.At + Pairings.Lifetime)), StatusCodes.Status201Created);
    }

    private static IResult Ask(HttpContext context, Guid pairing, Pairings pairings, HallAuthority authority, HubOptions options) =>
        context.Request.Headers.Authorization.ToString() is not { } given || !given.StartsWith(Scheme, StringComparison.Ordinal)
            ? Problems.Response(Refusals.UnknownDevice)
            : pairings.Ask(pairing, given[Scheme.Length..]) switch
            {
                PairingState.Waiting => Results.StatusCode(StatusCodes.Status202Accepted),
                PairingState.Accepted accepted => EncodedResponse.Of(new PairedDevice(
                    accepted.Device.Id, accepted.Secret, accepted.Device.Counter, File.ReadAllText(authority.AuthorityCertificate), Broker(context, options.Mqtt))),
                PairingState.Rejected => Problems.Response(Refusal.NotAllowed),
                PairingState.Stranger => Problems.Response(Refusals.UnknownDevice),
                _ => Problems.Response(Ended),
            };

    /// <summary>The broker is where the device found the hub.</summary>
    private static PairedBroker Broker(HttpContext context, MqttOptions mqtt) => mqtt.Tls is { } tls
        ? new PairedBroker(context.Request.Host.Host.Trim('[', ']'), tls.Port)
        : new PairedBroker(IPAddress.Loopback.ToString(), mqtt.Port) { Tls = false };
}
