using System.Globalization;
using System.Text.Json;

namespace Reception.Hall.Tests.Parts;

/// <summary>A hall to test with: counter n has the officer o(n), its own service S(n), a rater and a desk.</summary>
internal static class HallPlan
{
    public const string Pin = "2580";
    public const string Leader = "ld01";
    public const string Administrator = "qt01";
    public const string SharedService = "ALL";

    private const string Prefixes = "ABCDEFGHIJKLMNOPQRSTUVWXY";

    public static string Officer(int counter) => string.Create(CultureInfo.InvariantCulture, $"o{counter:00}");

    public static string Service(int counter) => string.Create(CultureInfo.InvariantCulture, $"S{counter:00}");

    public static char Prefix(int counter) => Prefixes[counter - 1];

    /// <summary>The hall file; with <paramref name="shared"/> every counter also serves one service of all.</summary>
    public static string Json(int counters, bool shared = false)
    {
        var numbers = Enumerable.Range(1, counters).ToList();
        string[] common = shared ? [SharedService] : [];
        return JsonSerializer.Serialize(new
        {
            site = new { code = "H00.001", name = "Trung tâm thử nghiệm", timeZone = "Asia/Ho_Chi_Minh" },
            services = numbers.Select(number => new { code = Service(number), prefix = Prefix(number).ToString(), name = $"Lĩnh vực {number}", expectedServiceMinutes = 8 })
                .Concat(common.Select(code => new { code, prefix = "Z", name = "Chung", expectedServiceMinutes = 8 })),
            counters = numbers.Select(number => new { number, name = $"Quầy {number}", services = common.Append(Service(number)) }),
            officers = numbers.Select(number => new { code = Officer(number), name = $"Cán bộ {number}", role = "officer" })
                .Append(new { code = Leader, name = "Lãnh đạo", role = "leader" })
                .Append(new { code = Administrator, name = "Quản trị", role = "administrator" }),
        });
    }
}
