using System.Text.Json;
using Microsoft.Data.Sqlite;
using Reception.Protocol;

namespace Reception.Device.Reporting;

/// <summary>Makes reports, and says plainly when the disk takes nothing more.</summary>
internal static class ReportWriter
{
    /// <exception cref="ArgumentException">The message would be larger than 16 KiB.</exception>
    public static DatedReport Make<T>(Guid id, long sequence, Moment happened, string type, T data)
    {
        var report = new Report
        {
            Id = id,
            Sequence = sequence,
            At = happened.At,
            Type = type,
            Data = JsonSerializer.SerializeToElement(data, ProtocolJson.Options),
        };
        var length = ProtocolJson.Write(report with { AgeMs = long.MaxValue }).Length;
        return length <= MessageLimits.MaximumBytes
            ? new DatedReport(report, happened)
            : throw new ArgumentException($"A report is at most {MessageLimits.MaximumBytes} bytes; this {type} has {length}.", nameof(data));
    }

    /// <summary>Runs a write to the store.</summary>
    /// <exception cref="FactNotKeptException">The disk is full or broken.</exception>
    public static T OnDisk<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (SqliteException exception)
        {
            throw new FactNotKeptException($"The device's disk takes nothing more: {exception.Message}", exception);
        }
    }
}
