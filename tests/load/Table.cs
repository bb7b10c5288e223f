namespace Reception.Load;

/// <summary>The figures of one run, printed at the end.</summary>
internal sealed class Table
{
    private readonly List<(string Name, string Figure)> _rows = [];

    public void Add(string name, string figure)
    {
        _rows.Add((name, figure));
        Console.Error.WriteLine($"{name}: {figure}");
    }

    public void Add(string name, TimeSpan time, TimeSpan processor) =>
        Add(name, $"{time.TotalMilliseconds:N0} ms, of which processor {processor.TotalMilliseconds:N0} ms");

    public void Print()
    {
        var width = _rows.Max(row => row.Name.Length);
        Console.WriteLine();
        foreach (var (name, figure) in _rows)
        {
            Console.WriteLine($"{name.PadRight(width)}  {figure}");
        }
    }
}
