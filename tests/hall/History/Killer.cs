using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.History;

/// <summary>
/// SIGKILL to programs of a hall at random moments: one, two, or all at once. A moment is a number of answers that clients got meanwhile,
/// so that a slow machine does as much between two kills as a fast one.
/// </summary>
internal sealed class Killer(HistoryHall hall, Random chance)
{
    private const int MostAnswers = 12;

    public async Task RunAsync(int kills)
    {
        for (var kill = 1; kill <= kills; kill++)
        {
            var moment = hall.History.Answers + chance.Next(MostAnswers);
            await Eventually.TrueAsync(
                () => hall.History.Answers >= moment, () => $"kill {kill}: clients get no answers", HistoryHall.Patience);
            var killed = Choose();
            hall.History.Killed();
            await Task.WhenAll(killed.Select(program => program.KillAsync()));
            foreach (var program in killed)
            {
                program.Launch();
            }

            // Every fifth time they are killed again in the middle of their start.
            if (chance.Next(5) == 0)
            {
                await Task.Delay(chance.Next(600), TestContext.Current.CancellationToken);
                await Task.WhenAll(killed.Select(program => program.KillAsync()));
                Array.ForEach(killed, program => program.Launch());
                kill++;
            }

            await Task.WhenAll(killed.Select(program => program.UpAsync()));
            hall.History.Returned();
        }
    }

    private KillableProgram[] Choose()
    {
        var programs = hall.Programs.ToArray();
        chance.Shuffle(programs);
        return chance.Next(8) switch
        {
            < 4 => programs[..1],
            < 7 => programs[..2],
            _ => programs,
        };
    }
}
