using System.Globalization;

namespace Reception.Runner;

/// <summary>Tells the id of a program's process: <c>DATA/run/NAME.pid</c>.</summary>
internal sealed class PidFile(string path)
{
    public void Write(int process)
    {
        var text = process.ToString(CultureInfo.InvariantCulture) + "\n";
        try
        {
            // Whole at every moment.
            File.WriteAllText(path + "~", text);
            File.Move(path + "~", path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteInPlace(text);
        }
    }

    public void Remove() => File.Delete(path);

    // A full disk has no room for a new file, and still has that of the old one.
    private void WriteInPlace(string text)
    {
        try
        {
            using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(text));
            file.SetLength(text.Length);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Terminal.Say($"{path} can't be written: {exception.Message}");
        }
    }
}
