namespace Reception.Hub.Journal;

/// <summary>How a repeat of a command is known: it gets the stored result of the first, and changes nothing.</summary>
internal abstract record RepeatKey;

/// <summary>A device's report. Its id belongs to the device that used it first.</summary>
internal sealed record ReportKey(string Device, Guid Report) : RepeatKey;

/// <summary>A request over HTTP with an Idempotency-Key.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Key">The path and the key.</param>
/// <param name="Digest">Of the body: another body under the same key is refused.</param>
internal sealed record RequestKey(string Caller, string Key, byte[] Digest) : RepeatKey;

/// <summary>A result as an edge sends it, and as it is stored for repeats.</summary>
/// <param name="Status">The edge's own code of the result; a response's HTTP status.</param>
/// <param name="Body">The bytes that are sent.</param>
internal sealed record EncodedResult(int Status, byte[] Body)
{
    /// <summary>Whether a repeat gets it again.</summary>
    public bool IsStored { get; init; } = true;

    /// <summary>When to try again, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Thrown where the hub can't commit: the command may be repeated.</summary>
internal sealed class NotCommittedException(Exception inner) : Exception("The journal could not be written.", inner);
