using System.Buffers.Binary;
using System.Text.Json;
using Dapper;
using DbUp;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;
using Reception.Hub.Record;

namespace Reception.Hub.Journal;

/// <summary>The hub's database, <c>hub.db</c>: one process and one connection write it, everyone else opens it read-only.</summary>
internal sealed class HubDatabase(string folder)
{
    private const string Name = "hub.db";
    private const string Scripts = "Schema.";

    private string File { get; } = Path.Combine(folder, Name);

    /// <summary>Whether a folder holds a hall.</summary>
    public static bool IsIn(string folder) => System.IO.File.Exists(Path.Combine(folder, Name));

    /// <summary>Moves the database of a folder that nobody has open into another folder, in the place of the one there.</summary>
    public static void Move(string from, string to)
    {
        // What the write-ahead log of the other holds must not meet this one.
        foreach (var other in Directory.EnumerateFiles(to, Name + "*"))
        {
            System.IO.File.Delete(other);
        }

        System.IO.File.Move(Path.Combine(from, Name), Path.Combine(to, Name));
    }

    /// <summary>Opens the one writing connection and brings the tables to the newest schema.</summary>
    public SqliteConnection OpenWriter()
    {
        DemandWhole();
        var connection = Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            connection.Execute("""
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA journal_size_limit = 67108864;
                PRAGMA foreign_keys = ON;
                PRAGMA cache_size = -16000;
                """);
            if (SQLitePCL.raw.sqlite3_db_readonly(connection.Handle!, "main") == 1)
            {
                // SQLite opens it without a word, and refuses the first write.
                throw new UnauthorizedAccessException($"{File} can only be read.");
            }

            Upgrade(connection);
            JournalIdentity.Make(connection);
            return connection;
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            connection.Dispose();
            throw Damaged(exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether an error says that the file is not as it was written: its pages, its length, or the JSON in its rows.</summary>
    public static bool IsDamage(Exception exception) => exception is JsonException
        or SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB }
        or SqliteException { SqliteExtendedErrorCode: SQLitePCL.raw.SQLITE_IOERR_SHORT_READ };

    /// <summary>A damaged file, in one line.</summary>
    public StartException Damaged(Exception exception) => Damaged(exception.Message);

    // SQLite shows the statement that makes no sense, as it stands in the file.
    private StartException Damaged(string reason) =>
        new($"data: {File} is damaged ({reason.ReplaceLineEndings(" ")}). Restore a backup with `hub restore`.");

    /// <summary>A hall that was here never begins anew as an empty one.</summary>
    private void DemandWhole()
    {
        var (isThere, wasThere) = (System.IO.File.Exists(File), HighWaterMark.IsIn(folder));
        if ((isThere && new FileInfo(File).Length == 0) || (!isThere && wasThere))
        {
            throw new StartException($"data: {File} is {(isThere ? "empty" : "missing")}, and a hall was here. Put the file back, or restore a backup with `hub restore`.");
        }

        if (isThere && MissingBytes() is > 0 and var missing)
        {
            throw Damaged($"its last {missing} bytes are missing");
        }
    }

    /// <summary>
    /// How much shorter the file is than its header says: SQLite reads what is missing of the last page as zeros, without a word. While
    /// there is a <c>-wal</c> file, the pages may be in that.
    /// </summary>
    private long MissingBytes()
    {
        var wal = new FileInfo(File + "-wal");
        using var file = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> header = stackalloc byte[100];
        if (wal is { Exists: true, Length: > 0 } || file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            return 0;
        }

        // Of the file format: the size of a page, where 1 stands for 65536, and the number of pages, which holds where both counters agree.
        var page = BinaryPrimitives.ReadUInt16BigEndian(header[16..]) is var size && size == 1 ? 65536 : size;
        var isKnown = header[24..28].SequenceEqual(header[92..96]);
        return isKnown ? (page * (long)BinaryPrimitives.ReadUInt32BigEndian(header[28..])) - file.Length : 0;
    }

    /// <summary>The file as SQLite attaches it.</summary>
    public string Uri(bool writes) => $"{new Uri(Path.GetFullPath(File)).AbsoluteUri}?mode={(writes ? "rw" : "ro")}";

    /// <summary>A connection that only reads; pooled, so it is cheap.</summary>
    public SqliteConnection OpenReader() => Open(SqliteOpenMode.ReadOnly);

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            // As a URI, so that other databases can be attached as URIs.
            DataSource = new Uri(Path.GetFullPath(File)).AbsoluteUri,
            Mode = mode,
            Pooling = mode == SqliteOpenMode.ReadOnly,
            DefaultTimeout = 5,
        }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>Runs the numbered scripts that the database lacks, each in a transaction. A script that was shipped is never changed.</summary>
    private void Upgrade(SqliteConnection connection)
    {
        var known = typeof(HubDatabase).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Scripts, StringComparison.Ordinal)).ToHashSet();
        var isNew = connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema WHERE name = 'SchemaVersions'") == 0;
        var done = isNew ? [] : connection.Query<string>("SELECT ScriptName FROM SchemaVersions").ToHashSet();
        if (done.Order(StringComparer.Ordinal).LastOrDefault(name => !known.Contains(name)) is { } newer)
        {
            throw new StartException(
                $"data: {File} has the schema {NumberOf(newer)} of a newer version; this one knows schemas up to {NumberOf(known.Max(StringComparer.Ordinal)!)}. Install the newer version.");
        }

        if (known.IsSubsetOf(done))
        {
            return;
        }

        var upgrade = DeployChanges.To.SqliteDatabase(connection.ConnectionString)
            .WithScriptsEmbeddedInAssembly(typeof(HubDatabase).Assembly, known.Contains)
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog())
            .Build()
            .PerformUpgrade();
        if (!upgrade.Successful)
        {
            throw new StartException($"data: {File} could not be brought to the newest schema: {upgrade.Error.Message} If the file is damaged, restore a backup with `hub restore`.");
        }

        // The scripts ran on a connection of their own: this one reads the schema again.
        connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_schema");
    }

    private static string NumberOf(string script) => script[Scripts.Length..].Split('-')[0];
}
