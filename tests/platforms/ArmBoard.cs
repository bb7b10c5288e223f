using Reception.Hall.Tests.Parts;

namespace Reception.Platform.Tests;

/// <summary>Debian on an ARM board: QEMU, and Debian's own libraries for ARM.</summary>
internal sealed class ArmBoard() : Machine("linux-arm64")
{
    private static readonly string Libraries = Path.Combine(Sources.Root, "artifacts", "linux-arm64-root");

    public override string PathOf(string path) => path;

    public override string AddPort(string link) => link;

    public override Task<string> AddPrinterAsync(string folder) => Task.FromResult("file:" + folder);

    public override Task StartAsync()
    {
        Assert.True(Directory.Exists(Libraries), $"{Libraries} is missing: ./test --all makes it, or .ci/arm-root.");
        return Task.CompletedTask;
    }

    // The emulator does not follow code that .NET writes at one address and runs at another.
    protected override IEnumerable<string> Command(string program, string[] arguments) =>
        ["DOTNET_EnableWriteXorExecute=0", "qemu-aarch64-static", "-L", Libraries, program, .. arguments];
}
