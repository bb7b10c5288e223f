using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>A command of the officer at a counter, with the reason in the officer's words, where there is one to tell.</summary>
internal sealed record AtCounter(OfficerCommand Command, string? Remark = null) : JournalCommand<CounterResult>
{
    internal override string CommandName => Command.GetType().Name;

    public override Result<CounterResult> Execute(HallTransaction transaction)
    {
        var before = transaction.Sequence;
        if (transaction.Execute(Command) is { } refusal)
        {
            return refusal;
        }

        var isNoOneWaiting = transaction.Sequence == before;
        if (!isNoOneWaiting)
        {
            Remarks.Keep(transaction, Remark);
        }

        return new CounterResult(transaction.Hall, Command.Counter, isNoOneWaiting);
    }
}

/// <summary>A ticket is cancelled, with the reason in the person's words, where there is one to tell.</summary>
internal sealed record Cancel(CancelTicket Command, string? Remark = null) : JournalCommand<TicketResult>
{
    public override Result<TicketResult> Execute(HallTransaction transaction)
    {
        if (transaction.Execute(Command) is { } refusal)
        {
            return refusal;
        }

        Remarks.Keep(transaction, Remark);
        return new TicketResult(transaction.Hall, Command.Ticket, transaction.Now);
    }
}

/// <summary>A counter as the hall stands after a command.</summary>
/// <param name="IsNoOneWaiting">Whether nothing happened, because there was nobody to call.</param>
internal sealed record CounterResult(HallState Hall, int Counter, bool IsNoOneWaiting);

/// <summary>A ticket as the hall stands after a command.</summary>
internal sealed record TicketResult(HallState Hall, Guid Ticket, DateTimeOffset Now)
{
    /// <summary>The code that ends the address of the ticket's page, for its issuer alone.</summary>
    public string? LinkCode { get; init; }

    /// <summary>Whether the ticket was issued by this command.</summary>
    public bool IsNew { get; init; }
}
