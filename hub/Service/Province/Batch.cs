namespace Reception.Hub.Province;

/// <summary>One event as it lies in a batch.</summary>
/// <param name="Sequence">Its row of the journal.</param>
/// <param name="At">The row's instant in UTC milliseconds.</param>
/// <param name="Json">The bytes that are sent, at every try the same.</param>
internal sealed record BatchEvent(long Sequence, string Kind, long At, byte[] Json);

/// <summary>The events of the journal's rows from first to last, and the key that they keep until they are answered.</summary>
internal sealed record Batch(long First, long Last, string Key, IReadOnlyList<BatchEvent> Events)
{
    public const int MostEvents = 100;
    public const int MostBytes = 256 * 1024;

    /// <summary>The brackets of the array; every event but the first costs a comma more.</summary>
    public const int EmptyBytes = 2;

    private byte[]? _body;

    /// <summary>The bytes that go over the wire.</summary>
    public byte[] Body => _body ??= Join();

    /// <summary>The same rows in two, each with a key of its own: the province has kept its refusal under the old one.</summary>
    public (Batch Front, Batch Back) Halve(Func<string> nextKey)
    {
        var half = Events.Count / 2;
        var middle = Events[half - 1].Sequence;
        return (
            new Batch(First, middle, nextKey(), [.. Events.Take(half)]),
            new Batch(middle + 1, Last, nextKey(), [.. Events.Skip(half)]));
    }

    private byte[] Join()
    {
        var body = new byte[EmptyBytes + Events.Sum(one => one.Json.Length) + Math.Max(0, Events.Count - 1)];
        body[0] = (byte)'[';
        var at = 1;
        foreach (var one in Events)
        {
            if (at > 1)
            {
                body[at++] = (byte)',';
            }

            one.Json.CopyTo(body, at);
            at += one.Json.Length;
        }

        body[at] = (byte)']';
        return body;
    }
}
