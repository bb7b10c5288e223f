namespace Reception.Hub.Site;

/// <summary>The set-up as it is published: one value, replaced after each commit that changes it.</summary>
internal sealed class SetupBook
{
    private volatile HallSetup? _current;

    /// <summary>Raised after the set-up changed, on the writer's thread; handlers return at once.</summary>
    public event Action? Changed;

    public HallSetup Current => _current ?? throw NoHall();

    /// <summary>The same, or null before the first.</summary>
    public HallSetup? Newest => _current;

    public static StartException NoHall() => new("data: no hall is set up here. Run `hub setup` first.");

    public void Publish(HallSetup setup)
    {
        _current = setup;
        Changed?.Invoke();
    }
}
