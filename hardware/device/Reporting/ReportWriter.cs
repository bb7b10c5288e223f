using System.Text.Json;
using Microsoft.Data.Sqlite;
using Reception.Protocol;

namespace Reception.Device.Reporting;

/// <summary>Makes the bytes of a report, and says plainly when the disk takes nothing more.</summary>
internal static class ReportWriter
{
    public static byte[] Write<T>(Guid id, long sequence, DateTimeOffset at, string type, T data)
    {
        var report = ProtocolJson.Write(new Report
        {
            Id = id,
            Sequence = sequence,
            At = at,
            Type = type,
            Data = JsonSerializer.SerializeToElement(data, ProtocolJson.Options),
        });
        return report.Length <= MessageLimits.MaximumBytes
            ? report
            : throw new ArgumentException($"A report is at most {MessageLimits.MaximumBytes} bytes; this {type} has {report.Length}.", nameof(data));
    }

    /// <summary>Runs a write to the store.</summary>
    /// <exception cref="FactNotKeptException">The disk is full or broken.</exception>
    public static T OnDisk<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (SqliteException fault)
        {
            throw new FactNotKeptException($"The device's disk takes nothing more: {fault.Message}", fault);
        }
    }
}
