using Reception.Protocol;

namespace Reception.Device.Reporting;

/// <summary>A report as it is kept: without its age, which each sending tells anew.</summary>
/// <param name="Report">The report.</param>
/// <param name="Happened">When it happened.</param>
public sealed record DatedReport(Report Report, Moment Happened)
{
    /// <summary>The message, as it is sent now.</summary>
    public byte[] Message(DeviceClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return ProtocolJson.Write(Report with { AgeMs = clock.AgeMs(Happened) });
    }
}
