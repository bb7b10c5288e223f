using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Tools;

/// <summary>How a command-line tool reaches a hall: through its running hub, else straight through its data folder.</summary>
internal static class HallTools
{
    /// <summary>Executes a command durably; a refusal is thrown as one line.</summary>
    public static async Task<string> ExecuteAsync(string folder, ToolCommand command)
    {
        using var own = FolderLock.TryTake(folder);
        var result = own is null ? await SendAsync(folder, command) : Execute(folder, command);
        return result.Refusal is { } refusal ? throw new StartException(refusal.English) : result.Value;
    }

    private static Result<string> Execute(string folder, ToolCommand command)
    {
        using var connection = new HubDatabase(folder).OpenWriter();
        using var session = new WritingSession(connection, new HallClock(TimeProvider.System), SiteRules.OfFile, JournalKey.Of(folder), turnsDays: false);
        var submission = new Submission<string>(command);
        session.Commit([submission]);
        submission.Complete();
        return submission.Done.Result;
    }

    private static async Task<Result<string>> SendAsync(string folder, ToolCommand command)
    {
        using var http = LocalSocket.Connect(folder);
        try
        {
            using var response = await http.PostAsJsonAsync(LocalSocket.Path, command, ProtocolJson.Options);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new StartException($"data: the hub that runs in {folder} answered {(int)response.StatusCode}; it may be of another version.");
            }

            var outcome = await response.Content.ReadFromJsonAsync<ToolOutcome>(ProtocolJson.Options);
            return outcome?.Refused is { } line ? new Refusal("malformed", line, line) : outcome?.Value ?? "";
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or TimeoutException)
        {
            throw new StartException($"data: another program has {folder} open, and is no hub that answers; stop it, and try again. ({exception.Message})");
        }
    }
}

/// <summary>What a running hub answers a tool.</summary>
/// <param name="Value">The command's value.</param>
/// <param name="Refused">Why it was refused, in a line; or null.</param>
internal sealed record ToolOutcome(string? Value, string? Refused);
