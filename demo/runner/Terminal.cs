namespace Reception.Runner;

/// <summary>The terminal that <c>./run</c> was started from. It may be closed while the hall runs: then its lines are dropped.</summary>
internal static class Terminal
{
    /// <summary>A line about what happens, beside the output.</summary>
    public static void Say(string line) => Write(Console.Error, line);

    /// <summary>The reason why the hall ends.</summary>
    public static void Refuse(string reason) => Say($"run: {reason}");

    public static void Show(string text) => Write(Console.Out, text);

    private static void Write(TextWriter writer, string text)
    {
        try
        {
            writer.WriteLine(text);
        }
        catch (IOException)
        {
            // The terminal is gone, and with it the reader.
        }
    }
}
