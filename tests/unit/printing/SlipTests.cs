using Reception.Device.Printing;
using Reception.Protocol;
using Reception.Slips;
using Xunit;

namespace Reception.Unit.Tests.Printing;

public sealed class SlipTests
{
    public static MatrixTheoryData<string, string> Slips { get; } =
        new(["plain", "longest", "english", "khmer", "afternoon", "priority", "then", "copy", "booked", "mixed", "no officer", "paused"], [.. PrinterProfile.Names]);

    [Theory]
    [MemberData(nameof(Slips))]
    public void The_paper_of_the_byte_stream_is_the_layout_dot_for_dot(string name, string printer)
    {
        var profile = PrinterProfile.Read(printer);
        var dots = SlipLayout.Draw(SampleSlips.Named(name), SlipTemplate.Default, profile.Width).Dots;

        VirtualPaper.AssertIs(dots, VirtualPaper.Read(EscPosEncoder.Encode(new SlipDrawing(dots), profile), profile));
    }

    [Theory]
    [MemberData(nameof(Slips))]
    public void Nothing_touches_the_edge_of_the_paper(string name, string printer)
    {
        var profile = PrinterProfile.Read(printer);
        var paper = SlipLayout.Draw(SampleSlips.Named(name), SlipTemplate.Default, profile.Width).Dots;

        Assert.Equal(profile.Width, paper.Width);
        Assert.True(paper.IsBlank(0) && paper.IsBlank(paper.Height - 1));
        Assert.All(Enumerable.Range(0, paper.Height), y => Assert.True(paper.Row(y)[0] == 0 && paper.Row(y)[^1] == 0, $"row {y}"));
    }

    [Theory]
    [InlineData("epson-tm-t82")]
    [InlineData("xprinter-xp-58")]
    public void A_long_service_name_is_set_smaller_and_its_last_word_stays(string printer)
    {
        var profile = PrinterProfile.Read(printer);
        var whole = SlipLayout.Draw(SampleSlips.Longest, SlipTemplate.Default, profile.Width);
        var other = SampleSlips.Longest with { Service = SampleSlips.Longest.Service.Replace(" nặng", " nhẹ", StringComparison.Ordinal) };

        Assert.False(whole.Dots.IsSameAs(SlipLayout.Draw(other, SlipTemplate.Default, profile.Width).Dots));
    }

    [Theory]
    [InlineData(576)]
    [InlineData(384)]
    public void A_further_errand_is_a_line_of_its_own_under_the_service(int width)
    {
        int Height(string? then) => SlipLayout.Draw(SampleSlips.Plain with { Then = then }, SlipTemplate.Default, width).Dots.Height;

        Assert.InRange(Height("Chứng thực") - Height(null), TextLayout.SmallestSize, 80);
    }

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_fact_stands_apart_from_its_label(string name, string printer)
    {
        Assert.True(GapInFacts(SampleSlips.Named(name), Facts, PrinterProfile.Read(printer).Width) >= 12);
    }

