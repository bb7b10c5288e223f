using Reception.Hub.Journal;
using Reception.Hub.Security;
using Reception.Unit.Tests.Journal;
using Xunit;

namespace Reception.Unit.Tests.Security;

/// <summary>From a note to the line that journald collects.</summary>
public sealed class SecurityNotesTests : IAsyncLifetime
{
    private readonly Told<AuditLines> _log = new();
    private StartedWriter _hall = null!;
    private SecurityNotes _notes = null!;
    private AuditLines _lines = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _hall = await StartedWriter.StartAsync();
        _notes = new SecurityNotes(_hall.Writer, _hall.Clock);
        _lines = new AuditLines(new HubDatabase(_hall.Folder), _hall.Board, _log);
        await _notes.StartAsync(Stop);
        await _lines.StartAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _lines.StopAsync(Stop);
        _notes.Dispose();
        _lines.Dispose();
        _hall.Dispose();
    }

    [Fact]
    public async Task Each_entry_is_one_line_and_repeats_are_one_more_when_the_hub_stops()
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            _notes.Add(SecurityKind.SignInFailed, "cb01", new SecurityDetail { From = "10.0.0.7" });
        }

        Assert.EndsWith(" event=sign-in-failed person=cb01 from=10.0.0.7", await _log.NextAsync(), StringComparison.Ordinal);
        _notes.Add(SecurityKind.Refused, "cb01", new SecurityDetail { What = "GET /admin/hours" });
        Assert.EndsWith(" event=refused person=cb01 from=- what=\"GET /admin/hours\"", await _log.NextAsync(), StringComparison.Ordinal);
        Assert.False(_log.HasMore);

        await _notes.StopAsync(Stop);

        Assert.EndsWith(" event=sign-in-failed person=cb01 from=10.0.0.7 further=4", await _log.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_the_configuration_is_a_line_without_its_values()
    {
        await _hall.Writer.ExecuteAsync(new Hub.Staff.ResetPin("cb01", "hash", "qt01"), Stop);

        Assert.EndsWith(" event=configuration-changed part=officers.cb01.pin person=qt01", await _log.NextAsync(), StringComparison.Ordinal);
    }
}
