using Reception.Hub.Screens.Leader.Admin;

namespace Reception.Hub.Screens.Leader.Devices;

/// <summary>The devices that wait to be paired, as an administrator sees them.</summary>
/// <param name="Devices">The oldest first.</param>
/// <param name="Notice">What became of the last decision, or null.</param>
public sealed record PairingView(IReadOnlyList<WaitingLine> Devices, string? Notice)
{
    /// <summary>What tells whether others wait now than those on the page.</summary>
    public string Shown => string.Join('.', Devices.Select(device => device.Id.ToString("N")[..8]));
}

/// <summary>One that waits.</summary>
/// <param name="Id">The pairing's id.</param>
/// <param name="Kind">Which kind of device it is.</param>
/// <param name="Name">What it calls itself.</param>
/// <param name="Address">Where it is.</param>
/// <param name="At">When it asked.</param>
/// <param name="Left">How long it still waits.</param>
/// <param name="Code">The code that it must show, with its space.</param>
/// <param name="Replaceable">Whose place it may take: those of its kind that are away, and the one that is to be replaced.</param>
/// <param name="Counters">Where it may stand.</param>
/// <param name="Form">The form as it stands.</param>
public sealed record WaitingLine(
    Guid Id, string Kind, string Name, string Address, DateTimeOffset At, TimeSpan Left, string Code, IReadOnlyList<ReplaceableDevice> Replaceable,
    IReadOnlyList<int> Counters, Filled Form);

/// <summary>A device whose place another may take.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Counter">Its counter, or null.</param>
/// <param name="IsAway">Whether it is away now.</param>
public sealed record ReplaceableDevice(string Id, string Name, int? Counter, bool IsAway);
