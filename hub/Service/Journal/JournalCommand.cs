using Reception.Hall;
using Reception.Hub.Metrics;

namespace Reception.Hub.Journal;

/// <summary>One thing that somebody asks of the hub, decided by the journal's writer.</summary>
/// <typeparam name="T">The value of a success.</typeparam>
internal abstract record JournalCommand<T>
{
    /// <summary>What the log and the metrics call it: the type's name. Not public, so that no serializer writes it.</summary>
    internal virtual string CommandName => GetType().Name;

    /// <summary>
    /// Decides against the working hall and writes what follows; all of it is part of one transaction. Nothing outside of it is changed here:
    /// effects go through <see cref="HallTransaction.AfterCommit"/>. A refusal comes before anything is written.
    /// </summary>
    public abstract Result<T> Execute(HallTransaction transaction);

    /// <summary>Records what a success means beside its count; called once, after the commit.</summary>
    public virtual void Measure(HubMeter meter)
    {
    }
}

/// <summary>A command without a value.</summary>
internal readonly record struct Done;

/// <summary>Something that was refused before it reached the hall, stored so that a repeat is refused in the same words.</summary>
internal sealed record Refuse<T>(Refusal Refusal) : JournalCommand<T>
{
    internal override string CommandName => nameof(Refuse<>);

    public override Result<T> Execute(HallTransaction transaction) => Refusal;
}
