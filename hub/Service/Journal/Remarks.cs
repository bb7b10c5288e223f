namespace Reception.Hub.Journal;

/// <summary>Words that a person gave as a reason, kept beside the journal and erased after a year.</summary>
internal static class Remarks
{
    private const int Longest = 500;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>The reason in a request, at most 500 letters.</summary>
    public static string? Read(JsonFields fields) => fields.OptionalText("reason", text => text.Length <= Longest);

    /// <summary>Keeps a remark on the newest event.</summary>
    public static void Keep(HallTransaction transaction, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            transaction.Run(
                "INSERT OR REPLACE INTO remark(sequence, text, erase_after) VALUES ($p0, $p1, $p2)",
                transaction.Sequence, text, (transaction.Now + Kept).ToUnixTimeMilliseconds());
        }
    }
}
