using System.Globalization;
using System.Security.Cryptography;
using Reception.Device.Printing;
using Reception.Slips;
using Xunit;

namespace Reception.Unit.Tests.Printing;

/// <summary>
/// Slips as a person looked at them and found them right, in <c>tests/unit/printing/golden</c>. Where a slip is meant to change, the failure
/// says which new file to look at and to copy there.
/// </summary>
public sealed class GoldenSlipTests
{
    private static readonly string[] Names =
        ["plain", "longest", "english", "khmer", "mixed", "then", "booked", "priority", "afternoon", "copy", "no officer", "paused"];

    public static MatrixTheoryData<string, int> Slips { get; } = new(Names, [576, 384]);

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_slip_has_the_same_dots_on_every_platform(string name, int width)
    {
        var file = $"{name.Replace(' ', '-')}-{width}.png";
        var dots = SlipLayout.Draw(SampleSlips.Named(name), SlipTemplate.Default, width).Dots;

        Demand(file, golden => PngPicture.Read(golden).IsSameAs(dots), drawn => PngPicture.Write(dots, drawn));
    }

    [Fact]
    public void A_slip_has_the_same_bytes_on_every_platform()
    {
        var lines = Names.SelectMany(name => PrinterProfile.Names.Select(profile => Line(name, profile))).ToArray();

        Demand("streams.txt", golden => File.ReadAllLines(golden).SequenceEqual(lines), drawn => File.WriteAllLines(drawn, lines));

        static string Line(string name, string profile)
        {
            var bytes = new SlipPaper(SlipTemplate.Default, PrinterProfile.Read(profile)).Make(SampleSlips.Named(name)).Bytes;
            return string.Create(CultureInfo.InvariantCulture, $"{name,-10} {profile,-14} {bytes.Length,6} {Convert.ToHexString(SHA256.HashData(bytes))}");
        }
    }

    private static void Demand(string file, Func<string, bool> isSame, Action<string> write)
    {
        var golden = Path.Combine(AppContext.BaseDirectory, "printing", "golden", file);
        if (File.Exists(golden) && isSame(golden))
        {
            return;
        }

        var drawn = Path.Combine(AppContext.BaseDirectory, "printing", "drawn", file);
        Directory.CreateDirectory(Path.GetDirectoryName(drawn)!);
        write(drawn);
        Assert.Fail($"The slip is not as tests/unit/printing/golden/{file} has it. If {drawn} is right, copy it there.");
    }
}
