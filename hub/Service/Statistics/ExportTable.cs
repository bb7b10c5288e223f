using System.Globalization;
using System.Text;
using CsvHelper;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Reception.Hub.Statistics;

/// <summary>A table as a file for a spreadsheet: as text, as the language of its reader separates and points, or as a workbook.</summary>
internal sealed record ExportTable(IReadOnlyList<string> Head, IEnumerable<IReadOnlyList<object?>> Rows)
{
    /// <summary>A worksheet has 1,048,576 rows.</summary>
    public const int MaximumRows = 1_000_000;

    private const int RowsAtOnce = 250;

    private static readonly NumberFormatInfo DecimalComma = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary>
    /// UTF-8 with a byte order mark, lines end with CR LF; a text that a spreadsheet would run as a formula gets an apostrophe before it.
    /// English is RFC 4180 with decimal points. In Vietnamese a comma is the decimal sign, so semicolons separate, and the first line
    /// says so.
    /// </summary>
    /// <remarks>Written while the rows are read, so many at once: its reader need not wait for the last one, nor does a long table have to fit into memory.</remarks>
    public async Task WriteCsvAsync(Stream stream, string language, CancellationToken cancellation)
    {
        var vietnamese = language == "vi";
        using var part = new MemoryStream();
        part.Write(Encoding.UTF8.Preamble);
        part.Write(vietnamese ? "sep=;\r\n"u8 : []);
        using var csv = CsvWriter.Create(part, CsvWriterOptions.Default with
        {
            Injection = CsvInjection.Escape,
            WriteByteOrderMark = false,
            Separator = vietnamese ? ';' : ',',
            FormatProvider = vietnamese ? DecimalComma : CultureInfo.InvariantCulture,
        }, leaveOpen: true);
        var rows = 0;
        foreach (var row in Rows.Prepend(Head))
        {
            foreach (var cell in row)
            {
                csv.WriteField(cell switch
                {
                    DateOnly day => Days.Text(day),
                    DateTimeOffset instant => vietnamese
                        ? instant.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
                        : Protocol.ProtocolJson.Text(instant),
                    _ => cell,
                });
            }

            csv.EndRecord();
            if (++rows % RowsAtOnce == 0)
            {
                await SendAsync();
            }
        }

        await SendAsync();

        async Task SendAsync()
        {
            csv.Flush();
            await stream.WriteAsync(part.GetBuffer().AsMemory(0, (int)part.Length), cancellation);
            part.SetLength(0);
        }
    }

    /// <summary>A workbook of one sheet: numbers are numbers and days are days, whatever the language; a text is never a formula.</summary>
    public void WriteXlsx(Stream stream) => MiniExcel.SaveAs(
        stream,
        Rows.Select(row => Head.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second switch
        {
            DateOnly day => day.ToDateTime(TimeOnly.MinValue),
            DateTimeOffset instant => instant.DateTime,
            _ => cell.Second,
        })),
        configuration: new OpenXmlConfiguration { AutoFilter = false, TableStyles = TableStyles.Default });
}
