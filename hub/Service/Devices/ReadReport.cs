using Reception.Hub.Journal;

namespace Reception.Hub.Devices;

/// <summary>A report that could be read: its command, and how the answer's data are made of the result.</summary>
internal abstract record ReadReport
{
    /// <summary>Executes the command, or finds the answer of the first; gives the answer's bytes.</summary>
    public abstract ValueTask<EncodedResult> ExecuteAsync(JournalWriter journal, string device, Guid report);

    public static ReadReport Of<T>(JournalCommand<T> command, Func<T, byte[]> data) => new Typed<T>(command, data);

    /// <summary>A report whose answer has empty data.</summary>
    public static ReadReport Of(JournalCommand<Done> command) => Of(command, _ => "{}"u8.ToArray());

    private sealed record Typed<T>(JournalCommand<T> Command, Func<T, byte[]> Data) : ReadReport
    {
        public override ValueTask<EncodedResult> ExecuteAsync(JournalWriter journal, string device, Guid report) =>
            journal.ExecuteAsync(Command, new ReportKey(device, report), result => new EncodedResult(0, result.Refusal is { } refusal
                ? AnswerBytes.Refused(SentId.Of(report), refusal)
                : AnswerBytes.Stored(report, Data(result.Value)))
            {
                // An id that another device has used is nothing of this device's.
                IsStored = result.Refusal != StoredResults.KeyReused,
            });
    }
}
