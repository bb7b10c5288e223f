namespace Reception.Unit.Tests.Voice;

/// <summary>The lists from which the clips are made.</summary>
internal static class ClipList
{
    /// <summary>Texts by clip.</summary>
    public static IReadOnlyDictionary<string, string> Of(string language) =>
        File.ReadLines(Path.Combine(Root(), "hub", "Service", "Voice", $"clips.{language}.tsv"))
            .Select(line => line.Split('\t')).ToDictionary(field => field[0], field => field[1]);

    /// <summary>What a clip says; the punctuation only tells espeak-ng the intonation.</summary>
    public static string Text(string language, string name) => Of(language)[name].TrimEnd(',', '.');

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Reception.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
