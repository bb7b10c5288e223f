namespace Reception.Hub.Province;

/// <summary>How the line to the province does, for the health page and the dashboard.</summary>
/// <param name="Cursor">The newest journal sequence that is acknowledged, parked or not meant for the province.</param>
/// <param name="Backlog">Rows of the journal after the cursor.</param>
/// <param name="Alarm">What an administrator has to put right; null while there is nothing.</param>
/// <param name="Trouble">Why the last attempt failed; null after a success.</param>
internal sealed record ProvinceStatus(
    bool On,
    long Cursor,
    long Backlog,
    DateTimeOffset? LastSuccess,
    ProvinceAlarm? Alarm,
    int Parked,
    string? Trouble,
    DateTimeOffset? NextAttempt);

/// <summary>What an administrator has to put right.</summary>
/// <param name="Code">One of the codes here, for the words of the screens.</param>
/// <param name="Words">What happened.</param>
/// <param name="Since">When the first alarm since the last success was raised.</param>
internal sealed record ProvinceAlarm(string Code, string Words, DateTimeOffset Since)
{
    /// <summary>The address, or what belongs to it, is wrong.</summary>
    public const string Address = "address";

    /// <summary>A web page answers in the province's place.</summary>
    public const string WebPage = "web-page";

    /// <summary>The province refuses event after event.</summary>
    public const string Refusals = "refusals";
}

/// <summary>An event that the province refused.</summary>
/// <param name="Status">The HTTP status of the refusal.</param>
/// <param name="Answer">The beginning of what the province said.</param>
/// <param name="Again">Whether it waits to be sent again.</param>
internal sealed record ParkedEvent(long Sequence, string Kind, DateTimeOffset ParkedAt, int Status, string Answer, bool Again);
