namespace Reception.Hub.Api;

/// <summary>Who wants to sign in, and where.</summary>
internal sealed record SessionRequest(string Officer, string Pin, int? Counter)
{
    private const int MostCounter = 999;
    private const int Longest = 64;

    internal string? Wrong { get; private init; }

    public static SessionRequest Of(JsonFields fields)
    {
        var officer = fields.Text("officer", text => text.Length is > 0 and <= Longest);
        var pin = fields.Text("pin", text => text.Length is > 0 and <= Longest);
        var counter = fields.OptionalNumber("counter", 1, MostCounter);
        return new SessionRequest(officer ?? "", pin ?? "", counter) { Wrong = fields.IsWrong ? fields.Wrong : null };
    }
}
