namespace Reception.Hall.Tests.Parts;

/// <summary>One running hall for many tests: each takes a place of its own.</summary>
public class SharedHall : IAsyncLifetime
{
    private readonly int _counters;

    public SharedHall() : this(25)
    {
    }

    protected SharedHall(int counters) => _counters = counters;

    internal RunningHall Hall { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Hall = await RunningHall.StartAsync(HallPlan.Json(_counters));

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Hall.DisposeAsync();
    }
}

/// <summary>Tests that share a hall run one after another; two halls run side by side.</summary>
[CollectionDefinition(Name)]
public sealed class OneHall : ICollectionFixture<SharedHall>
{
    public const string Name = "one hall";
}

/// <summary>The other shared hall.</summary>
[CollectionDefinition(Name)]
public sealed class OtherHall : ICollectionFixture<SharedHall>
{
    public const string Name = "other hall";
}

/// <summary>The shared hall that is held against its API's document.</summary>
[CollectionDefinition(Name)]
public sealed class DescribedHall : ICollectionFixture<SharedHall>
{
    public const string Name = "described hall";
}

/// <summary>The shared hall that is attacked.</summary>
[CollectionDefinition(Name)]
public sealed class AttackedHall : ICollectionFixture<SharedHall>
{
    public const string Name = "attacked hall";
}

/// <summary>A test in the shared hall; it fails where the hub logged an error meanwhile.</summary>
public abstract class HallTest(SharedHall shared) : IAsyncLifetime
{
    private protected RunningHall Hall => shared.Hall;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Hall.DemandNoErrors();
        return ValueTask.CompletedTask;
    }
}
