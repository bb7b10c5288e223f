namespace Reception.Hub.Record;

/// <summary>Something in the record that is not as it was written.</summary>
/// <param name="Text">One line: what, where, and what it should be.</param>
internal sealed record Finding(string Text);
