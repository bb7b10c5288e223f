using System.Data.Common;

namespace Reception.Settings;

/// <summary>Why a program can't work with its data folder, in one line that names the cause.</summary>
public static class FolderFault
{
    private const long LeastFree = 1024 * 1024;

    /// <summary>Whether an exception comes from files or a database.</summary>
    public static bool Is(Exception exception) => exception is IOException or UnauthorizedAccessException or DbException;

    /// <summary>The line. A database on a full disk speaks of input and output only: the disk is looked at.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="exception">What went wrong.</param>
    public static string Line(string folder, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        if (Directory.Exists(folder) && new DriveInfo(folder).AvailableFreeSpace is < LeastFree and var free)
        {
            return $"the disk of {folder} is full: {free / 1024} KiB free; make room on it.";
        }

        return exception is DbException ? $"{folder}: {exception.Message}" : exception.Message;
    }
}
