using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Receiver.Page;

/// <summary><c>GET /</c>, the page, and <c>GET /arrivals</c>, the part of it that changes.</summary>
internal static class ShowArrivals
{
    public const int PageSize = 50;

    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);
    private static readonly JsonSerializerOptions Indented = new(ProtocolJson.Options) { WriteIndented = true };

    public static IResult Page(int? before) => new RazorComponentResult<ArrivalsPage>(new { Before = before });

    public static IResult Part(int? before) => new RazorComponentResult<ArrivalsPart>(new { Before = before });

    public static DateTimeOffset Local(DateTimeOffset instant) => instant.ToOffset(Vietnam);

    /// <summary>What a person would say it is about: a number, a face, a counter.</summary>
    public static string? Gist(JsonElement json, Words words)
    {
        var data = json.GetProperty("data");
        if (data.TryGetProperty("level", out var level) && level.TryGetInt32(out var value) && value is >= 1 and <= 5)
        {
            return words["level." + value];
        }

        if (data.TryGetProperty("number", out var number))
        {
            return number.ValueKind == JsonValueKind.Number ? words["receiver.counter", number.GetInt32()] : number.ToString();
        }

        return null;
    }

    public static string Readable(JsonElement json) => JsonSerializer.Serialize(json, Indented);
}
