using System.Globalization;
using System.Text.Json;

namespace Reception.Hall.Tests.Parts;

/// <summary>One counter of a running hall, with what belongs to it alone.</summary>
internal sealed record Place(RunningHall Hall, int Counter)
{
    public string Officer => HallPlan.Officer(Counter);

    public string Service => HallPlan.Service(Counter);

    public string Rater => $"rater-{Counter}";

    public string Desk => $"desk-{Counter}";

    /// <summary>A number of this counter's service: <c>A001</c>.</summary>
    public string Number(int sequence) => string.Create(CultureInfo.InvariantCulture, $"{HallPlan.Prefix(Counter)}{sequence:000}");

    public Task<ApiClient> SignInAsync() => Hall.SignedInAsync(Officer, Counter);

    /// <summary>Takes a number over HTTP; gives the ticket.</summary>
    public async Task<JsonElement> TakeNumberAsync() =>
        (await Hall.Client("bench-1").PostAsync("/api/v1/tickets", new { service = Service, lane = "normal" })).Ok(201);
}
