using System.Text;
using Reception.Device.Printing;
using Reception.Slips;
using Xunit;

namespace Reception.Unit.Tests.Printing;

public sealed class EscPosTests
{
    public static TheoryData<string> Profiles { get; } = [.. PrinterProfile.Names];

    [Theory]
    // ESC @, GS a; ten white rows fed, a cropped band, eight white rows, a band at half resolution; then the cut, and GS r.
    [InlineData("epson-tm-t82", "1B40 1D610E", "1B4A14", "1B4A10", "1D564200 1D7201")]
    [InlineData("xprinter-xp-80", "1B40 1D610E", "1B4A0A", "1B4A08", "1D564200 1D7201")]
    [InlineData("xprinter-xp-58", "1B40", "1B4A0A", "1B4A08", "1B6404 1D7201")]
    [InlineData("generic-80", "1B40", "1B4A0A", "1B4A08", "1B6405 1D5601")]
    [InlineData("generic-58", "1B40", "1B4A0A", "1B4A08", "1B6404")]
    public void A_slip_begins_and_ends_as_the_printer_takes_it(string name, string begin, string before, string between, string end)
    {
        var profile = PrinterProfile.Read(name);
        var dots = new Raster(profile.Width, 28);
        dots.Fill(left: 101, top: 10, width: 20, height: 2);
        dots.Fill(left: 32, top: 20, width: 240, height: 8);

        Assert.Equal(
            Hex($"{begin} {before} 1D4C6000 1D763000 0400 0200 07FFFF80 07FFFF80 {between} 1D4C2000 1D763003 0F00 0400 {string.Concat(Enumerable.Repeat("FF", 60))} {end}"),
            Convert.ToHexString(EscPosEncoder.Encode(new SlipDrawing(dots), profile)));
    }

    [Theory]
    [InlineData(203, "1B4A0A", "1B4A08")]
    [InlineData(360, "1B4A12", "1B4A0E")]
    [InlineData(406, "1B4A14", "1B4A10")]
    public void White_rows_are_fed_in_the_printers_unit(int unit, string before, string after)
    {
        var profile = SampleSlips.Profile with { FeedUnit = unit };
        var dots = new Raster(profile.Width, 20);
        dots.Fill(left: 101, top: 10, width: 20, height: 2);

        var bytes = EscPosEncoder.Encode(new SlipDrawing(dots), profile);

        Assert.Equal(
            Hex($"1B40 1D610E {before} 1D4C6000 1D763000 0400 0200 07FFFF80 07FFFF80 {after} 1D564200 1D7201"), Convert.ToHexString(bytes));
        VirtualPaper.AssertIs(dots, VirtualPaper.Read(bytes, profile));
    }

    [Theory]
    [InlineData(203)]
    [InlineData(360)]
    [InlineData(406)]
    public void White_paper_longer_than_one_feed_is_as_long_as_it_was_drawn(int unit)
    {
        var profile = SampleSlips.Profile with { FeedUnit = unit };
        var dots = new Raster(profile.Width, 800);
        dots.Fill(left: 0, top: 799, width: 8, height: 1);

        VirtualPaper.AssertIs(dots, VirtualPaper.Read(EscPosEncoder.Encode(new SlipDrawing(dots), profile), profile));
    }

    [Fact]
    public void Doubled_dots_are_sent_at_half_resolution_at_their_place()
    {
        var dots = new Raster(576, 4);
        dots.Fill(left: 32, top: 0, width: 16, height: 4);

        var bytes = EscPosEncoder.Encode(new SlipDrawing(dots), SampleSlips.Profile);

        Assert.Equal(Hex("1B40 1D610E 1D4C2000 1D763003 0100 0200 FFFF 1D564200 1D7201"), Convert.ToHexString(bytes));
        VirtualPaper.AssertIs(dots, VirtualPaper.Read(bytes, SampleSlips.Profile));
    }

    [Fact]
    public void A_dot_without_its_twin_is_sent_as_it_is()
    {
        var dots = new Raster(576, 2);
        dots.Fill(left: 33, top: 0, width: 2, height: 2);

        Assert.Equal(
            Hex("1B40 1D610E 1D4C2000 1D763000 0100 0200 6060 1D564200 1D7201"),
            Convert.ToHexString(EscPosEncoder.Encode(new SlipDrawing(dots), SampleSlips.Profile)));
    }

    [Fact]
    public void The_questions_are_what_printers_know() =>
        Assert.Equal(Hex("100401 100402 100403 100404"), Convert.ToHexString(EscPosPrinter.Questions));

