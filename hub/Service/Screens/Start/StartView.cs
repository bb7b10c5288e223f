namespace Reception.Hub.Screens.Start;

/// <summary>What the start page of a demonstration hall leads to.</summary>
/// <param name="Hub">The hub's own address, as <c>127.0.0.1:8080</c>.</param>
/// <param name="Pin">The PIN of every demonstration account.</param>
public sealed record StartView(string Hall, string Hub, string? Kiosk, string? Rater, string? Receiver, string Pin, IReadOnlyList<StartView.Account> Accounts)
{
    public sealed record Account(string Code, string Name, string Place);

    /// <summary>An address as a person reads it.</summary>
    public static string Readable(string address) => address.Replace("http://", "", StringComparison.Ordinal).TrimEnd('/');
}
