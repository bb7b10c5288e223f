namespace Reception.Runner;

/// <summary>
/// A program's log file. It keeps the newest 2 to 4 MiB, the older part in a second file; what a full disk does not take is dropped.
/// </summary>
internal sealed class BoundedLog : IDisposable
{
    private const long Half = 2 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly string _path;
    private FileStream? _file;

    public BoundedLog(string path)
    {
        _path = path;
        // It is there for a reader although nothing was said yet.
        Write([]);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            try
            {
                _file ??= Open();
                if (_file.Length >= Half)
                {
                    Close();
                    File.Move(_path, _path + ".1", overwrite: true);
                    _file = Open();
                }

                _file.Write(bytes);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // A log that can't be written stops no hall; the next piece tries again.
                Close();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Close();
        }
    }

    private FileStream Open() =>
        new(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }
}
