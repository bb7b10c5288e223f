using CsvHelper;

namespace Reception.Hub.Statistics;

/// <summary>
/// A table as a file for a spreadsheet: UTF-8 with a byte order mark, commas, decimal points, dates as 2026-11-23. A text that a
/// spreadsheet would run as a formula gets an apostrophe before it.
/// </summary>
internal sealed record CsvTable(IReadOnlyList<string> Head, IEnumerable<IReadOnlyList<object?>> Rows)
{
    private static readonly CsvWriterOptions Form = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, WriteByteOrderMark = true };

    /// <summary>The whole file.</summary>
    public byte[] Write() => Write(Rows.Prepend(Head), Form);

    /// <summary>The rows alone, to follow what was written before.</summary>
    public byte[] WriteRows() => Write(Rows, Form with { WriteByteOrderMark = false });

    private static byte[] Write(IEnumerable<IReadOnlyList<object?>> rows, CsvWriterOptions form)
    {
        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, form, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row)
                {
                    csv.WriteField(cell is DateTimeOffset instant ? Protocol.ProtocolJson.Text(instant) : cell);
                }

                csv.EndRecord();
            }
        }

        return bytes.ToArray();
    }
}
