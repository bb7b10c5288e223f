using System.Text;

namespace Reception.Runner;

/// <summary>The newest lines of what a program said.</summary>
internal sealed class RecentWords
{
    private const int LinesKept = 100;
    private const int LongestLine = 4096;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = [];
    private readonly List<byte> _begun = [];

    public void Hear(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            foreach (var one in bytes)
            {
                if (one == '\n')
                {
                    End();
                }
                else if (_begun.Count < LongestLine)
                {
                    _begun.Add(one);
                }
            }
        }
    }

    public bool Has(string text) => Lines().Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Why it ended, in its own words: the exception that it died of, or the last line that is none of a stack trace.</summary>
    public string Last()
    {
        var lines = Lines().FindAll(line => line.Length > 0 && !line.StartsWith("at ", StringComparison.Ordinal));
        return lines.FindLast(line => line.StartsWith("Unhandled exception", StringComparison.Ordinal))
            ?? lines.LastOrDefault()
            ?? "it said nothing";
    }

    private List<string> Lines()
    {
        lock (_gate)
        {
            return [.. _lines, Text(_begun)];
        }
    }

    private void End()
    {
        _lines.Enqueue(Text(_begun));
        _begun.Clear();
        if (_lines.Count > LinesKept)
        {
            _lines.Dequeue();
        }
    }

    private static string Text(List<byte> bytes) => Encoding.UTF8.GetString([.. bytes]).Trim();
}
