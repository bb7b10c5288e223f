using System.Text.Json.Nodes;
using Reception.Device.Printing;
using Reception.Slips.Files;
using Xunit;

namespace Reception.Unit.Tests.Printing;

public sealed class PrinterProfileTests : IDisposable
{
    private readonly string file = Path.Combine(Directory.CreateTempSubdirectory("reception-profile-").FullName, "own.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);

    [Fact]
    public void The_common_printers_are_known() =>
        Assert.Equal(["epson-tm-t82", "generic-58", "generic-80", "xprinter-xp-58", "xprinter-xp-80"], PrinterProfile.Names);

    [Fact]
    public void A_printer_of_ones_own_is_a_file()
    {
        Write("qr", "\"native\"");

        Assert.True(PrinterProfile.Read(file).NativeCode);
    }

    [Theory]
    [InlineData("width", "600", "width is 600; allowed is 384 or 576")]
    [InlineData("width", "500", "width is 500; allowed is 384 or 576")]
    [InlineData("bandHeight", "0", "bandHeight is 0; allowed is a whole number from 8 to 255")]
    [InlineData("feedUnit", "180", "feedUnit is 180; allowed is 203, 360 or 406")]
    [InlineData("cut", "\"sharp\"", "cut is \"sharp\"; allowed is none, partial, full")]
    [InlineData("status", "true", "status is true; allowed is none, asked, automatic")]
    [InlineData("sped", "1", "sped is 1; allowed is one of the keys title,")]
    public void A_bad_value_is_one_line_with_the_key_the_value_and_what_is_allowed(string key, string value, string line)
    {
        Write(key, value);

        Assert.Contains(line, Assert.Throws<CheckedFileException>(() => PrinterProfile.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epson")]
    [InlineData("/nowhere/own.json")]
    [InlineData("../printers/generic-80")]
    public void A_printer_that_nobody_knows_is_refused_with_the_names_of_those_known(string name) =>
        Assert.Contains("generic-80", Assert.Throws<CheckedFileException>(() => PrinterProfile.Read(name)).Message, StringComparison.Ordinal);

    private void Write(string key, string value)
    {
        var profile = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "printers", "generic-80.json")))!;
        profile[key] = JsonNode.Parse(value);
        File.WriteAllText(file, profile.ToJsonString());
    }
}