    [Theory]
    [InlineData("full", 0, "1D564100")]
    [InlineData("full", 3, "1B64031D5600")]
    [InlineData("partial", 0, "1D564200")]
    [InlineData("partial", 3, "1B64031D5601")]
    [InlineData("none", 3, "1B6403")]
    public void Each_way_of_cutting_has_its_command(string cut, int feedLines, string end)
    {
        var profile = SampleSlips.Profile with { Cut = Enum.Parse<Cut>(cut, ignoreCase: true), FeedLines = feedLines };

        Assert.EndsWith(end + "1D7201", Convert.ToHexString(EscPosEncoder.Encode(new SlipDrawing(new Raster(576, 2)), profile)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Beeper.EscB, Drawer.Pin2, "1B420202 1B700019FA")]
    [InlineData(Beeper.EscA, Drawer.Pin5, "1B284104003033 0201 1B700119FA")]
    [InlineData(Beeper.None, Drawer.None, "")]
    public void Beeper_and_drawer_are_used_where_they_are_asked_for_and_there(Beeper beeper, Drawer drawer, string calls)
    {
        var profile = SampleSlips.Profile with { Beeper = beeper, Drawer = drawer };
        var quiet = new SlipDrawing(new Raster(576, 2));

        Assert.EndsWith(Hex($"1D564200 {calls} 1D7201"), Convert.ToHexString(EscPosEncoder.Encode(quiet with { Beep = true, OpenDrawer = true }, profile)), StringComparison.Ordinal);
        Assert.EndsWith("1D5642001D7201", Convert.ToHexString(EscPosEncoder.Encode(quiet, profile)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epson-tm-t82", "1B40 1D610E", "08", "06", "1D564200 1D7201")]
    [InlineData("xprinter-xp-80", "1B40 1D610E", "04", "03", "1D564200 1D7201")]
    [InlineData("xprinter-xp-58", "1B40", "04", "03", "1B6404 1D7201")]
    [InlineData("generic-80", "1B40", "04", "03", "1B6405 1D5601")]
    [InlineData("generic-58", "1B40", "04", "03", "1B6404")]
    public void A_code_that_the_printer_draws_is_sent_as_text_at_its_place(string name, string begin, string before, string after, string end)
    {
        var profile = PrinterProfile.Read(name) with { NativeCode = true };
        var dots = new Raster(profile.Width, 40);
        dots.Fill(left: 0, top: 36, width: 8, height: 1);
        var slip = new SlipDrawing(dots, new PrinterCode("HI", Left: 200, Top: 4, Size: 30, Module: 6));

        Assert.Equal(
            Hex($"""
                {begin} 1B4A{before} 1D4CC800
                1D286B0400 31413200 1D286B0300 314306 1D286B0300 314531 1D286B0500 315030 4849 1D286B0300 315130
                1D4C0000 1D763000 0100 0300 0000FF 1B4A{after} {end}
                """),
            Convert.ToHexString(EscPosEncoder.Encode(slip, profile)));
    }

    [Fact]
    public void A_tall_band_is_split_for_small_buffers_without_a_seam()
    {
        var dots = new Raster(576, 131);
        dots.Fill(left: 1, top: 0, width: 575, height: 131);

        var bytes = EscPosEncoder.Encode(new SlipDrawing(dots), SampleSlips.Profile);

        Assert.Equal(3, Encoding.Latin1.GetString(bytes).Split("\u001dv0").Length - 1);
        VirtualPaper.AssertIs(dots, VirtualPaper.Read(bytes, SampleSlips.Profile));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_slip_is_sent_in_few_bytes_and_only_in_commands_that_all_printers_document(string name)
    {
        var profile = PrinterProfile.Read(name);
        var bytes = EscPosEncoder.Encode(SlipLayout.Draw(SampleSlips.Plain, SlipTemplate.Default, profile.Width), profile);

        Assert.InRange(bytes.Length, 4000, profile.Width == 576 ? 12 * 1024 : 7 * 1024);
        for (var at = 0; at < bytes.Length;)
        {
            at += bytes[at..] switch
            {
                [0x1B, (byte)'@', ..] => 2,
                [0x1B, (byte)'d' or (byte)'J', ..] => 3,
                [0x1D, (byte)'L', _, >= 0 and <= 2, ..] => 4,
                [0x1D, (byte)'V', 0 or 1, ..] => 3,
                [0x1D, (byte)'V', 65 or 66, ..] => 4,
                [0x1D, (byte)'a' or (byte)'r', ..] => 3,
                [0x1D, (byte)'v', (byte)'0', 0 or 3, var width, 0, var height, 0, ..] when height <= profile.BandHeight => 8 + (width * height),
                _ => throw new InvalidOperationException($"Something else at byte {at}."),
            };
        }
    }

    [Theory]
    [InlineData("1B40", 0)]
    [InlineData("1B4041", 1)]
    [InlineData("1D76300001000200FF", 0)]
    [InlineData("1B", 0)]
    [InlineData("", 0)]
    public void Bytes_that_are_no_whole_slip_are_no_paper(string hex, int strays)
    {
        var (slips, odd) = VirtualPaper.Print(Convert.FromHexString(hex), SampleSlips.Profile);

        Assert.Empty(slips);
        Assert.Equal(strays, odd);
    }

    private static string Hex(string text) => string.Concat(text.Where(char.IsAsciiHexDigit));
}
