using System.Text;
using Microsoft.Data.Sqlite;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Tickets;
using Reception.Hub.Tools;
using Xunit;

namespace Reception.Unit.Tests.Journal;

public sealed class WriterTests : IDisposable
{
    private readonly WritingHall _hall = new();

    public void Dispose() => _hall.Dispose();

    [Fact]
    public void A_repeat_gets_the_same_bytes_and_does_nothing_also_after_a_restart()
    {
        var key = new ReportKey("kiosk-1", Guid.CreateVersion7());
        var first = _hall.Submit(_hall.Request(), key);
        var version = _hall.Version;

        Assert.Equal(first.Body, _hall.Submit(_hall.Request(), key).Body);
        _hall.Restart();
        Assert.Equal(first.Body, _hall.Submit(_hall.Request(), key).Body);
        Assert.Equal(version, _hall.Version);
        Assert.Single(_hall.State.Tickets);
    }

    [Fact]
    public async Task A_repeat_within_the_same_commit_gets_the_same()
    {
        var key = new ReportKey("kiosk-1", Guid.CreateVersion7());
        var (one, other) = (_hall.Stored(_hall.Request(), key), _hall.Stored(_hall.Request(), key));
        _hall.Commit(one, other);

        Assert.Equal((await one.Done).Body, (await other.Done).Body);
        Assert.Single(_hall.State.Tickets);
    }

    [Fact]
    public void An_id_that_another_device_has_used_is_refused_and_changes_nothing()
    {
        var id = Guid.CreateVersion7();
        var first = _hall.Submit(_hall.Request(), new ReportKey("kiosk-1", id));

        Assert.Equal(422, _hall.Submit(_hall.Request(), new ReportKey("kiosk-2", id)).Status);
        Assert.Equal(first.Body, _hall.Submit(_hall.Request(), new ReportKey("kiosk-1", id)).Body);
        Assert.Single(_hall.State.Tickets);
    }

    [Fact]
    public void A_refusal_is_remembered_even_when_it_would_be_granted_by_now()
    {
        _hall.SignIn(1, WritingHall.Anh);
        var key = new ReportKey("desk-1", Guid.CreateVersion7());
        var first = _hall.Submit(new AtCounter(new FinishService(1, WritingHall.Anh)), key);
        Assert.Equal(409, first.Status);
        _hall.Serve();

        Assert.Equal(first.Body, _hall.Submit(new AtCounter(new FinishService(1, WritingHall.Anh)), key).Body);
    }

    [Fact]
    public void A_key_with_another_body_is_refused_and_the_first_answer_stays()
    {
        _hall.SignIn(1, WritingHall.Anh);
        var first = _hall.Submit(new AtCounter(new CallNext(1, WritingHall.Anh)), new RequestKey("person:cb01", "k", [1]));
        _hall.Take();

        Assert.Equal(204, first.Status);
        Assert.Equal(422, _hall.Submit(new AtCounter(new CallNext(1, WritingHall.Anh)), new RequestKey("person:cb01", "k", [2])).Status);
        Assert.Equal(204, _hall.Submit(new AtCounter(new CallNext(1, WritingHall.Anh)), new RequestKey("person:cb01", "k", [1])).Status);
        Assert.Null(_hall.State.Counters[1].InHand);
    }

