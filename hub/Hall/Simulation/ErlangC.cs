namespace Reception.Hall.Simulation;

/// <summary>
/// The M/M/c queue: people come independently at a constant rate, are served for an exponential time by one of c equal counters, and nobody
/// leaves. Erlang's second formula (Kleinrock, Queueing Systems, volume 1, 1975, section 3.5).
/// </summary>
/// <param name="ArrivalsAnHour">λ.</param>
/// <param name="MeanServiceTime">1/μ.</param>
/// <param name="Counters">c, at least 1.</param>
public sealed record ErlangC(double ArrivalsAnHour, TimeSpan MeanServiceTime, int Counters)
{
    /// <summary>The counters' work asked for: λ/μ.</summary>
    public double Offered => ArrivalsAnHour * MeanServiceTime.TotalHours;

    public double Utilisation => Offered / Counters;

    /// <summary>Which share has to wait at all; 1 where the counters can't keep up.</summary>
    public double ShareThatWaits
    {
        get
        {
            if (Utilisation >= 1)
            {
                return 1;
            }

            // Erlang's first formula by its recurrence, which no factorial overflows.
            var lost = 1.0;
            for (var counter = 1; counter <= Counters; counter++)
            {
                lost = Offered * lost / (counter + (Offered * lost));
            }

            return lost / (1 - (Utilisation * (1 - lost)));
        }
    }

    /// <summary>The mean wait, of those who need not wait too; null where the queue grows without end.</summary>
    /// <remarks>The same in any order of calling that does not look at how long service will take: priority moves waits, not their mean.</remarks>
    public TimeSpan? MeanWait => Utilisation >= 1 ? null : MeanServiceTime * (ShareThatWaits / (Counters - Offered));
}
