using System.Text.RegularExpressions;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Safety;

/// <summary>Every operation of the API's document, by every kind of caller, as another web page or a careless program would send it.</summary>
[Collection(AttackedHall.Name)]
public sealed partial class EveryRouteTests(SharedHall shared) : HallTest(shared)
{
    private static readonly string[] Json = ["Content-Type: application/json"];

    [Fact]
    public async Task A_foreign_origin_a_foreign_host_and_a_body_that_is_too_large_are_refused_before_anything_else()
    {
        var callers = await CallersAsync();
        foreach (var (method, path) in Operations())
        {
            foreach (var (name, caller) in callers)
            {
                string[] headers = method is "GET" ? [caller] : [caller, .. Json];
                var body = method is "GET" ? null : "{}";
                await HasAsync("403 not-allowed", $"{name}, foreign host", method, path, [.. headers, "Host: evil.example"], body);
                if (method is not "GET")
                {
                    await HasAsync("403 not-allowed", $"{name}, foreign origin", method, path, [.. headers, "Origin: http://evil.example"], body);
                    await HasAsync("403 not-allowed", $"{name}, other site", method, path, [.. headers, "Sec-Fetch-Site: cross-site"], body);
                    await HasAsync("413 too-large", $"{name}, large", method, path, headers, new string(' ', (64 * 1024) + 1));
                }
            }
        }
    }

    [Fact]
    public async Task What_is_not_JSON_does_nothing()
    {
        var before = Hall.NewestEvent;
        var callers = await CallersAsync();
        var signedIn = Hall.NewestEvent;
        Assert.InRange(signedIn, before, before + callers.Count);
        foreach (var (method, path) in Operations().Where(operation => operation.Method is "POST" && !operation.Path.EndsWith("/clock/confirm", StringComparison.Ordinal)))
        {
            foreach (var (name, caller) in callers)
            {
                foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x" })
                {
                    var answer = await SentRequest.SendAsync(Hall.Address + path, [caller, $"Content-Type: {type}"], """{"service":"S01","lane":"normal"}""", method: method);
                    Assert.True(answer.Status is 400 or 401 or 403 or 404, $"{name} {method} {path} as {type}: {answer.Brief}");
                }
            }
        }

        Assert.Equal(signedIn, Hall.NewestEvent);
    }

    private static IEnumerable<(string Method, string Path)> Operations() => ApiContract.Operations.Values
        .Select(operation => (operation.Method.ToUpperInvariant(), Parameter().Replace(operation.Path, "1")))
        .Where(operation => !operation.Item2.EndsWith("/events", StringComparison.Ordinal));

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    private async Task<List<(string Name, string Header)>> CallersAsync()
    {
        var place = Hall.NextPlace();
        return
        [
            ("nobody", "Accept: */*"),
            ("kiosk", $"Authorization: Bearer kiosk-1:{Hall.Secret("kiosk-1")}"),
            ("rater", $"Authorization: Bearer {place.Rater}:{Hall.Secret(place.Rater)}"),
            ("officer", $"Cookie: {(await place.SignInAsync()).Cookie}"),
            ("administrator", $"Cookie: {(await Hall.SignedInAsync(HallPlan.Administrator)).Cookie}"),
        ];
    }

    private async Task HasAsync(string expected, string what, string method, string path, string[] headers, string? body)
    {
        var answer = await SentRequest.SendAsync(Hall.Address + path, headers, body, method: method);
        Assert.Equal($"{what} {method} {path}: {expected}", $"{what} {method} {path}: {answer.Brief}");
    }
}
