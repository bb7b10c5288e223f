using Reception.Device.Reporting;

namespace Reception.CounterAgent.Printer;

/// <summary>A slip that is on its way.</summary>
/// <param name="Fact">The id of the fact that tells what became of it: the same after a restart.</param>
internal sealed record OpenPrint(Guid Fact, Guid Ticket, bool Copy);

/// <summary>Keeps on disk, before a slip's bytes leave, what a kill in the next moment would leave unsaid: <c>prints.db</c>.</summary>
internal sealed class PrintBook(string folder) : IDisposable
{
    private readonly DeviceDatabase _disk = new(
        Path.Combine(folder, "prints.db"), "CREATE TABLE IF NOT EXISTS print (fact TEXT PRIMARY KEY, ticket TEXT NOT NULL, copy INTEGER NOT NULL) STRICT");

    public void Open(OpenPrint print) => _disk.Execute(
        "INSERT INTO print (fact, ticket, copy) VALUES ($fact, $ticket, $copy)",
        ("$fact", print.Fact.ToString()), ("$ticket", print.Ticket.ToString()), ("$copy", print.Copy ? 1 : 0));

    /// <summary>Once the outcome's fact is on disk.</summary>
    public void Close(OpenPrint print) => _disk.Execute("DELETE FROM print WHERE fact = $fact", ("$fact", print.Fact.ToString()));

    /// <summary>The slips that the last run left on their way.</summary>
    public IReadOnlyList<OpenPrint> Left() => _disk.Select(
        "SELECT fact, ticket, copy FROM print ORDER BY fact",
        row => new OpenPrint(Guid.Parse(row.GetString(0)), Guid.Parse(row.GetString(1)), row.GetBoolean(2)));

    public void Dispose() => _disk.Dispose();
}
