using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Reception.Device.Storage;

/// <summary>
/// Everything that a device's program keeps: <c>device.db</c> in its data folder. One connection, one use at a time, and every
/// transaction on the disk when it returns. A damaged file is set aside and replaced by a new one.
/// </summary>
public sealed class DeviceDatabase : IDisposable
{
    private const string FileName = "device.db";

    private readonly SqliteConnection _connection;
    private readonly Lock _one = new();
    private readonly TaskCompletionSource _damage = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isInTransaction;

    private DeviceDatabase(SqliteConnection connection, string? replaced) => (_connection, Replaced) = (connection, replaced);

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="folder">The program's data folder.</param>
    /// <param name="timeProvider">The clock, for the name of a file that is set aside.</param>
    /// <param name="logger">Where a damaged file is told of.</param>
    /// <exception cref="SqliteException">It can't be opened: the disk is full or broken.</exception>
    /// <exception cref="NewerSchemaException">A later version of the program has written it.</exception>
    /// <exception cref="IOException">A damaged file can't be set aside.</exception>
    public static DeviceDatabase Open(string folder, TimeProvider timeProvider, ILogger<DeviceDatabase> logger)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        var path = Path.Combine(folder, FileName);
        try
        {
            return new DeviceDatabase(DatabaseFile.Open(path), replaced: null);
        }
        catch (DamagedDatabaseException damage)
        {
            var now = timeProvider.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
            var aside = $"{path}.damaged-{now}";
            DatabaseFile.SetAside(path, aside);
            logger.LogError(
                DeviceEvents.DatabaseDamaged,
                "{Path} is damaged ({Damage}); it was renamed to {Aside} and a new one is used. Reports that the hub had not answered are lost",
                path,
                damage.Message,
                aside);
            return new DeviceDatabase(DatabaseFile.Open(path), Path.GetFileName(aside));
        }
    }

    /// <summary>The new name of the damaged file that this database replaces; null where none was damaged.</summary>
    public string? Replaced { get; }

    /// <summary>Fails once the file turns out to be damaged: the program ends then, and sets it aside at its next start.</summary>
    public Task Damage => _damage.Task;

    /// <summary>Does the work in one transaction, all of it or nothing. Work within other work is a part of its transaction.</summary>
    /// <exception cref="SqliteException">The disk is full or broken.</exception>
    public T Transact<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Alone(() =>
        {
            if (_isInTransaction)
            {
                return work();
            }

            using var transaction = _connection.BeginTransaction();
            _isInTransaction = true;
            try
            {
                var result = work();
                transaction.Commit();
                return result;
            }
            finally
            {
                _isInTransaction = false;
            }
        });
    }

    /// <inheritdoc cref="Transact{T}"/>
    public void Transact(Action work) => Transact(() =>
    {
        work();
        return true;
    });

    /// <summary>
    /// Does the work in one transaction that a power cut may undo until the next one is on the disk. It does not wait for the disk.
    /// </summary>
    /// <exception cref="SqliteException">The disk is full or broken.</exception>
    public T TransactWithoutSync<T>(Func<T> work) => Alone(() =>
    {
        Execute("PRAGMA synchronous = NORMAL");
        try
        {
            return Transact(work);
        }
        finally
        {
            Execute("PRAGMA synchronous = FULL");
        }
    });

    /// <summary>Empties the write-ahead log, where what was deleted can still be read; in the tables zeros are in its place.</summary>
    /// <exception cref="SqliteException">The disk is full or broken.</exception>
    public void Erase() => Execute("PRAGMA wal_checkpoint(TRUNCATE)");

    /// <summary>Runs a statement; gives the number of rows that it changed.</summary>
    public int Execute(string sql, params (string Name, object Value)[] values) => Alone(() =>
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    });

    /// <summary>The first row of a query as <paramref name="read"/> takes it, or null where there is none.</summary>
    public T? Find<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Alone(() =>
        {
            using var command = Command(sql, values);
            using var reader = command.ExecuteReader();
            return reader.Read() ? read(reader) : default;
        });
    }

    /// <summary>Every row of a query.</summary>
    public IReadOnlyList<T> Select<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(read);
        return Alone(() =>
        {
            using var command = Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private T Alone<T>(Func<T> work)
    {
        lock (_one)
        {
            try
            {
                return work();
            }
            catch (SqliteException exception)
                when (exception.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
            {
                _damage.TrySetException(exception);
                throw;
            }
        }
    }

    private SqliteCommand Command(string sql, (string Name, object Value)[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
