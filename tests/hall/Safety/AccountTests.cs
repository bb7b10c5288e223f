using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Safety;

/// <summary>What a person does with the own account, and what the security log says of people, through a running hub.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    private const string Own = "814273";
    private static readonly string Officer = HallPlan.Officer(1);

    private RunningHall _hall = null!;

    public async ValueTask InitializeAsync() => _hall = await RunningHall.StartAsync(HallPlan.Json(2));

    public async ValueTask DisposeAsync()
    {
        _hall.DemandNoErrors();
        await _hall.DisposeAsync();
    }

    [Fact]
    public async Task A_PIN_that_the_technician_made_is_changed_before_any_page_is_shown()
    {
        var (code, said) = await Spawned.RunAsync("hub", "officer", "pin", Officer, "--data", _hall.Folder);
        Assert.True(code == 0, said);
        var pin = new string([.. said.Where(char.IsAsciiDigit)])[^6..];
        using var officer = _hall.Client();
        Assert.Equal(204, (await officer.SignInAsync(Officer, 1, pin)).Status);

        // A program of the officer's has no page for that.
        Assert.Equal(204, (await officer.AtAsync(1, "call-next")).Status);
        var led = await officer.GetAsync("/console");
        Assert.Equal(302, led.Status);
        Assert.Equal("/account?next=%2Fconsole", led.Headers.Location!.OriginalString);
        Assert.Equal(200, (await officer.GetAsync("/api/v1/hall")).Status);
        Assert.Equal(200, (await officer.GetAsync("/account?next=%2Fconsole")).Status);

        Assert.Equal(200, (await ChangeAsync(officer, pin, "123456")).Status);
        Assert.Equal(200, (await ChangeAsync(officer, "000001", Own)).Status);
        var changed = await ChangeAsync(officer, pin, Own, "/console");
        Assert.Equal("302 /console", $"{changed.Status} {changed.Headers.Location}");
        Assert.Equal(204, (await officer.AtAsync(1, "call-next")).Status);
        Assert.Equal(200, (await officer.GetAsync("/console")).Status);
        using var again = _hall.Client();
        Assert.Equal(204, (await again.SignInAsync(Officer, 1, Own)).Status);
        Assert.Equal(204, (await again.AtAsync(1, "call-next")).Status);
        Assert.Equal(302, (await ChangeAsync(again, Own, "925384", "//elsewhere.example")).Status);
    }

    [Fact]
    public async Task A_PIN_guessed_at_the_account_is_slowed_down_as_at_the_sign_in()
    {
        using var leader = _hall.Client();
        Assert.Equal(204, (await leader.SignInAsync(HallPlan.Leader, null)).Status);
        leader.BrowserCookie = null;
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.Equal(200, (await ChangeAsync(leader, "000001", Own)).Status);
        }

        Assert.Contains("30", (await ChangeAsync(leader, HallPlan.Pin, Own)).Text, StringComparison.Ordinal);
        Assert.Equal("429 too-many", (await _hall.Anyone.SignInAsync(HallPlan.Leader, null)).Brief);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_the_sessions_of_all_browsers()
    {
        using var first = _hall.Client();
        using var second = _hall.Client();
        Assert.Equal(204, (await first.SignInAsync(HallPlan.Leader, null)).Status);
        Assert.Equal(204, (await second.SignInAsync(HallPlan.Leader, null)).Status);

        var left = await first.SubmitAsync("/account/sign-out-everywhere", new Dictionary<string, string>());

        Assert.Equal("302 /signin", $"{left.Status} {left.Headers.Location}");
        Assert.Equal("401 not-signed-in", (await first.GetAsync("/api/v1/devices")).Brief);
        Assert.Equal("401 not-signed-in", (await second.GetAsync("/api/v1/devices")).Brief);
        Assert.Equal("302 /signin?next=/account", (await first.GetAsync("/account")) is var asked ? $"{asked.Status} {asked.Headers.Location}" : "");
    }

    [Fact]
    public async Task The_security_log_tells_an_administrator_who_came_failed_was_refused_and_exported_and_gives_it_as_a_file()
    {
        using var administrator = _hall.Client();
        Assert.Equal(204, (await administrator.SignInAsync(HallPlan.Administrator, null)).Status);
        using var officer = _hall.Client();
        for (var guess = 0; guess < 3; guess++)
        {
            Assert.Equal("401 wrong-pin", (await officer.SignInAsync(Officer, 1, "000001")).Brief);
        }

        Assert.Equal("401 wrong-pin", (await officer.SignInAsync("135791", 1, "000001")).Brief);
        Assert.Equal(204, (await officer.SignInAsync(Officer, 1)).Status);
        Assert.Equal("403 not-allowed", (await officer.GetAsync("/api/v1/devices")).Brief);
        Assert.Equal(200, (await administrator.GetAsync("/ratings.csv?from=2026-01-01&to=2026-01-02")).Status);
        Assert.Equal(0, (await Spawned.RunAsync("hub", "device", "revoke", "kiosk-1", "--data", _hall.Folder)).Code);

        var file = "";
        await Eventually.TrueAsync(
            async () => (file = (await administrator.GetAsync("/admin/security.csv?lang=en")).Text).Contains("ratings.csv", StringComparison.Ordinal), () => file);
        Assert.Contains($",{Officer},", file, StringComparison.Ordinal);
        Assert.Contains("entered a wrong PIN", file, StringComparison.Ordinal);
        Assert.Contains("An unknown name", file, StringComparison.Ordinal);
        Assert.DoesNotContain("135791", file, StringComparison.Ordinal);
        Assert.Contains("the role does not allow GET /api/v1/devices", file, StringComparison.Ordinal);
        Assert.Contains("revoked the device kiosk-1", file, StringComparison.Ordinal);
        Assert.Single(file.Split('\n'), line => line.Contains("entered a wrong PIN", StringComparison.Ordinal) && line.Contains(Officer, StringComparison.Ordinal));
        Assert.Contains("127.0.0.1", file, StringComparison.Ordinal);
        await Eventually.TrueAsync(() => _hall.Said.Contains("event=device-revoked", StringComparison.Ordinal), () => _hall.Said);
        Assert.Matches(@"Reception\.Hub\.Security\.AuditLines\[2102\] entry=\d+ event=sign-in-failed person=" + Officer + " from=127.0.0.1", _hall.Said);

        var page = (await administrator.GetAsync($"/admin/security?lang=en&kind=exports&person={HallPlan.Administrator}")).Text;
        Assert.Contains("ratings.csv", page, StringComparison.Ordinal);
        Assert.DoesNotContain("entered a wrong PIN</td>", page, StringComparison.Ordinal);
    }

    private static Task<ApiAnswer> ChangeAsync(ApiClient client, string present, string fresh, string next = "") => client.SubmitAsync(
        "/account/pin", new Dictionary<string, string> { ["present"] = present, ["fresh"] = fresh, ["again"] = fresh, ["next"] = next });
}
