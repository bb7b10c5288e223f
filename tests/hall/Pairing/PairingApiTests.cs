using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Safety;
using Reception.Protocol;

namespace Reception.Hall.Tests.Pairing;

/// <summary>A device asks to be paired over HTTP, as any program may: what it is answered, and what an administrator's decision changes.</summary>
[Collection(AttackedHall.Name)]
public sealed class PairingApiTests(SharedHall shared) : HallTest(shared)
{
    private const string Nonce = "5pmv2c7k3x9q4n8wa5pmv2c7k3x9q4n8";

    [Fact]
    public async Task A_device_waits_is_accepted_gets_its_secret_once_and_works_with_it()
    {
        var place = Hall.NextPlace();
        var from = IPAddress.Parse("127.0.20.1");
        var pairing = await OpenAsync(from);
        Assert.Equal("202", (await AskAsync(pairing)).Brief);
        Assert.Equal("401 unknown-device", (await AskAsync(pairing, "another-nonce")).Brief);
        var administrator = await Hall.SignedInAsync(HallPlan.Administrator);
        using var authority = X509CertificateLoader.LoadCertificate((await Hall.Anyone.GetAsync("/authority.crt")).Bytes);
        var code = PairingCode.Shown(PairingCode.Of(authority.RawData, pairing, Nonce));
        Assert.Contains(code, (await administrator.GetAsync("/devices")).Text, StringComparison.Ordinal);

        await AcceptAsync(administrator, pairing, "Máy đánh giá mới", place.Counter);

        var paired = (await AskAsync(pairing)).Ok(200);
        Assert.Equal("410 pairing-ended", (await AskAsync(pairing)).Brief);
        var device = paired.GetProperty("device").GetString()!;
        Assert.Equal($"rater-{place.Counter}-2", device);
        Assert.Equal(place.Counter, paired.GetProperty("counter").GetInt32());
        Assert.Equal(Hall.MqttPort, paired.GetProperty("mqtt").GetProperty("port").GetInt32());
        using var given = X509Certificate2.CreateFromPem(paired.GetProperty("authority").GetString()!);
        Assert.Equal(authority.RawData, given.RawData);
        Hall.Learn(device, paired.GetProperty("secret").GetString()!);
        await using var connected = await Hall.ConnectAsync(device);
        Assert.Equal("200", (await Hall.Client(device).GetAsync($"/api/v1/tickets/{(await place.TakeNumberAsync()).GetProperty("id").GetGuid()}")).Brief);
        Assert.Equal(1L, Hall.Query<long>($"SELECT count(*) FROM audit WHERE part = 'devices.{device}.name'"));
        Assert.Equal(HallPlan.Administrator, OfficerOf("device-paired", device));
    }

    [Fact]
    public async Task A_rejected_device_hears_it()
    {
        var pairing = await OpenAsync(IPAddress.Parse("127.0.20.2"));
        var administrator = await Hall.SignedInAsync(HallPlan.Administrator);

        Assert.Equal(302, (await administrator.SubmitAsync($"/devices/pairing/{pairing}/reject", new Dictionary<string, string>())).Status);

        Assert.Equal("403 not-allowed", (await AskAsync(pairing)).Brief);
    }

    [Fact]
    public async Task A_replaced_device_is_shut_out_and_the_new_one_has_its_name_and_counter()
    {
        var place = Hall.NextPlace();
        var old = $"rater-{place.Counter}";
        await using var connected = await Hall.ConnectAsync(old);
        var pairing = await OpenAsync(IPAddress.Parse("127.0.20.3"));
        var administrator = await Hall.SignedInAsync(HallPlan.Administrator);

        await AcceptAsync(administrator, pairing, "Máy mới", place.Counter, replaces: old);

        var paired = (await AskAsync(pairing)).Ok(200);
        Assert.Equal(old, paired.GetProperty("device").GetString());
        Assert.Equal("401 unknown-device", (await Hall.Client(old).GetAsync("/api/v1/join")).Brief);
        await Eventually.TrueAsync(() => !connected.IsConnected, () => "the replaced device is still connected");
        Hall.Learn(old, paired.GetProperty("secret").GetString()!);
        await using var again = await Hall.ConnectAsync(old);
    }

    [Fact]
    public async Task A_revoked_device_is_shut_out_and_the_log_says_by_whom()
    {
        var place = Hall.NextPlace();
        var device = $"rater-{place.Counter}";
        await using var connected = await Hall.ConnectAsync(device);
        var administrator = await Hall.SignedInAsync(HallPlan.Administrator);

        Assert.Equal(302, (await administrator.SubmitAsync($"/devices/{device}/revoke", new Dictionary<string, string>())).Status);

        await Eventually.TrueAsync(() => !connected.IsConnected, () => "the revoked device is still connected");
        Assert.Equal(HallPlan.Administrator, OfficerOf("device-revoked", device));
        Assert.Equal(404, (await administrator.GetAsync($"/devices/{device}")).Status);
    }

