using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Reception.Device.Storage;

/// <summary>The numbered scripts that make the tables; <c>PRAGMA user_version</c> is the number of the last one that was applied.</summary>
internal static class DatabaseSchema
{
    private const string Folder = "Schema.";

    // A number far beyond is not a schema of a later version: the disk has changed it.
    private const long Plausible = 1000;

    private static readonly Assembly Own = typeof(DatabaseSchema).Assembly;

    private static readonly string[] Scripts =
    [
        .. Own.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The number of the newest schema that this program knows.</summary>
    public static long Newest => Scripts.Length;

    /// <summary>Applies the scripts that the database lacks.</summary>
    /// <exception cref="NewerSchemaException">A later version of the program has written it.</exception>
    /// <exception cref="DamagedDatabaseException">Its schema number is not one of a database.</exception>
    public static void Upgrade(SqliteConnection connection, string path)
    {
        var number = NumberOf(connection);
        if (number < 0 || number > Newest + Plausible)
        {
            throw new DamagedDatabaseException($"its schema number is {number}");
        }

        if (number > Newest)
        {
            throw new NewerSchemaException(path, number);
        }

        for (; number < Newest; number++)
        {
            using var transaction = connection.BeginTransaction();
            using var script = connection.CreateCommand();
            script.CommandText = Read(Scripts[number]) + string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {number + 1}");
            script.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    private static long NumberOf(SqliteConnection connection)
    {
        using var query = connection.CreateCommand();
        query.CommandText = "PRAGMA user_version";
        return (long)query.ExecuteScalar()!;
    }

    private static string Read(string script)
    {
        using var reader = new StreamReader(Own.GetManifestResourceStream(script)!);
        return reader.ReadToEnd();
    }
}

/// <summary>A database was written by a later version of the program; its message is one line for the technician.</summary>
public sealed class NewerSchemaException(string path, long number) : IOException(
    $"{path}: its schema number is {number}, the newest known one is {DatabaseSchema.Newest}; "
    + "start the version that wrote it, or a newer one");
