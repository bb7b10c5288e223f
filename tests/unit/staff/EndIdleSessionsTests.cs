using Reception.Hub.Journal;
using Reception.Hub.Security;
using Reception.Hub.Staff;
using Reception.Unit.Tests.Journal;
using Xunit;

namespace Reception.Unit.Tests.Staff;

public sealed class EndIdleSessionsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_without_activity_is_ended_and_written_down_by_itself()
    {
        using var hall = await StartedWriter.StartAsync();
        var log = new Told<AuditLines>();
        using var lines = new AuditLines(new HubDatabase(hall.Folder), hall.Board, log);
        await lines.StartAsync(Stop);
        var sessions = new Sessions(hall.Board, hall.Book, hall.Clock);
        await hall.Writer.ExecuteAsync(new SignIn("cb01", "hash", null, Sessions.Hash("token"), Guid.CreateVersion7(), sessions), Stop);
        Assert.Contains("event=sign-in ", await log.NextAsync(), StringComparison.Ordinal);
        using var ending = new EndIdleSessions(sessions, hall.Writer, hall.Clock);
        await ending.StartAsync(Stop);

        for (var passed = TimeSpan.Zero; passed < Sessions.LongestIdle; passed += Minute)
        {
            await hall.Clock.PassAsync(Minute, Minute);
        }

        Assert.Contains("event=session-idle person=cb01", await log.NextAsync(), StringComparison.Ordinal);
        Assert.Empty(sessions.Idle());
        await ending.StopAsync(Stop);
        await lines.StopAsync(Stop);
    }
}
