using System.Text.Json;
using System.Text.Json.Nodes;
using Reception.Slips.Files;
using Reception.Slips;
using Xunit;

namespace Reception.Unit.Tests.Printing;

public sealed class SlipTemplateTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("reception-template-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("sizes.header", "200", "sizes.header is 200; allowed is a whole number from 22 to 80")]
    [InlineData("sizes.serivce", "30", "sizes.serivce is 30; allowed is one of the keys header, number, service, english, facts, small")]
    [InlineData("footr", "[]", "footr is []; allowed is one of the keys logo, header,")]
    [InlineData("fields", """["service"]""", """fields is ["service"]; allowed is some of number, service,""")]
    [InlineData("fields", """["number","name"]""", "allowed is some of number, service,")]
    [InlineData("header", """["{site}"]""", "{hall} is the only word in braces")]
    [InlineData("secondCopy", "\"yes\"", "secondCopy is \"yes\"; allowed is true or false")]
    [InlineData("logo", """{"file":"gone.png","width":100}""", "logo.file is \"gone.png\"; allowed is the path of a file that is there")]
    [InlineData("words", """{"vi":{"Ahead":""}}""", "words.vi.Ahead is \"\"")]
    [InlineData("words", """{"en":{"WaitMinutes":"soon"}}""", "with {0} where the shipped one has a number")]
    [InlineData("words", """{"fr":{}}""", "words.fr is {}; allowed is one of the keys vi, en, km")]
    public void A_bad_value_is_one_line_with_the_key_the_value_and_what_is_allowed(string key, string value, string line)
    {
        var problem = Assert.Throws<CheckedFileException>(() => SlipTemplate.Read(Written(key, value)));

        Assert.Contains(line, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void A_template_says_what_is_on_the_slip_and_how_large()
    {
        var plain = SlipLayout.Draw(SampleSlips.Plain, SlipTemplate.Default, SampleSlips.Profile.Width).Dots.Height;

        Assert.True(Height("fields", """["number"]""") < plain / 2);
        Assert.True(Height("footer", """["Giờ làm việc: 7:30–11:30, 13:30–17:00"]""") > plain + 30);
        Assert.True(Height("header", """["UBND PHƯỜNG MỎ CHÈ","{hall}"]""") > plain + 20);
        Assert.True(Height("sizes.service", "80") > plain + 20);
    }

    [Fact]
    public void A_ward_says_it_in_words_of_its_own()
    {
        var file = Written("words", """{"km":{"Ahead":"មុន","AheadMany":"{0} នាក់","Scan":"ស្កេន"}}""");
        var khmer = SampleSlips.Khmer with { Language = "km" };

        var own = SlipLayout.Draw(khmer, SlipTemplate.Read(file), SampleSlips.Profile.Width).Dots;

        Assert.False(own.IsSameAs(SlipLayout.Draw(khmer, SlipTemplate.Default, SampleSlips.Profile.Width).Dots));
    }

    [Fact]
    public void A_logo_is_scaled_and_dithered_above_the_header()
    {
        var grey = new Raster(300, 300);
        for (var i = 0; i < 300 * 300; i++)
        {
            grey[i % 300, i / 300] = (i + (i / 300)) % 2 == 0;
        }

        PngPicture.Write(grey, Path.Combine(folder, "logo.png"));

        var template = SlipTemplate.Read(Written("logo", """{"file":"logo.png","width":100}"""));

        var dots = template.Logo!.Dots;
        Assert.Equal((100, 100), (dots.Width, dots.Height));
        var black = Enumerable.Range(0, 100 * 100).Count(i => dots[i % 100, i / 100]);
        Assert.InRange(black, 4500, 5500);
        var paper = SlipLayout.Draw(SampleSlips.Plain, template, SampleSlips.Profile.Width).Dots;
        Assert.Equal(SampleSlips.Draw(SampleSlips.Plain).Dots.Height + 108, paper.Height);
    }

    [Theory]
    [InlineData(10_000, 10, "a PNG of at most 4000 by 4000 pixels; this one has 10000 by 10")]
    [InlineData(10, 4000, "at most four times as high as wide; this one has 10 by 4000 pixels")]
    public void A_logo_that_no_slip_can_hold_is_refused_in_words(int width, int height, string line)
    {
        PngPicture.Write(new Raster(width, height), Path.Combine(folder, "logo.png"));

        var problem = Assert.Throws<CheckedFileException>(() => SlipTemplate.Read(Written("logo", """{"file":"logo.png","width":100}""")));

        Assert.Contains(line, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GIF89a, and then some more bytes")]
    [InlineData("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\u0008\0\0\0\u0008 and no more")]
    public void A_logo_that_is_no_picture_is_refused_in_words(string content)
    {
        File.WriteAllBytes(Path.Combine(folder, "logo.png"), System.Text.Encoding.Latin1.GetBytes(content));

        var problem = Assert.Throws<CheckedFileException>(() => SlipTemplate.Read(Written("logo", """{"file":"logo.png","width":100}""")));

        Assert.Contains("a PNG picture", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_logo_that_is_cut_short_is_refused_in_words()
    {
        var file = Path.Combine(folder, "logo.png");
        var picture = new Raster(300, 300);
        picture.Fill(10, 10, 250, 3);
        PngPicture.Write(picture, file);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^40]);

        var problem = Assert.Throws<CheckedFileException>(() => SlipTemplate.Read(Written("logo", """{"file":"logo.png","width":100}""")));

        Assert.Contains("a PNG picture; this one can't be decoded", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_that_comes_alone_reads_nothing_that_it_names_and_is_told_of_in_its_readers_language()
    {
        PngPicture.Write(new Raster(100, 100), Path.Combine(folder, "logo.png"));
        var json = File.ReadAllBytes(Written("logo", JsonSerializer.Serialize(new { file = Path.Combine(folder, "logo.png"), width = 100 })));

        Assert.Null(SlipTemplate.Parse(json, "ticket.json", logo: null, "vi").Logo);
        Assert.Equal(100, SlipTemplate.Parse(json, "ticket.json", File.ReadAllBytes(Path.Combine(folder, "logo.png")), "vi").Logo!.Dots.Height);
        var problem = Assert.Throws<CheckedFileException>(() => SlipTemplate.Parse(json, "ticket.json", [1, 2, 3], "vi"));
        Assert.EndsWith("chỉ nhận ảnh PNG; tệp này không phải PNG.", problem.Message, StringComparison.Ordinal);
    }

    private int Height(string key, string value) => SlipLayout.Draw(SampleSlips.Plain, SlipTemplate.Read(Written(key, value)), SampleSlips.Profile.Width).Dots.Height;

    private string Written(string key, string value)
    {
        var template = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "templates", "ticket.json")))!;
        var holder = key.Split('.') is [var within, _] ? template[within]! : template;
        holder[key.Split('.')[^1]] = JsonNode.Parse(value);
        var file = Path.Combine(folder, "ticket.json");
        File.WriteAllText(file, template.ToJsonString());
        return file;
    }
}
