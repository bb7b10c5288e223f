using Reception.Device.Printing;
using Reception.Hall.Tests.Parts;
using Reception.Slips;
using Reception.Unit.Tests.Printing;

namespace Reception.Hall.Tests.Printing;

/// <summary>Slips over real lines into a printer that knows nothing of how they were made.</summary>
public sealed class PrintedSlipTests
{
    private static readonly string[] Names = ["plain", "longest", "english", "khmer", "priority"];

    public static MatrixTheoryData<string, string> LinesAndProfiles { get; } = new(["tcp", "serial", "usb"], [.. PrinterProfile.Names]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(LinesAndProfiles))]
    public async Task The_printers_picture_is_the_layouts_dot_for_dot(string line, string profile)
    {
        using var virtualPrinter = new TestPrinter(line, profile);
        using var printer = virtualPrinter.Open();
        var paper = new SlipPaper(SlipTemplate.Default, virtualPrinter.Profile);

        foreach (var (name, number) in Names.Select((name, place) => (name, place + 1)))
        {
            var job = paper.Make(SampleSlips.Named(name));
            var result = await printer.PrintAsync(name, job, Stop);

            Assert.Equal(new PrintResult(PrintOutcome.Printed), result);
            await Eventually.TrueAsync(() => virtualPrinter.Slips.Count == number, () => string.Join(' ', virtualPrinter.Slips));
            VirtualPaper.AssertIs(job.Drawing.Dots, PngPicture.Read(virtualPrinter.Slips[^1]));
        }

        Assert.Contains(" strays 0 ", virtualPrinter.Tell("state?"), StringComparison.Ordinal);
    }

    /// <summary>Whatever stands in a name is drawn, and nothing of it reaches the printer as a command.</summary>
    [Theory]
    [InlineData("epson-tm-t82")]
    [InlineData("xprinter-xp-58")]
    public async Task A_name_of_control_bytes_commands_right_to_left_marks_emoji_or_300_letters_comes_out_as_it_was_laid_out(string profile)
    {
        using var virtualPrinter = new TestPrinter(profile: profile);
        using var printer = virtualPrinter.Open();
        var paper = new SlipPaper(SlipTemplate.Default, virtualPrinter.Profile);
        string[] names =
        [
            "Hộ\0\a\b\f\r\n\ttịch", "\u001b@\u001dV\0\u0010\u0004\u0001Hộ tịch", "\u202eHộ tịch\u202c\u200f", "Hộ tịch 👩‍👩‍👧‍👦🏛️✅",
            string.Concat(Enumerable.Repeat("Đăng ký ", 38)),
        ];
        foreach (var (name, number) in names.Select((name, place) => (name, place + 1)))
        {
            var job = paper.Make(SampleSlips.Plain with { Service = name, ServiceEnglish = name, Hall = name });

            Assert.Equal(new PrintResult(PrintOutcome.Printed), await printer.PrintAsync($"name-{number}", job, Stop));
            VirtualPaper.AssertIs(job.Drawing.Dots, PngPicture.Read(virtualPrinter.Slips[^1]));
        }

        Assert.Equal(names.Length, virtualPrinter.Slips.Count);
        Assert.Contains(" strays 0 beeps 0 drawer 0", virtualPrinter.Tell("state?"), StringComparison.Ordinal);
    }

    /// <summary>The link of a hall without a public address: no phone could open it.</summary>
    [Fact]
    public void A_link_without_a_host_is_neither_drawn_nor_spoken_of()
    {
        var relative = SlipLayout.Draw(SampleSlips.Plain with { Link = "/t/k3v9q2m7x4c8w1z5" }, SlipTemplate.Default, 576).Dots;

        var without = SlipLayout.Draw(SampleSlips.Plain with { Link = null }, SlipTemplate.Default, 576).Dots;
        Assert.Equal(without.Height, relative.Height);
        VirtualPaper.AssertIs(without, relative);
    }

    [Theory]
    [InlineData("epson-tm-t82")]
    [InlineData("xprinter-xp-58")]
    public async Task A_code_that_the_printer_draws_reads_as_the_link(string profile)
    {
        using var virtualPrinter = new TestPrinter(profile: profile);
        var native = virtualPrinter.Profile with { NativeCode = true };
        using var printer = virtualPrinter.Open(native);
        var job = new SlipPaper(SlipTemplate.Default, native).Make(SampleSlips.Longest);

        Assert.Equal(PrintOutcome.Printed, (await printer.PrintAsync("native", job, Stop)).Outcome);

        var paper = PngPicture.Read(virtualPrinter.Slips.Single());
        Assert.Equal(SampleSlips.Longest.Link, QrReader.Read(paper));
        // All else is where the layout has it.
        var code = job.Drawing.Code!;
        for (var y = 0; y < job.Drawing.Dots.Height; y++)
        {
            Assert.True((y >= code.Top && y < code.Top + code.Size) || paper.Row(y).SequenceEqual(job.Drawing.Dots.Row(y)), $"row {y}");
        }
    }

    [Theory]
    [InlineData("epson-tm-t82")]
    [InlineData("xprinter-xp-58")]
    public void A_code_in_the_raster_reads_as_the_link(string profile)
    {
        var slip = SampleSlips.Longest;

        Assert.Equal(slip.Link, QrReader.Read(SlipLayout.Draw(slip, SlipTemplate.Default, PrinterProfile.Read(profile).Width).Dots));
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("serial")]
    public async Task A_picture_that_holds_the_bytes_of_a_question_prints_like_any_other(string line)
    {
        using var virtualPrinter = new TestPrinter(line);
        using var printer = virtualPrinter.Open();
        var dots = new Raster(576, 8);
        for (var y = 0; y < 8; y++)
        {
            // DLE EOT 2, in white.
            dots[(8 * 8) + 3, y] = dots[(9 * 8) + 5, y] = dots[(10 * 8) + 6, y] = true;
        }

        var bytes = EscPosEncoder.Encode(new SlipDrawing(dots), virtualPrinter.Profile);
        Assert.Contains("100402100402", Convert.ToHexString(bytes), StringComparison.Ordinal);

        Assert.Equal(new PrintResult(PrintOutcome.Printed), await printer.PrintAsync("question", new SlipJob(bytes, [new SlipDrawing(dots)]), Stop));
        VirtualPaper.AssertIs(dots, PngPicture.Read(virtualPrinter.Slips.Single()));
    }

    [Fact]
    public async Task Beeper_drawer_and_second_paper_come_where_the_template_asks_for_them()
    {
        using var virtualPrinter = new TestPrinter(profile: "xprinter-xp-80");
        using var printer = virtualPrinter.Open();
        var template = SlipTemplate.Default with { SecondCopy = true, Beep = true, OpenDrawer = true };

        await printer.PrintAsync("both", new SlipPaper(template, virtualPrinter.Profile).Make(SampleSlips.Plain), Stop);

        VirtualPaper.AssertIs(SlipLayout.Draw(SampleSlips.Plain, template, virtualPrinter.Profile.Width).Dots, PngPicture.Read(virtualPrinter.Slips[0]));
        VirtualPaper.AssertIs(SlipLayout.Draw(SampleSlips.Plain with { Copy = true }, template, virtualPrinter.Profile.Width).Dots, PngPicture.Read(virtualPrinter.Slips[1]));
        Assert.EndsWith(" strays 0 beeps 2 drawer 1", virtualPrinter.Tell("state?"), StringComparison.Ordinal);
    }
}
