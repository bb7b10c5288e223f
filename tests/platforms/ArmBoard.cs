namespace Reception.Platform.Tests;

/// <summary>Debian on an ARM board: QEMU, and Debian's libraries for ARM.</summary>
internal sealed class ArmBoard() : Machine("linux-arm64")
{
    public override string PathOf(string path) => path;

    public override string AddPort(string link) => link;

    // The cross libraries hold no ICU.
    protected override IEnumerable<string> Command(string program, string[] arguments) =>
    [
        "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1", "DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY=0",
        "qemu-aarch64-static", "-L", "/usr/aarch64-linux-gnu", program, .. arguments,
    ];
}