    [Fact]
    public void A_request_that_comes_again_after_its_answer_was_forgotten_gives_no_further_number()
    {
        var (report, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        TakeNumber Again(string device, Guid id) => _hall.Request() is var request ? request with { Report = id, Issue = request.Issue with { Issuer = device } } : null!;
        _hall.Must(Again("kiosk-1", report), new ReportKey("kiosk-1", report));
        _hall.Pass(TimeSpan.FromDays(41).TotalSeconds);
        _hall.Commit();
        _hall.Restart();
        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM report_result"));

        Assert.Equal("not-allowed-now", _hall.Try(Again("kiosk-1", report)));
        Assert.Equal("key-reused", _hall.Try(Again("kiosk-2", report)));
        Assert.Equal(1, _hall.Query<long>("SELECT count(*) FROM ticket"));
        Assert.Equal("ok", _hall.Try(Again("kiosk-1", other)));
    }

    [Fact]
    public void A_withdrawn_request_is_cancelled_or_refused_should_it_still_come()
    {
        var (came, late) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var ticket = _hall.Must(_hall.Request() with { Report = came }).GetProperty("id").GetGuid();

        _hall.Must(new WithdrawRequest("kiosk-2", came));
        Assert.Equal(TicketState.Waiting, _hall.State.Tickets[ticket].State);
        _hall.Must(new WithdrawRequest("kiosk-1", came));
        _hall.Must(new WithdrawRequest("kiosk-1", late));
        Assert.Equal(TicketState.Cancelled, _hall.State.Tickets[ticket].State);
        Assert.Equal("not-allowed-now", _hall.Try(_hall.Request() with { Report = late }));
        Assert.Equal("ok", _hall.Try(_hall.Request() with { Report = Guid.CreateVersion7() }));
    }

    [Fact]
    public void What_leaves_the_process_leaves_it_after_the_commit_and_once()
    {
        var sent = new List<string>();
        var (effect, broken) = (new Submission<Done>(new Effect(sent)), new Submission<Done>(new Effect(sent, IsBroken: true)));

        Assert.Throws<InvalidOperationException>(() => _hall.Commit(effect, broken));
        Assert.Empty(sent);
        _hall.Commit(effect);
        Assert.Equal(["sent"], sent);
    }

    [Fact]
    public void A_failed_print_is_told_by_the_issuer_alone_and_a_copy_by_any_printer()
    {
        var ticket = _hall.Take();
        Assert.Equal("not-allowed", _hall.Try(new ReportPaper("kiosk-2", ticket, PrintState.Printed, Copy: false)));
        Assert.Equal("unknown-ticket", _hall.Try(new ReportPaper("kiosk-1", Guid.CreateVersion7(), PrintState.Printed, Copy: false)));

        _hall.Must(new ReportPaper("kiosk-1", ticket, PrintState.Failed, Copy: false));
        Assert.Equal(PrintState.Failed, _hall.State.Tickets[ticket].Printed);
        _hall.Must(new ReportPaper("desk-1", ticket, PrintState.Printed, Copy: true));
        Assert.Equal(PrintState.Printed, _hall.State.Tickets[ticket].Printed);
    }

    [Fact]
    public void Each_errand_of_a_visit_keeps_its_own_outcome_and_an_undone_finish_has_none()
    {
        _hall.SignIn(1, WritingHall.Anh);
        var request = _hall.Request();
        var ticket = _hall.Must(request with { Issue = request.Issue with { Services = ["CT"] } }).GetProperty("id").GetGuid();
        string Stays() => _hall.Row($"SELECT service, ending, outcome FROM stay WHERE ticket = x'{Convert.ToHexString(ticket.ToByteArray(bigEndian: true))}' ORDER BY id");
        _hall.Must(new CallNext(1, WritingHall.Anh));
        _hall.Must(new FinishService(1, WritingHall.Anh, Outcome.Supplement));
        Assert.Equal("HT errand supplement", Stays());

        _hall.Must(new UndoEnding(1, WritingHall.Anh));
        Assert.Equal("HT", Stays().Trim());
        _hall.Must(new FinishService(1, WritingHall.Anh, Outcome.Refused));
        _hall.Restart();
        _hall.Must(new CallNext(1, WritingHall.Anh));
        _hall.Must(new FinishService(1, WritingHall.Anh, Outcome.Received));
        Assert.Equal("HT errand refused / CT served received", Stays());
    }

    [Fact]
    public void A_new_day_begins_by_itself_and_numbers_begin_at_one()
    {
        _hall.SignIn(1, WritingHall.Anh);
        var serving = _hall.Serve();
        _hall.Take();
        _hall.Clock.Advance(TimeSpan.FromHours(17));
        _hall.Commit();

        Assert.Equal(new DateOnly(2026, 11, 24), _hall.State.Day);
        Assert.Equal("A001", _hall.Must(_hall.Request()).GetProperty("number").GetString());
        Assert.Equal("served 1", _hall.Row($"SELECT ending, automatic FROM stay WHERE ticket = x'{Convert.ToHexString(serving.ToByteArray(bigEndian: true))}'"));
        Assert.Equal("0", _hall.Row("SELECT served FROM officer_day WHERE officer = 'cb01'"));
        Assert.Equal(1, _hall.Query<long>("SELECT count(*) FROM ticket WHERE state = 'expired'"));
        _hall.Restart();
        Assert.Single(_hall.State.Tickets);
    }

    [Fact]
    public void A_clock_that_runs_back_moves_no_time_and_no_day()
    {
        _hall.Take();
        _hall.Clock.SetWallClock(_hall.Now.AddDays(-2));
        _hall.Take();

        Assert.Equal(new DateOnly(2026, 11, 23), _hall.State.Day);
        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM journal one JOIN journal next ON next.sequence = one.sequence + 1 WHERE next.at < one.at"));
    }

    [Fact]
    public void A_set_up_that_would_strand_a_waiting_number_is_refused_until_the_number_is_finished()
    {
        _hall.SignIn(1, WritingHall.Anh);
        var ticket = _hall.Take("CT");
        Assert.StartsWith("--hall: services.CT: ", _hall.TryChange(("CT", "CU")), StringComparison.Ordinal);
        Assert.Equal("unknown-service", _hall.Try(_hall.Request("CU")));
        _hall.Restart();
        Assert.Equal("unknown-service", _hall.Try(_hall.Request("CU")));

        _hall.Must(new CancelTicket(ticket, WritingHall.Anh, null));
        Assert.StartsWith("--hall: services.CU: numbers with B were given out", _hall.TryChange(("CT", "CU")), StringComparison.Ordinal);
        Assert.Null(_hall.TryChange(("CT", "CU"), ("\"prefix\":\"B\"", "\"prefix\":\"C\"")));
        Assert.Equal("C001", _hall.Must(_hall.Request("CU")).GetProperty("number").GetString());
    }

    [Fact]
    public void A_changed_set_up_and_its_audit_entry_are_all_or_nothing()
    {
        var before = _hall.Book.Current.File.Site.Name;
        var changed = new Submission<string>(WritingHall.SetUp(WritingHall.PlanOf("Trung tâm khác")));
        Assert.Throws<InvalidOperationException>(() => _hall.Commit(changed, new Submission<Done>(new Effect([], IsBroken: true))));

        Assert.Equal(before, _hall.Book.Current.File.Site.Name);
        _hall.Restart();
        Assert.Equal(before, _hall.Book.Current.File.Site.Name);
        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM audit"));
        Assert.Equal("ok", _hall.Try(WritingHall.SetUp(WritingHall.PlanOf("Trung tâm khác"))));
        Assert.Equal("Trung tâm khác", _hall.Book.Current.File.Site.Name);
        Assert.Equal("site.name Trung tâm thử nghiệm Trung tâm khác", _hall.Row("SELECT part, old, new FROM audit"));
    }

    [Fact]
    public void The_chain_covers_every_row_and_shows_a_changed_one()
    {
        _hall.SignIn(1, WritingHall.Anh);
        for (var i = 0; i < 5; i++)
        {
            _hall.Serve();
            _hall.Press(5);
            _hall.Finish();
        }

        _hall.Restart();
        _hall.Take();
        Assert.Null(ChainProof.FirstBroken(_hall.Connection));

        Execute("UPDATE journal SET body = replace(body, '\"level\":5', '\"level\":1') WHERE sequence = (SELECT min(sequence) FROM journal WHERE kind = 'rating.recorded')");
        Assert.Equal(_hall.Query<long>("SELECT min(sequence) FROM journal WHERE kind = 'rating.recorded'"), ChainProof.FirstBroken(_hall.Connection));
    }

    [Fact]
    public void A_command_that_fails_leaves_nothing_behind_and_the_next_goes_on()
    {
        var before = _hall.Version;
        Assert.Throws<InvalidOperationException>(() => _hall.Execute(new Broken(_hall.Request())));
        _hall.Restart();

        Assert.Equal(before, _hall.Version);
        Assert.Equal("A001", _hall.Must(_hall.Request()).GetProperty("number").GetString());
        Assert.Null(ChainProof.FirstBroken(_hall.Connection));
    }

    [Fact]
    public void Words_given_as_a_reason_are_in_no_event()
    {
        var ticket = _hall.Take();
        _hall.Must(new Cancel(new CancelTicket(ticket, WritingHall.Anh, null), "Ông Nguyễn Văn A về trước"));

        Assert.Equal("Ông Nguyễn Văn A về trước", _hall.Query<string>("SELECT text FROM remark"));
        Assert.Equal(0, _hall.Query<long>("SELECT count(*) FROM journal WHERE body LIKE '%Nguy%'"));
    }

    [Fact]
    public void Every_end_of_a_ticket_is_in_the_journal_with_who_did_it_and_why()
    {
        _hall.SignIn(1, WritingHall.Anh);
        var report = Guid.CreateVersion7();
        _hall.Must(_hall.Request() with { Report = report });
        _hall.Must(new WithdrawRequest("kiosk-1", report));
        _hall.Must(new CancelTicket(_hall.Take(), null, CancelTicket.ByPhone));
        _hall.Must(new Cancel(new CancelTicket(_hall.Take(), "ld01", null), "về trước"));
        _hall.Must(new CallTicket(1, WritingHall.Anh, _hall.Take()));
        _hall.Must(new RecordNoShow(1, WritingHall.Anh));
        _hall.Serve();
        _hall.Finish();
        _hall.Take();
        _hall.Clock.Advance(TimeSpan.FromHours(17));
        _hall.Commit();

        Assert.Equal(
            "ticket.cancelled - withdrawn - / ticket.cancelled - phone - / ticket.cancelled ld01 - - / ticket.no-show cb01 - - / ticket.served cb01 - - / ticket.expired - - 1",
            _hall.Row("""
                SELECT kind, coalesce(body ->> 'officer', '-'), coalesce(body ->> 'reason', '-'), coalesce(body ->> 'automatic', '-')
                FROM journal WHERE kind IN ('ticket.cancelled', 'ticket.no-show', 'ticket.served', 'ticket.expired') AND at > 0 ORDER BY sequence
                """));
        Assert.Equal("về trước", _hall.Query<string>("SELECT text FROM remark JOIN journal USING (sequence) WHERE kind = 'ticket.cancelled'"));
    }

    [Fact]
    public void A_device_takes_so_many_numbers_a_minute_and_others_are_not_touched()
    {
        using var hall = new WritingHall(ticketsPerDeviceAndMinute: 3);
        for (var taken = 0; taken < 3; taken++)
        {
            hall.Take();
        }

        Assert.Equal("too-many", hall.Try(hall.Request()));
        Assert.Equal("ok", hall.Try(hall.Request() with { Issue = new IssueTicket(Guid.CreateVersion7(), "HT", Lane.Normal) { Issuer = "kiosk-2" } }));
        hall.Pass(60);
        Assert.Equal("ok", hall.Try(hall.Request()));
    }

    private void Execute(string sql)
    {
        using var command = _hall.Connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }

    /// <summary>Executes, and fails afterwards.</summary>
    private sealed record Broken(JournalCommand<TicketResult> Inner) : JournalCommand<TicketResult>
    {
        public override Result<TicketResult> Execute(HallTransaction transaction)
        {
            Inner.Execute(transaction);
            throw new InvalidOperationException("broken");
        }
    }

    private sealed record Effect(List<string> Sent, bool IsBroken = false) : JournalCommand<Done>
    {
        public override Result<Done> Execute(HallTransaction transaction)
        {
            transaction.AfterCommit(() => Sent.Add("sent"));
            return IsBroken ? throw new InvalidOperationException("broken") : default(Done);
        }
    }
}

/// <summary>Computes the chain of a journal again.</summary>
internal static class ChainProof
{
    /// <summary>The sequence of the first row whose hash is not what the rows before and it give, or null.</summary>
    public static long? FirstBroken(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sequence, at, day, kind, body, chain FROM journal ORDER BY sequence";
        using var reader = command.ExecuteReader();
        var before = new byte[Chain.Length];
        var expected = 1L;
        while (reader.Read())
        {
            var sequence = reader.GetInt64(0);
            var chain = Chain.Next(before, sequence, reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4));
            before = (byte[])reader.GetValue(5);
            if (sequence != expected++ || !chain.AsSpan().SequenceEqual(before))
            {
                return sequence;
            }
        }

        return null;
    }
}
