using System.Text.Json;
using Reception.Protocol;

namespace Reception.Device.Reporting;

/// <summary>What became of a request.</summary>
/// <param name="Report">The request's id; a <c>ticket.withdraw</c> names it.</param>
public abstract record RequestResult(Guid Report)
{
    /// <summary>The hub did it, and this is the answer's data.</summary>
    public sealed record Answered(Guid Report, JsonElement Data) : RequestResult(Report);

    /// <summary>The hub refused it for good.</summary>
    public sealed record Refused(Guid Report, AnswerError Error) : RequestResult(Report);

    /// <summary>No answer within 10 s; one that comes later is ignored.</summary>
    public sealed record GaveUp(Guid Report) : RequestResult(Report);
}
