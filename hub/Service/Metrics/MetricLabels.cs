namespace Reception.Hub.Metrics;

/// <summary>The names of the metrics' labels.</summary>
internal static class MetricLabels
{
    /// <summary>A command's name, such as <c>TakeNumber</c>.</summary>
    public const string Command = "reception.command";

    /// <summary>One of <see cref="CommandOutcomes"/>.</summary>
    public const string CommandOutcome = "reception.command.outcome";

    /// <summary>The code of a refusal, such as <c>not-allowed-now</c>.</summary>
    public const string RefusalCode = "reception.refusal.code";

    /// <summary>A kind of device, such as <c>kiosk</c>.</summary>
    public const string DeviceKind = "reception.device.kind";

    /// <summary>What a device reported of a slip: <c>printed</c>, <c>failed</c> or <c>unknown</c>.</summary>
    public const string PrintOutcome = "reception.print.outcome";

    /// <summary>The code of a service.</summary>
    public const string Service = "reception.service";
}

/// <summary>What a command came to.</summary>
internal static class CommandOutcomes
{
    /// <summary>Committed.</summary>
    public const string Done = "done";

    /// <summary>Refused by a rule of the hall; see the refusals.</summary>
    public const string Refused = "refused";

    /// <summary>A repeat, which got the stored result of the first.</summary>
    public const string Repeated = "repeated";

    /// <summary>Not committed: a fault of the disk or of the program, which the log names.</summary>
    public const string Failed = "failed";
}
