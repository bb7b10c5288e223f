using Reception.Slips.Files;
using Reception.Slips;
using Xunit;

namespace Reception.Unit.Tests.Printing;

public sealed class SlipFontsTests : IDisposable
{
    private const string Regular = "BeVietnamPro-Regular.ttf";
    private const string Bold = "BeVietnamPro-Bold.ttf";

    private readonly string folder = Directory.CreateTempSubdirectory("reception-fonts-").FullName;

    public SlipFontsTests()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "fonts"), "*.ttf"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    public static MatrixTheoryData<string, string> Damages { get; } = new(
        [Regular, Bold, "NotoSansKhmer-Regular.ttf", "NotoSansKhmer-Bold.ttf"], ["missing", "empty", "text", "cut", "flipped", "junk", "folder"]);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_shipped_fonts_are_whole() => Assert.Empty(SlipFonts.Shipped.Faults);

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_file_is_one_line_and_slips_are_drawn_without_it(string file, string damage)
    {
        Damage(file, damage);

        var fonts = new SlipFonts(folder);

        var line = Assert.Single(fonts.Faults);
        Assert.StartsWith(Path.Combine(folder, file) + ": the font cannot be used: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        var slip = SlipLayout.Draw(SampleSlips.Khmer with { Hall = "Phường Mỏ Chè" }, SlipTemplate.Default, 576, printerDrawsCode: false, fonts).Dots;
        Assert.InRange(slip.Height, 600, 900);
        // The other weight stands in: the slip is drawn as if both were one file.
        var (lost, other) = file.Contains("Bold", StringComparison.Ordinal) ? (file, file.Replace("Bold", "Regular", StringComparison.Ordinal)) : (file, file.Replace("Regular", "Bold", StringComparison.Ordinal));
        Repair(lost, other);
        Assert.True(slip.IsSameAs(SlipLayout.Draw(SampleSlips.Khmer with { Hall = "Phường Mỏ Chè" }, SlipTemplate.Default, 576, printerDrawsCode: false, new SlipFonts(folder)).Dots));
    }

    [Fact]
    public void Without_the_Khmer_fonts_its_letters_are_boxes_and_all_else_is_as_it_was()
    {
        var whole = new TextLayout(new SlipFonts(folder)).Draw("Hộ tịch 12:30", 400, new TextStyle(40));
        Damage("NotoSansKhmer-Regular.ttf", "missing");
        Damage("NotoSansKhmer-Bold.ttf", "missing");
        var text = new TextLayout(new SlipFonts(folder));

        Assert.True(whole.IsSameAs(text.Draw("Hộ tịch 12:30", 400, new TextStyle(40))));
        Assert.True(text.Draw("ក", 400, new TextStyle(40)).Cropped().IsSameAs(text.Draw("ខ", 400, new TextStyle(40)).Cropped()));
        Assert.InRange(text.Draw("ក", 400, new TextStyle(40)).Cropped().Height, 20, 50);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("cut")]
    [InlineData("flipped")]
    public void Without_a_font_for_Vietnamese_one_line_names_the_files(string damage)
    {
        Damage(Regular, damage);
        Damage(Bold, damage);

        var problem = Assert.Throws<CheckedFileException>(() => new SlipFonts(folder));

        Assert.StartsWith($"{folder}: neither {Regular} nor {Bold} can be read", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("install the program again.", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void Every_glyph_of_every_font_has_an_outline_that_can_be_drawn()
    {
        foreach (var file in Directory.GetFiles(folder))
        {
            using var face = FontFace.Read(file);
            var inked = Enumerable.Range(0, face.Glyphs).Count(glyph => face.Dots(30, (ushort)glyph) is not null);

            Assert.InRange(inked, face.Glyphs * 9 / 10, face.Glyphs);
        }
    }

    private void Damage(string file, string damage)
    {
        var path = Path.Combine(folder, file);
        var font = File.ReadAllBytes(path);
        File.Delete(path);
        switch (damage)
        {
            case "empty":
                File.WriteAllBytes(path, []);
                break;
            case "text":
                File.WriteAllText(path, "<html>404</html>");
                break;
            case "cut":
                File.WriteAllBytes(path, font[..(font.Length / 2)]);
                break;
            case "flipped":
                font[font.Length / 2] ^= 4;
                File.WriteAllBytes(path, font);
                break;
            case "junk":
                // Its sum is a font's.
                File.WriteAllBytes(path, [0xB1, 0xB0, 0xAF, 0xBA, 0, 0, 0, 0]);
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
        }
    }

    private void Repair(string lost, string other)
    {
        var path = Path.Combine(folder, lost);
        if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }

        File.Copy(Path.Combine(folder, other), path, overwrite: true);
    }
}
