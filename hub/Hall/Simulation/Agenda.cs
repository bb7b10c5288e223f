namespace Reception.Hall.Simulation;

/// <summary>Somebody whose day is told as the instants until which they wait; between them they act.</summary>
internal sealed class Person(IEnumerable<DateTimeOffset> story)
{
    public IEnumerator<DateTimeOffset> Story { get; } = story.GetEnumerator();

    /// <summary>How often they were put on the agenda: an entry of an earlier time no longer holds.</summary>
    public int Turn { get; set; }
}

/// <summary>Who acts next. At equal instants, who was put on it first.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<(Person Person, int Turn), (DateTimeOffset At, long Order)> _due = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = DateTimeOffset.MinValue;

    public void Await(Person person, DateTimeOffset until)
    {
        person.Turn++;
        _due.Enqueue((person, person.Turn), (until > Now ? until : Now, _order++));
    }

    /// <summary>Lets time pass while nobody waits for anything; it never runs backwards.</summary>
    public void PassTo(DateTimeOffset instant) => Now = instant > Now ? instant : Now;

    /// <summary>Lets everybody act in their turn, until nobody waits for anything.</summary>
    public void RunOut()
    {
        while (_due.TryDequeue(out var next, out var due))
        {
            if (next.Turn != next.Person.Turn)
            {
                continue;
            }

            Now = due.At;
            if (next.Person.Story.MoveNext())
            {
                Await(next.Person, next.Person.Story.Current);
            }
        }
    }
}
