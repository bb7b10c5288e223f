using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Protocol;

namespace Reception.Receiver.Page;

/// <summary><c>GET /</c>, the page, and <c>GET /arrivals</c>, the part of it that changes.</summary>
internal static class ShowArrivals
{
    public const int PageSize = 50;

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");
    private static readonly JsonSerializerOptions Indented = new(ProtocolJson.Options) { WriteIndented = true };

    public static IResult Page(int? before) => new RazorComponentResult<ArrivalsPage>(new { Before = before });

    public static IResult Part(int? before) => new RazorComponentResult<ArrivalsPart>(new { Before = before });

    public static DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone);

    public static string Readable(JsonElement json) => JsonSerializer.Serialize(json, Indented);
}
