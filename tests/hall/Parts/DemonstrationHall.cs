using System.Text.Json.Nodes;

namespace Reception.Hall.Tests.Parts;

/// <summary>The demonstration hall's file, changed as a test needs it.</summary>
internal static class DemonstrationHall
{
    public static string File { get; } = Path.Combine(Sources.Root, "demo", "hall.json");

    /// <summary>A hub over a changed hall.</summary>
    public static async Task<RunningHall> StartAsync(Action<JsonNode> change)
    {
        var plan = JsonNode.Parse(await System.IO.File.ReadAllTextAsync(File))!;
        change(plan);
        return await RunningHall.StartAsync(plan.ToJsonString());
    }

    /// <summary>48 officers beside the leaders, and as many counters with every service.</summary>
    public static void Fill(JsonNode plan)
    {
        var officers = plan["officers"]!.AsArray();
        foreach (var officer in officers.Where(officer => (string?)officer!["role"] == "officer").ToList())
        {
            officers.Remove(officer);
        }

        foreach (var number in Enumerable.Range(1, 48))
        {
            officers.Insert(number - 1, new JsonObject
            {
                ["code"] = $"cb{number:00}",
                ["name"] = $"Cán bộ minh họa {number}",
                ["title"] = "Công chức tư pháp – hộ tịch",
                ["role"] = "officer",
            });
        }

        plan["counters"] = new JsonArray([.. Enumerable.Range(1, 48).Select(number => new JsonObject
        {
            ["number"] = number,
            ["name"] = $"Quầy {number}",
            ["services"] = new JsonArray("HT", "CT", "DD", "XH", "CU", "KD"),
        })]);
    }
}
