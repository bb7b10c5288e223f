namespace Reception.Hub.Commands;

/// <summary>Columns of text: the first two to the left, figures to the right.</summary>
internal sealed class TextTable(params string[] head)
{
    private const int Words = 2;

    private readonly List<string[]> _rows = [head];

    public string Text
    {
        get
        {
            var widths = head.Select((_, column) => _rows.Max(row => row[column].Length)).ToArray();
            return string.Concat(_rows.Select(row => string.Join("  ", row.Select(Padded)).TrimEnd() + "\n"));

            string Padded(string cell, int column) => column < Words ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]);
        }
    }

    public void Add(params string[] row) => _rows.Add(row);
}
