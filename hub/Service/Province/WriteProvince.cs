using Microsoft.Data.Sqlite;
using Reception.Hub.Journal;

namespace Reception.Hub.Province;

/// <summary>The forwarder keeps where it is.</summary>
internal sealed record WriteProvince(Action<SqliteConnection, SqliteTransaction> Write) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        Write(transaction.Connection, transaction.Transaction);
        return default(Done);
    }
}
