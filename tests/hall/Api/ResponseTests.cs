using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Api;

/// <summary>What a running hub responds is what the OpenAPI document says.</summary>
[Collection(DescribedHall.Name)]
public sealed class ResponseTests(SharedHall shared) : HallTest(shared)
{
    private const string Nobody = "01890000-0000-7000-8000-00000000abcd";

    [Fact]
    public async Task A_visit_and_what_leaders_read_of_it_are_as_the_document_says()
    {
        var place = Hall.NextPlace();
        var (kiosk, officer) = (Hall.Client("kiosk-1"), await place.SignInAsync());
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        await using var rater = await Hall.ConnectAsync(place.Rater);
        var walk = new Walk();
        await walk.GetAsync(Hall.Anyone, "/api/v1/hall", 200);
        await walk.GetAsync(Hall.Anyone, "/api/v1/catalog", 200);
        await walk.PostAsync(Hall.Anyone, "/api/v1/session", 204, new { officer = HallPlan.Leader, pin = HallPlan.Pin });
        var ticket = await TakeAsync();
        await TakeAsync();
        await walk.GetAsync(officer, $"/api/v1/tickets/{ticket}", 200);
        foreach (var verb in new[] { "pause", "resume", "call-next", "recall", "start", "hold" })
        {
            await AtAsync(verb);
        }

        await AtAsync("call", new { ticket });
        await AtAsync("finish", new { outcome = "received" });
        (await rater.AskAsync(ReportTypes.RatingPressed, new { level = 2 })).Ok();
        await walk.GetAsync(kiosk, $"/api/v1/tickets/{ticket}", 200);
        await AtAsync("undo");
        await AtAsync("transfer", new { service = place.Service });
        await AtAsync("call-next");
        await AtAsync("no-show", new { reason = "Không đến" });
        await AtAsync("call-next");
        await AtAsync("finish");
        await walk.PostAsync(officer, $"/api/v1/counters/{place.Counter}/call-next", 204);
        await walk.PostAsync(officer, $"/api/v1/tickets/{await TakeAsync()}/cancel", 200, new { reason = "Công dân đã về" });
        await walk.GetAsync(leader, "/api/v1/statistics/officers?from=2026-01-01&to=2026-01-02", 200);
        var today = (await Hall.Anyone.GetAsync("/api/v1/hall")).Json.GetProperty("day").GetString();
        await walk.GetAsync(leader, $"/api/v1/statistics/officers?from={today}&to={today}", 200);
        await walk.GetAsync(leader, "/api/v1/ratings?limit=1", 200);
        await walk.GetAsync(leader, "/api/v1/devices", 200);
        await walk.GetAsync(leader, "/api/v1/join", 200);
        await walk.DeleteAsync(officer, "/api/v1/session", 204);
        walk.DemandNoFaults();

        async Task<string> TakeAsync()
        {
            var issued = await walk.PostAsync(kiosk, "/api/v1/tickets", 201, new { service = place.Service, lane = "normal" });
            return issued.Json.GetProperty("id").GetString()!;
        }

        Task AtAsync(string verb, object? body = null) => walk.PostAsync(officer, $"/api/v1/counters/{place.Counter}/{verb}", 200, body);
    }

    [Fact]
    public async Task Phones_and_appointments_are_as_the_document_says()
    {
        var place = Hall.NextPlace();
        var (kiosk, administrator) = (Hall.Client("kiosk-1"), await Hall.SignedInAsync(HallPlan.Administrator));
        var walk = new Walk();
        var code = (await walk.GetAsync(administrator, "/api/v1/join", 200)).Json.GetProperty("code").GetString();
        var phone = Hall.Client();
        phone.Keep(await walk.PostAsync(phone, "/api/v1/join", 201, new { code, service = place.Service, lane = "normal" }));
        await walk.PostAsync(phone, "/api/v1/join", 200, new { code, service = place.Service, lane = "priority" });
        var at = DateTimeOffset.Parse((await Hall.Anyone.GetAsync("/api/v1/hall")).Json.GetProperty("at").GetString()!, null).AddMinutes(1);
        await walk.PostAsync(administrator, "/api/v1/appointments", 200, new
        {
            appointments = new[]
            {
                new { at, service = place.Service, code = $"77{place.Counter:00}01" },
                new { at, service = place.Service, code = $"77{place.Counter:00}02" },
                new { at, service = "NONE", code = $"77{place.Counter:00}03" },
            },
        });
        await walk.PostAsync(kiosk, "/api/v1/tickets", 201, new { appointment = $"77{place.Counter:00}01" });
        await walk.PostAsync(kiosk, "/api/v1/tickets", 409, new { appointment = $"77{place.Counter:00}01" });
        await walk.PostAsync(kiosk, "/api/v1/tickets", 404, new { appointment = "0000" });
        await walk.DeleteAsync(administrator, $"/api/v1/appointments/77{place.Counter:00}02", 204);
        await walk.DeleteAsync(administrator, $"/api/v1/appointments/77{place.Counter:00}02", 404);
        await walk.DeleteAsync(administrator, $"/api/v1/appointments/77{place.Counter:00}01", 409);
        await walk.PostAsync(administrator, "/api/v1/clock/confirm", 409);
        walk.DemandNoFaults();
    }