    [Theory]
    [InlineData(576)]
    [InlineData(384)]
    public void A_label_too_long_for_the_paper_ends_before_the_fact(int width)
    {
        var wordy = new Dictionary<string, string> { ["Ahead"] = "Số người đang chờ phía trước quý vị tại bộ phận một cửa", ["AheadMany"] = "{0} người đang chờ ở phía trước, kể cả người vắng mặt" };

        Assert.True(GapInFacts(SampleSlips.Plain, Facts with { Words = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["vi"] = wordy } }, width) >= 12);
    }

    [Theory]
    [InlineData("A001")]
    [InlineData("A1000")]
    [InlineData("M9999")]
    public void A_number_fills_most_of_the_paper_whatever_its_length(string number)
    {
        foreach (var profile in new[] { PrinterProfile.Read("generic-80"), PrinterProfile.Read("generic-58") })
        {
            var paper = SlipLayout.Draw(SampleSlips.Plain with { Number = number, Link = null, Hall = "" }, SlipTemplate.Default, profile.Width).Dots;

            // The number's strokes are the only runs of 16 black dots.
            var (left, right) = WidestSpan(paper, run: 16);
            Assert.InRange(right - left, profile.Width * 11 / 20, profile.Width * 16 / 20);
        }
    }

    [Theory]
    [InlineData("Hộ\u0007 \u001b\u202Etịch\u200b\U0001F468\u200D\U0001F469", "Một\r\n\u001dcửa\0")]
    [InlineData("\u202BHộ\u2066 tịch\u2069\uFEFF", "Một \uD800cửa\uE000")]
    public void What_is_no_text_never_reaches_the_paper_or_the_line(string service, string hall)
    {
        var clean = SampleSlips.Plain with { Service = "Hộ tịch", Hall = "Một cửa" };

        Assert.Equal(SampleSlips.Encode(clean), SampleSlips.Encode(clean with { Service = service, Hall = hall }));
    }

    [Theory]
    [InlineData("W")]
    [InlineData("ễ ")]
    [InlineData("ខ្មែរ")]
    [InlineData("\u001b@")]
    public void A_name_of_any_length_leaves_a_slip_of_bounded_length(string part)
    {
        var endless = string.Concat(Enumerable.Repeat(part, 300));
        var slip = SampleSlips.Plain with { Service = endless, ServiceEnglish = endless, Hall = endless, Number = endless, Link = null };

        Assert.InRange(SampleSlips.Draw(slip).Dots.Height, 200, 1200);
    }

    [Fact]
    public void Khmer_letters_join_to_syllables()
    {
        var (ka, stacked, before) = (Set("ក"), Set("ក្ក"), Set("កេ"));

        // A letter after a coeng stands below the first, and the coeng itself is not seen.
        Assert.InRange(stacked.Width, ka.Width - 2, ka.Width + 2);
        Assert.InRange(stacked.Height, ka.Height * 5 / 4, ka.Height * 3);

        // The vowel that is written after the letter is read before it: to the right of it stands the letter as it is alone.
        Assert.InRange(before.Width, ka.Width * 5 / 4, ka.Width * 2);
        var alike = 0;
        for (var y = 0; y < ka.Height; y++)
        {
            for (var x = 0; x < ka.Width; x++)
            {
                alike += ka[x, y] == before[before.Width - ka.Width + x, before.Height - ka.Height + y] ? 1 : 0;
            }
        }

        Assert.InRange(alike, ka.Width * ka.Height * 9 / 10, ka.Width * ka.Height);

        static Raster Set(string text) => new TextLayout(SlipFonts.Shipped).Draw(text, 576, new TextStyle(96, Alignment: Alignment.Left)).Cropped();
    }

    [Fact]
    public void A_copy_says_so_and_a_first_paper_does_not()
    {
        var first = SampleSlips.Draw(SampleSlips.Plain).Dots;
        var copy = SampleSlips.Draw(SampleSlips.Plain with { Copy = true }).Dots;

        Assert.InRange(copy.Height - first.Height, 40, 100);
    }

    [Fact]
    public void A_second_paper_comes_marked_as_a_copy_where_the_template_asks_for_it()
    {
        var template = SlipTemplate.Default with { SecondCopy = true, Beep = true };
        var (first, second) = (SlipLayout.Draw(SampleSlips.Plain, template, SampleSlips.Profile.Width), SlipLayout.Draw(SampleSlips.Plain with { Copy = true }, template, SampleSlips.Profile.Width));

        var (papers, strays) = VirtualPaper.Print(new SlipPaper(template, SampleSlips.Profile).Make(SampleSlips.Plain).Bytes, SampleSlips.Profile);

        Assert.Equal((2, 0), (papers.Count, strays));
        VirtualPaper.AssertIs(first.Dots, papers[0]);
        VirtualPaper.AssertIs(second.Dots, papers[1]);
    }

    [Theory]
    [InlineData(576)]
    [InlineData(384)]
    public void Where_nobody_can_be_called_the_slip_says_so_in_a_line_of_its_own_and_no_minutes(int width)
    {
        var silent = Draw(default);
        foreach (var kind in new[] { WaitKind.NoOfficer, WaitKind.Paused })
        {
            Assert.InRange(Draw(new Wait(kind)).Height - silent.Height, TextLayout.SmallestSize, 60);
            // The minutes are not in the drawing, whatever they would be.
            Assert.True(Draw(new Wait(kind)).IsSameAs(Draw(new Wait(kind, 32, 114))));
        }

        Assert.False(Draw(new Wait(WaitKind.NoOfficer)).IsSameAs(Draw(new Wait(WaitKind.Paused))));

        Raster Draw(Wait wait) => SlipLayout.Draw(SampleSlips.Plain with { Wait = wait }, SlipTemplate.Default, width).Dots;
    }

    [Fact]
    public void A_slip_tells_the_wait_in_the_words_of_the_screens_where_the_ward_has_none_of_its_own()
    {
        var words = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["vi"] = new Dictionary<string, string> { ["WaitMinutes"] = "chừng {0} phút", ["WaitNoOfficer"] = "Cán bộ chưa đến" },
        };
        var (own, shipped) = (new SlipWords("vi", SlipTemplate.Default with { Words = words }), new SlipWords("vi", SlipTemplate.Default));
        foreach (var wait in Enum.GetValues<WaitKind>().Where(kind => kind != WaitKind.Closed).Select(kind => new Wait(kind, 32, 114)))
        {
            Assert.Equal(wait.Value("vi"), shipped.Wait(wait));
            Assert.Equal(wait.Value("en"), new SlipWords("en", SlipTemplate.Default).Wait(wait));
        }

        Assert.Equal("chừng 32–114 phút", own.Wait(new Wait(WaitKind.Minutes, 32, 114)));
        Assert.Equal("Cán bộ chưa đến", own.Wait(new Wait(WaitKind.NoOfficer)));
        Assert.Equal("hơn 90 phút", own.Wait(new Wait(WaitKind.Over90, 91, 140)));
    }

    private static (int Left, int Right) WidestSpan(Raster paper, int run)
    {
        var (left, right) = (paper.Width, 0);
        for (var y = 0; y < paper.Height; y++)
        {
            for (int x = 0, length = 0; x < paper.Width; x++)
            {
                length = paper[x, y] ? length + 1 : 0;
                if (length >= run)
                {
                    (left, right) = (Math.Min(left, x - length + 1), Math.Max(right, x + 1));
                }
            }
        }

        return (left, right);
    }

    private static SlipTemplate Facts => SlipTemplate.Default with { Fields = new HashSet<SlipField> { SlipField.Number, SlipField.Ahead, SlipField.Wait, SlipField.IssuedAt } };

    /// <summary>The widest white between two inked columns of the facts: below the last rule, whose dashes alone blacken more than half of a row.</summary>
    private static int GapInFacts(Slip slip, SlipTemplate template, int width)
    {
        var paper = SlipLayout.Draw(slip, template, width).Dots;
        var rule = Enumerable.Range(0, paper.Height).Last(y => Enumerable.Range(0, width).Count(x => paper[x, y]) > width / 2);
        var inked = Enumerable.Range(0, width).Where(x => Enumerable.Range(rule + 1, paper.Height - rule - 1).Any(y => paper[x, y])).ToList();
        return inked.Zip(inked.Skip(1), (one, next) => next - one).Max();
    }
}
