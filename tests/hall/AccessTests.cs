using System.Text;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests;

/// <summary>Who may ask for what over HTTP, with ids that nobody has: what comes to nothing is told so, and what is not allowed is told that:
/// <c>access.txt</c>, written by this test and read by people.</summary>
[Collection(OtherHall.Name)]
public sealed class AccessTests(SharedHall shared) : HallTest(shared)
{
    private const string Foreign = "01890000-0000-7000-8000-00000000abcd";

    private static readonly string[] Verbs = ["call-next", "call", "recall", "start", "no-show", "hold", "transfer", "finish", "undo", "pause", "resume"];

    private static readonly string[] Pages =
    [
        "/console", "/dashboard", "/ratings", "/devices", "/devices/kiosk-1", "/appointments", "/join/poster", "/admin/hours", "/admin/lanes", "/admin/changes",
        "/admin/security", "/admin/security.csv", "/admin/certificate", "/admin/metrics", "/account", "/display",
    ];

    [Fact]
    public async Task Every_request_by_every_role_comes_to_what_the_table_says()
    {
        var (place, other) = (Hall.NextPlace(), Hall.NextPlace());
        var callers = new (string Name, ApiClient Client)[]
        {
            ("nobody", Hall.Anyone),
            ("kiosk", Hall.Client("kiosk-1")),
            ("rater", Hall.Client(place.Rater)),
            ("officer", await place.SignInAsync()),
            ("colleague", await other.SignInAsync()),
            ("leader", await Hall.SignedInAsync(HallPlan.Leader)),
            ("administrator", await Hall.SignedInAsync(HallPlan.Administrator)),
        };
        (string Name, Func<ApiClient, Task<ApiAnswer>> Ask)[] requests =
        [
            ("hall", client => client.GetAsync("/api/v1/hall")),
            ("catalog", client => client.GetAsync("/api/v1/catalog")),
            ("take a number", client => client.PostAsync("/api/v1/tickets", new { service = "XX", lane = "normal" })),
            ("look at a ticket", client => client.GetAsync($"/api/v1/tickets/{Foreign}")),
            ("cancel a ticket", client => client.PostAsync($"/api/v1/tickets/{Foreign}/cancel")),
            ("print it again", client => client.PostAsync($"/api/v1/tickets/{Foreign}/reprint", new { device = "kiosk-1" })),
            .. Verbs.Select(verb =>
                ($"{verb} at the counter", (Func<ApiClient, Task<ApiAnswer>>)(client => client.AtAsync(place.Counter, verb, new { ticket = Foreign, service = "XX" })))),
            ("start at no counter", client => client.AtAsync(999, "start")),
            ("devices", client => client.GetAsync("/api/v1/devices")),
            ("ask for a pairing", client => client.GetAsync($"/api/v1/pairings/{Foreign}")),
            ("ratings", client => client.GetAsync("/api/v1/ratings?from=2026-01-01&to=2026-01-02")),
            ("figures", client => client.GetAsync("/api/v1/statistics/officers?from=2026-01-01&to=2026-01-02")),
            ("give a list of appointments", client => client.PostAsync("/api/v1/appointments", new { appointments = Array.Empty<object>() })),
            ("take an appointment out", client => client.DeleteAsync("/api/v1/appointments/0000000")),
            ("the phones' code", client => client.GetAsync("/api/v1/join")),
            ("confirm the clock", client => client.PostAsync("/api/v1/clock/confirm")),
            ("metrics on the hub's machine", client => client.GetAsync("/metrics")),
            ("metrics from elsewhere", client => client.GetFromElsewhereAsync("/metrics")),
            .. Pages.Select(page =>
                ($"page {page}", (Func<ApiClient, Task<ApiAnswer>>)(client => client.GetAsync(page)))),
        ];

        var table = new StringBuilder();
        foreach (var (name, ask) in requests)
        {
            table.Append(name).Append(": ");
            var outcomes = new List<(string Caller, string Outcome)>();
            foreach (var (caller, client) in callers)
            {
                outcomes.Add((caller, (await ask(client)).Brief));
            }

            table.AppendLine(string.Join("; ", outcomes.GroupBy(one => one.Outcome, one => one.Caller).Select(alike => $"{alike.Key} {string.Join(", ", alike)}")));
        }

        var kept = Path.Combine(AppContext.BaseDirectory, "access.txt");
        if (!File.Exists(kept) || await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken) != table.ToString())
        {
            var found = Path.Combine(Path.GetTempPath(), "access.txt");
            await File.WriteAllTextAsync(found, table.ToString(), TestContext.Current.CancellationToken);
            Assert.Fail($"The hub answers otherwise than tests/hall/access.txt says; what it answers is in {found}.");
        }
    }
}
