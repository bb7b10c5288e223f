namespace Reception.Hall.Tests.Parts;

/// <summary>
/// Tests that start and kill programs by the hundred, or let disks fail: they run after all others, one at a time, so that they slow none of them,
/// and no page that a test left open slows them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone : ICollectionFixture<Alone.Quiet>
{
    public const string Name = "alone";

    public sealed class Quiet(Chromium chromium) : IAsyncLifetime
    {
        public async ValueTask InitializeAsync() => await chromium.CloseAsync();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
