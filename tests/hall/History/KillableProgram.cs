using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.History;

/// <summary>One of the hall's programs, as the killer knows it.</summary>
/// <param name="name">Its name.</param>
/// <param name="launch">Starts it, and does not wait.</param>
/// <param name="isUpAsync">Whether it does its work.</param>
internal sealed class KillableProgram(string name, Func<Spawned> launch, Func<Task<bool>> isUpAsync)
{
    private Spawned? _run;

    public void Launch() => _run = launch();

    public Task KillAsync() => _run!.KillAsync();

    /// <summary>Waits until it does its work; it must not end by itself.</summary>
    public Task UpAsync()
    {
        var run = _run!;
        return Eventually.TrueAsync(
            async () =>
            {
                Assert.False(run.HasEnded, $"{name} ended by itself. It said:\n{run.All}");
                return await isUpAsync();
            },
            () => run.All,
            HistoryHall.Patience);
    }

    public override string ToString() => name;
}