    [Fact]
    public async Task Refusals_are_as_the_document_says()
    {
        var place = Hall.NextPlace();
        var (kiosk, officer) = (Hall.Client("kiosk-1"), await place.SignInAsync());
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        using var stranger = new ApiClient(Hall.HttpPort, "kiosk-1:wrong");
        var walk = new Walk();
        await walk.PostAsync(kiosk, "/api/v1/tickets", 400, new { lane = "normal" });
        await walk.PostAsync(kiosk, "/api/v1/tickets", 404, new { service = "NONE", lane = "normal" });
        await walk.PostAsync(kiosk, "/api/v1/tickets", 413, new { service = new string('x', 70_000), lane = "normal" });
        var key = $"{Guid.NewGuid()}";
        await walk.PostAsync(kiosk, "/api/v1/tickets", 404, new { service = "NONE", lane = "normal" }, key);
        await walk.PostAsync(kiosk, "/api/v1/tickets", 422, new { service = place.Service, lane = "normal" }, key);
        await walk.GetAsync(kiosk, $"/api/v1/tickets/{Nobody}", 404);
        await walk.PostAsync(Hall.Anyone, "/api/v1/session", 400, new { officer = place.Officer });
        await walk.PostAsync(Hall.Anyone, "/api/v1/session", 401, new { officer = "nobody-here", pin = "0000", counter = place.Counter });
        await walk.PostAsync(Hall.Anyone, "/api/v1/session", 404, new { officer = place.Officer, pin = HallPlan.Pin, counter = 999 });
        await walk.PostAsync(officer, "/api/v1/counters/999/start", 404);
        await walk.PostAsync(officer, $"/api/v1/counters/{place.Counter}/start", 409);
        await walk.PostAsync(officer, $"/api/v1/counters/{place.Counter}/call-next", 404, new { service = "NONE" });
        await walk.PostAsync(officer, $"/api/v1/counters/{place.Counter}/call", 404, new { ticket = Nobody });
        await walk.PostAsync(officer, $"/api/v1/counters/{place.Counter}/transfer", 400, new { });
        await walk.PostAsync(officer, $"/api/v1/tickets/{Nobody}/reprint", 400, new { device = "none" });
        await walk.GetAsync(leader, "/api/v1/statistics/officers", 400);
        await walk.GetAsync(leader, "/api/v1/ratings?limit=501", 400);
        await walk.GetAsync(leader, "/api/v1/ratings?officer=none", 404);
        await walk.PostAsync(Hall.Anyone, "/api/v1/join", 403, new { code = "000000", service = place.Service, lane = "normal" });
        foreach (var operation in ApiContract.Operations.Values.Where(one => one.Json.GetProperty("security").GetArrayLength() > 0))
        {
            var path = operation.Path.Replace("{id}", Nobody, StringComparison.Ordinal)
                .Replace("{n}", $"{place.Counter}", StringComparison.Ordinal).Replace("{code}", "0000", StringComparison.Ordinal);
            await walk.SendAsync(Hall.Anyone, operation.Method, path, 401);
            await walk.SendAsync(stranger, operation.Method, path, 401);
        }

        walk.DemandNoFaults();
    }

    /// <summary>Calls, and notes each response that is not as the document says, or has another status than the test expects.</summary>
    private sealed class Walk
    {
        private readonly List<string> _faults = [];

        public Task<ApiAnswer> GetAsync(ApiClient client, string path, int status) => SendAsync(client, "GET", path, status);

        public Task<ApiAnswer> DeleteAsync(ApiClient client, string path, int status) => SendAsync(client, "DELETE", path, status);

        public async Task<ApiAnswer> PostAsync(ApiClient client, string path, int status, object? body = null, string? key = null) =>
            Check("POST", path, status, await client.PostAsync(path, body, key));

        public async Task<ApiAnswer> SendAsync(ApiClient client, string method, string path, int status) =>
            Check(method, path, status, method switch
            {
                "GET" => await client.GetAsync(path),
                "DELETE" => await client.DeleteAsync(path),
                _ => await client.PostAsync(path),
            });

        public void DemandNoFaults() => Assert.True(_faults.Count == 0, string.Join('\n', _faults));

        private ApiAnswer Check(string method, string path, int status, ApiAnswer response)
        {
            Assert.True(response.Status == status, $"{method} {path}: expected {status}, got {response.Status}: {response.Text}");
            _faults.AddRange(ApiContract.Faults(method, path, response));
            return response;
        }
    }
}
