namespace Reception.Theme;

/// <summary>The five faces as one hidden SVG of symbols, <c>#face-1</c> to <c>#face-5</c>.</summary>
internal static class FaceDrawings
{
    public static string Svg { get; } = Read();

    private static string Read()
    {
        using var reader = new StreamReader(typeof(FaceDrawings).Assembly.GetManifestResourceStream("faces.svg")!);
        return reader.ReadToEnd();
    }
}
