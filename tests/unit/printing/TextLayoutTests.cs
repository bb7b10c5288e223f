using System.Text;
using Reception.Slips;
using Xunit;

namespace Reception.Unit.Tests.Printing;

public sealed class TextLayoutTests
{
    private const string Marks = "ỄẬỸẶỢ ểậỵặợgyq ỄẬỸẶỢ ểậỵặợgyq";

    private static readonly TextLayout Text = new(SlipFonts.Shipped);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("   ")]
    public void No_letters_are_no_dots(string text) =>
        Assert.Equal(0, Black(Text.Draw(text, 300, new TextStyle(40))));

    [Theory]
    [InlineData(22)]
    [InlineData(25)]
    [InlineData(42)]
    [InlineData(80)]
    public void No_mark_is_cut_and_no_line_touches_the_next(int size)
    {
        var style = new TextStyle(size, Bold: true, Lines: 4);
        var words = Marks.Split(' ');
        var width = words.Max(word => Text.Measure(word, style)) + 1;

        var block = Text.Draw(Marks, width, style);

        // Every dot of every line is there, and none lies on another.
        Assert.Equal(words.Sum(word => Black(Text.Draw(word, width, style))), Black(block));
        Assert.Equal(words.Sum(word => Stripes(Text.Draw(word, width, style))), Stripes(block));
    }

    [Fact]
    public void Letters_and_marks_written_apart_are_drawn_as_one()
    {
        var style = new TextStyle(40, Lines: 4);

        Assert.True(Text.Draw(Marks, 500, style).IsSameAs(Text.Draw(Marks.Normalize(NormalizationForm.FormD), 500, style)));
    }

    [Fact]
    public void The_measured_width_is_wide_enough()
    {
        foreach (var text in new[] { "15:12 23/11/2026", "Chờ khoảng", "jW", "ខ្មែរ", "漢" })
        {
            foreach (var size in Enumerable.Range(TextLayout.SmallestSize, 40))
            {
                var style = new TextStyle(size, Bold: true, Alignment.Left, Lines: 1);
                Assert.True(Text.Draw(text, Text.Measure(text, style), style).Cropped().IsSameAs(Text.Draw(text, 2000, style).Cropped()), $"{text} at {size}");
            }
        }
    }

    [Fact]
    public void Centred_lines_are_about_as_long_as_each_other()
    {
        var style = new TextStyle(25, Bold: true);
        const string hall = "Trung tâm Phục vụ hành chính công phường Mỏ Chè";
        var width = Text.Measure("Trung tâm Phục vụ hành chính công phường", style) + 1;

        var block = Text.Draw(hall, width, style);

        Assert.InRange(block.Cropped().Width, width / 2, Text.Measure("Trung tâm Phục vụ hành chính", style));
    }

    [Fact]
    public void A_text_is_the_same_after_memory_was_cleaned_up()
    {
        var text = new TextLayout(new SlipFonts(Path.Combine(AppContext.BaseDirectory, "fonts")));
        var before = text.Draw(Marks, 300, new TextStyle(30));
        for (var round = 0; round < 5; round++)
        {
            _ = Enumerable.Range(0, 2000).Select(size => new byte[size]).ToList();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);

            Assert.True(text.Draw(Marks, 300, new TextStyle(30)).IsSameAs(before), $"round {round}");
        }
    }

    [Fact]
    public void A_text_wraps_between_words()
    {
        var style = new TextStyle(40, Alignment: Alignment.Left);
        var width = Text.Measure("một hai", style) + 1;

        var block = Text.Draw("một hai ba", width, style);

        var (first, second) = (Text.Draw("một hai", width, style), Text.Draw("ba", width, style));
        Assert.Equal(first.Height + second.Height, block.Height, tolerance: 8);
        Assert.True(Rows(block, 0, first.Height).IsSameAs(Rows(first, 0, first.Height)));
        Assert.True(Rows(block, first.Height, block.Height).Cropped().IsSameAs(second.Cropped()));
    }

    [Fact]
    public void A_word_wider_than_the_paper_goes_on_in_the_next_line_between_letters()
    {
        var style = new TextStyle(40, Lines: 9);
        var word = string.Concat(Enumerable.Repeat("ặ", 20));

        var block = Text.Draw(word, 200, style);

        Assert.Equal(20 * Black(Text.Draw("ặ", 200, style)), Black(block));
    }

    [Fact]
    public void A_text_that_its_lines_do_not_hold_is_set_smaller_until_they_do()
    {
        var style = new TextStyle(44, Lines: 1);
        var width = Text.Measure("Chứng thực", style with { Size = 30 });

        var one = Text.Draw("Chứng thực", width, style);

        Assert.True(one.IsSameAs(Text.Draw("Chứng thực", width, style with { Size = 30 })));
    }

    [Fact]
    public void A_text_too_long_for_the_smallest_size_ends_in_an_ellipsis()
    {
        var style = new TextStyle(TextLayout.SmallestSize, Alignment: Alignment.Left, Lines: 1);
        var block = Text.Draw("Bảo trợ xã hội và trẻ em", 150, style).Cropped();
        var ellipsis = Text.Draw("…", 150, style).Cropped();

        Assert.InRange(block.Width, 100, 150);
        // It ends the line, in whichever rows the letters before it leave it.
        Assert.Contains(Enumerable.Range(0, block.Height - ellipsis.Height + 1), top => Same(block, ellipsis, top));
    }

    [Fact]
    public void A_Khmer_word_in_a_Vietnamese_line_leaves_the_Vietnamese_as_it_is()
    {
        var style = new TextStyle(40, Alignment: Alignment.Left);

        var (alone, mixed) = (Text.Draw("Hộ tịch", 500, style), Text.Draw("Hộ tịch ខ្មែរ", 500, style));

        var ink = alone.Cropped();
        var left = new Raster(ink.Width, mixed.Height);
        for (var y = 0; y < mixed.Height; y++)
        {
            for (var x = 0; x < ink.Width; x++)
            {
                left[x, y] = mixed[x + FirstColumn(alone), y];
            }
        }

        Assert.True(left.Cropped().IsSameAs(ink));
        Assert.True(Black(mixed) > Black(alone) + Black(Text.Draw("ខ", 500, style)));
    }

    [Fact]
    public void Any_text_at_any_size_stays_in_its_width()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        string[] parts = ["ễ", "Ậ", "g", "W", "j", "ខ្មែរ", "ស្ត្រី", "ក្រុំ", " ", " ", "–", "1", "́", "Я", "漢", "/", "…"];
        for (var round = 0; round < 300; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => parts[random.Next(parts.Length)]));
            var (width, size) = (random.Next(100, 560), random.Next(TextLayout.SmallestSize, 60));
            try
            {
                var block = Text.Draw(text, width, new TextStyle(size, random.Next(2) == 0, (Alignment)random.Next(2), random.Next(1, 5)));
                Assert.InRange(block.Width, width, width + size);
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}, round {round}: '{text}' at {size} in {width}: {exception}");
            }
        }
    }

    private static int Black(Raster dots) => Enumerable.Range(0, dots.Width * dots.Height).Count(i => dots[i % dots.Width, i / dots.Width]);

    // Runs of rows with ink, between white ones.
    private static int Stripes(Raster dots) => Enumerable.Range(0, dots.Height).Count(y => !dots.IsBlank(y) && (y == 0 || dots.IsBlank(y - 1)));

    private static int FirstColumn(Raster dots) => Enumerable.Range(0, dots.Width).First(x => Enumerable.Range(0, dots.Height).Any(y => dots[x, y]));

    private static Raster Rows(Raster dots, int top, int bottom)
    {
        var rows = new Raster(dots.Width, bottom - top);
        for (var i = 0; i < rows.Width * rows.Height; i++)
        {
            rows[i % rows.Width, i / rows.Width] = dots[i % rows.Width, top + (i / rows.Width)];
        }

        return rows;
    }

    private static bool Same(Raster block, Raster end, int top)
    {
        for (var y = 0; y < end.Height; y++)
        {
            for (var x = 0; x < end.Width; x++)
            {
                if (block[block.Width - end.Width + x, top + y] != end[x, y])
                {
                    return false;
                }
            }
        }

        return true;
    }
}
