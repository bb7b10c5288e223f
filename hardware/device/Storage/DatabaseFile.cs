using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Reception.Hosting;

namespace Reception.Device.Storage;

/// <summary>Opens a database file with its tables, examines it, and sets a damaged one aside.</summary>
internal static class DatabaseFile
{
    private static readonly Lazy<string> Description = new(() =>
    {
        using var fresh = new SqliteConnection("Data Source=:memory:");
        fresh.Open();
        AddFunctions(fresh);
        DatabaseSchema.Upgrade(fresh, "");
        return DescriptionOf(fresh);
    });

    /// <exception cref="DamagedDatabaseException">The file is damaged.</exception>
    /// <exception cref="SqliteException">It can't be opened: the disk is full or broken.</exception>
    /// <exception cref="NewerSchemaException">A later version of the program has written it.</exception>
    public static SqliteConnection Open(string path)
    {
        var isThere = File.Exists(path);
        if (isThere ? IsEmpty(path) : File.Exists(path + "-wal") && !IsEmpty(path + "-wal"))
        {
            throw new DamagedDatabaseException(isThere ? "it is empty" : "it is missing beside its -wal file");
        }

        MakePrivate(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Prepare(connection, path);
            if (isThere && Run(connection, "PRAGMA integrity_check(1)") is not "ok" and var damage)
            {
                throw new DamagedDatabaseException($"{damage}");
            }

            // The check above reads the tables as the file describes them: a description that was damaged may still be one.
            if (isThere && DescriptionOf(connection) != Description.Value)
            {
                throw new DamagedDatabaseException("its tables are not described as this program makes them");
            }

            return connection;
        }
        catch (SqliteException exception) when (IsUnreadable(exception, path))
        {
            connection.Dispose();
            throw new DamagedDatabaseException(exception.Message);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Renames a file, and its -wal file beside it, without which it can't be examined.</summary>
    public static void SetAside(string path, string aside)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["-wal", ""])
        {
            if (File.Exists(path + suffix))
            {
                File.Move(path + suffix, aside + suffix, overwrite: true);
            }
        }

        File.Delete(path + "-shm");
    }

    /// <summary>The files are the program's own alone; SQLite makes -wal and -shm with the mode that device.db has then.</summary>
    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var file in (ReadOnlySpan<string>)[path, path + "-wal", path + "-shm"])
        {
            if (File.Exists(file) && !PrivateFile.IsPrivate(file))
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        AddFunctions(connection);
        // A rating that was delivered can be read nowhere in the file: what is deleted is overwritten with zeros.
        Run(connection, "PRAGMA secure_delete = ON");
        Run(connection, "PRAGMA journal_mode = WAL");
        MakePrivate(path);
        Run(connection, "PRAGMA synchronous = FULL");
        DatabaseSchema.Upgrade(connection, path);
        // A file whose damaged header forbids writing says so here.
        Run(connection, "BEGIN; UPDATE sequence SET next = next; ROLLBACK");
    }

    private static void AddFunctions(SqliteConnection connection) =>
        connection.CreateFunction("sha256", (byte[] body) => SHA256.HashData(body), isDeterministic: true);

    private static string DescriptionOf(SqliteConnection connection) =>
        (string)Run(connection, "SELECT group_concat(type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, ''), ';') FROM (SELECT * FROM sqlite_schema ORDER BY type, name)")!;

    /// <summary>Whether the file is to blame, and not its disk, its folder or another program.</summary>
    private static bool IsUnreadable(SqliteException exception, string path) => exception.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_FORMAT => true,
        SQLitePCL.raw.SQLITE_READONLY => IsWritable(path),
        _ => false,
    };

    private static bool IsEmpty(string path) => new FileInfo(path).Length == 0;

    private static bool IsWritable(string path)
    {
        try
        {
            using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static object? Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