    [Fact]
    public async Task What_was_not_done_is_said()
    {
        var administrator = await Hall.SignedInAsync(HallPlan.Administrator);
        string[] headers = [$"Cookie: {administrator.Cookie}", "HX-Request: true", "Content-Type: application/x-www-form-urlencoded"];

        var rejected = await SentRequest.SendAsync($"{Hall.Address}/devices/pairing/{Guid.NewGuid()}/reject", headers, "");
        var revoked = await SentRequest.SendAsync($"{Hall.Address}/devices/gone-1/revoke", headers, "");

        Assert.Contains("không còn chờ", WebUtility.HtmlDecode(rejected.Text), StringComparison.Ordinal);
        Assert.Contains("không còn trong danh mục", WebUtility.HtmlDecode(revoked.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_press_made_before_a_device_came_to_its_counter_belongs_to_nobody()
    {
        var (place, other) = (Hall.NextPlace(), Hall.NextPlace());
        var device = $"rater-{place.Counter}";
        await using var connected = await Hall.ConnectAsync(device);
        var officer = await other.SignInAsync();
        await other.TakeNumberAsync();
        (await officer.AtAsync(other.Counter, "call-next")).Ok(200);
        (await officer.AtAsync(other.Counter, "start")).Ok(200);
        (await officer.AtAsync(other.Counter, "finish")).Ok(200);
        var pressed = TimeProvider.System.GetUtcNow();
        var administrator = await Hall.SignedInAsync(HallPlan.Administrator);

        var moved = await administrator.SubmitAsync(
            $"/devices/{device}", new Dictionary<string, string> { ["name"] = "Máy dời", ["counter"] = $"{other.Counter}" });
        Assert.Equal(302, moved.Status);
        var before = (await connected.AskAsync(ReportTypes.RatingPressed, new { level = 1 }, at: pressed)).Ok();
        var after = (await connected.AskAsync(ReportTypes.RatingPressed, new { level = 5 })).Ok();

        Assert.False(before.GetProperty("attributed").GetBoolean());
        Assert.True(after.GetProperty("attributed").GetBoolean());
    }

    [Theory]
    [InlineData("""{"kind":"rater","name":"Máy"}""")]
    [InlineData("""{"kind":"toaster","name":"Máy","nonce":"5pmv2c7k3x9q4n8w"}""")]
    [InlineData("""{"kind":"rater","name":"","nonce":"5pmv2c7k3x9q4n8w"}""")]
    [InlineData("""{"kind":"rater","name":"a\u202eb","nonce":"5pmv2c7k3x9q4n8w"}""")]
    [InlineData("""{"kind":"rater","name":"Máy","nonce":"short"}""")]
    [InlineData("""{"kind":"rater","name":"Máy","nonce":"with a space in it"}""")]
    [InlineData("""{"kind":"rater","name":5,"nonce":"5pmv2c7k3x9q4n8w"}""")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task What_is_no_request_to_be_paired_is_malformed(string body) =>
        Assert.Equal("400 malformed", (await SendAsync(body, IPAddress.Parse("127.0.20.4"))).Brief);

    [Fact]
    public async Task Strangers_fill_neither_the_list_nor_the_disk()
    {
        var from = IPAddress.Parse("127.0.20.5");
        var before = Hall.NewestEvent;
        var body = JsonSerializer.Serialize(new { kind = "rater", name = "Máy", nonce = Nonce });
        for (var count = 0; count < 5; count++)
        {
            Assert.Equal("201", (await SendAsync(body, from)).Brief);
        }

        var refused = await SendAsync(body, from);

        Assert.Equal("429 too-many", refused.Brief);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
        Assert.Equal(before, Hall.NewestEvent);
        var administrator = await Hall.SignedInAsync(HallPlan.Administrator);
        Assert.Equal(200, (await administrator.GetAsync("/devices")).Status);
    }

    [Fact]
    public async Task Nobody_but_an_administrator_decides()
    {
        var pairing = await OpenAsync(IPAddress.Parse("127.0.20.6"));
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();

        foreach (var caller in new[] { Hall.Anyone, officer, Hall.Client("bench-1") })
        {
            foreach (var act in new[] { $"pairing/{pairing}/accept", $"pairing/{pairing}/reject", $"rater-{place.Counter}/revoke", $"rater-{place.Counter}/identify" })
            {
                Assert.NotEqual(200, (await caller.SubmitAsync($"/devices/{act}", new Dictionary<string, string> { ["name"] = "x" })).Status);
            }
        }

        Assert.Equal("202", (await AskAsync(pairing)).Brief);
        Assert.Equal(1L, Hall.Query<long>($"SELECT count(*) FROM device WHERE id = 'rater-{place.Counter}'"));
    }

    private string OfficerOf(string kind, string device) =>
        Hall.Query<string>($"SELECT officer FROM audit WHERE part = 'security.{kind}' AND new ->> 'device' = '{device}'");

    private async Task<Guid> OpenAsync(IPAddress from) =>
        (await SendAsync(JsonSerializer.Serialize(new { kind = "rater", name = "Máy đánh giá mới", nonce = Nonce }), from)).Ok(201).GetProperty("pairing").GetGuid();

    private Task<ApiAnswer> SendAsync(string body, IPAddress from) =>
        SentRequest.SendAsync(Hall.Address + "/api/v1/pairings", ["Content-Type: application/json"], body, from);

    private Task<ApiAnswer> AskAsync(Guid pairing, string nonce = Nonce) =>
        SentRequest.SendAsync($"{Hall.Address}/api/v1/pairings/{pairing}", [$"Authorization: Nonce {nonce}"], method: "GET");

    private static async Task AcceptAsync(ApiClient administrator, Guid pairing, string name, int counter, string replaces = "") =>
        Assert.Equal(302, (await administrator.SubmitAsync(
            $"/devices/pairing/{pairing}/accept", new Dictionary<string, string> { ["name"] = name, ["counter"] = $"{counter}", ["as"] = replaces })).Status);
}
