using Reception.Slips;

namespace Reception.VirtualPrinter;

/// <summary>The roll under the head: rows of dots since the last cut, and each piece that was cut off as a picture in a folder.</summary>
internal sealed class Paper(int width, DirectoryInfo folder, int keep)
{
    private readonly Lock gate = new();
    private readonly List<bool[]> rows = [];
    private int cut = folder.EnumerateFiles("slip-*.png").Select(file => NumberOf(file.Name)).DefaultIfEmpty().Max();

    public int Width => width;

    public int Rows
    {
        get
        {
            lock (gate)
            {
                return rows.Count;
            }
        }
    }

    /// <summary>How many slips were ever cut into this folder, and where the last one lies.</summary>
    public (int Count, string? Last) Slips => (cut, cut == 0 ? null : PathOf(cut));

    public void Advance(bool[] row)
    {
        lock (gate)
        {
            rows.Add(row);
        }
    }

    /// <summary>Cuts off what hangs out of the printer; nothing where nothing does.</summary>
    public string? CutOff()
    {
        lock (gate)
        {
            if (rows.Count == 0)
            {
                return null;
            }

            var path = PathOf(cut + 1);
            // Whole at once, for whoever watches the folder.
            File.WriteAllBytes(path + ".part", PngPicture.Encode(Picture()));
            File.Move(path + ".part", path, overwrite: true);
            cut++;
            rows.Clear();
            File.Delete(PathOf(cut - keep));
            return path;
        }
    }

    private Raster Picture()
    {
        var picture = new Raster(width, rows.Count);
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < width; x++)
            {
                picture[x, y] = rows[y][x];
            }
        }

        return picture;
    }

    private string PathOf(int number) => Path.Combine(folder.FullName, $"slip-{number:00000}.png");

    private static int NumberOf(string name) => int.TryParse(Path.GetFileNameWithoutExtension(name).AsSpan(5), out var number) ? number : 0;
}
