using Dapper;

namespace Reception.Hub.Journal;

/// <summary>Words that a person gave as a reason, kept beside the journal and erased after a year.</summary>
internal static class Remarks
{
    private const int Longest = 500;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>The reason in a request, at most 500 letters.</summary>
    public static string? Read(JsonFields fields) => fields.OptionalText("reason", text => text.Length <= Longest);

    /// <summary>Keeps a remark on the newest event.</summary>
    public static void Keep(WorkingHall working, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            working.Connection.Execute(
                "INSERT OR REPLACE INTO remark(sequence, text, erase_after) VALUES (@Sequence, @text, @eraseAfter)",
                new { working.Sequence, text, eraseAfter = (working.Now + Kept).ToUnixTimeMilliseconds() },
                working.Transaction);
        }
    }
}
