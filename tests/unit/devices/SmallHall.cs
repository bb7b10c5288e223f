namespace Reception.Unit.Tests.Devices;

/// <summary>A hall with one service, one counter and one officer.</summary>
internal static class SmallHall
{
    /// <summary>Its hall file.</summary>
    public const string Plan = """
        {"site":{"code":"H00.001","name":"Trung tâm thử nghiệm"},
         "services":[{"code":"HT","prefix":"A","name":"Hộ tịch"}],
         "counters":[{"number":1,"services":["HT"]}],
         "officers":[{"code":"cb01","name":"Anh","role":"officer"}]}
        """;
}
