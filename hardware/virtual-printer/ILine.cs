namespace Reception.VirtualPrinter;

/// <summary>A socket at the back of the printer.</summary>
internal interface ILine : IDisposable
{
    /// <summary>What a program opens to reach the printer.</summary>
    string Name { get; }

    /// <summary>Connects the printer; nothing where it is connected.</summary>
    void Plug();

    /// <summary>Pulls the cable. The printer stays on.</summary>
    void Unplug();
}
