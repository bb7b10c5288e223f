using System.Text.Json.Serialization;
using Reception.Hub.Journal;

namespace Reception.Hub.Tools;

/// <summary>
/// What a command-line tool has the writer do. It goes as JSON over the local socket to a running hub, or straight to the database where none
/// runs; its value is a word for the tool, often empty.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "tool")]
[JsonDerivedType(typeof(AddDevice), "device.add")]
[JsonDerivedType(typeof(RevokeDevice), "device.revoke")]
[JsonDerivedType(typeof(SetPin), "officer.pin")]
[JsonDerivedType(typeof(SetUpHall), "setup")]
[JsonDerivedType(typeof(AcceptLoss), "accept-loss")]
[JsonDerivedType(typeof(StartRestored), "restore")]
internal abstract record ToolCommand : JournalCommand<string>
{
    /// <summary>A refusal in one line that names the option or argument, the value and what is allowed.</summary>
    protected static Hall.Refusal Refused(string line) => new("malformed", line, line);
}
