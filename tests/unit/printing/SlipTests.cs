using Reception.Device.Printing;
using Xunit;

namespace Reception.Unit.Tests.Printing;

public sealed class SlipTests
{
    public static TheoryData<string> Names { get; } = ["plain", "longest", "english", "afternoon", "priority"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_paper_of_the_byte_stream_is_the_layout_dot_for_dot(string name)
    {
        var drawing = SlipLayout.Draw(Named(name));

        var paper = PaperReader.Read(EscPosEncoder.Encode(drawing));

        Assert.True(paper.IsSameAs(drawing.ToRaster()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_touches_the_edge_of_the_paper(string name)
    {
        var paper = SlipLayout.Draw(Named(name)).ToRaster();

        Assert.Equal(SlipDrawing.Width, paper.Width);
        Assert.True(paper.IsBlank(0) && paper.IsBlank(paper.Height - 1));
        Assert.All(Enumerable.Range(0, paper.Height), y => Assert.True(paper.Row(y)[0] == 0 && paper.Row(y)[^1] == 0, $"row {y}"));
    }

    [Fact]
    public void A_long_service_name_is_set_smaller_and_its_last_word_stays()
    {
        var whole = SlipLayout.Draw(SampleSlips.Longest);
        var shorter = SlipLayout.Draw(SampleSlips.Longest with { Service = SampleSlips.Longest.Service.Replace(" nặng", " nhẹ", StringComparison.Ordinal) });

        Assert.False(whole.ToRaster().IsSameAs(shorter.ToRaster()));
    }

    [Theory]
    [InlineData("A001")]
    [InlineData("A1000")]
    [InlineData("M9999")]
    public void A_number_fills_most_of_the_paper_whatever_its_length(string number)
    {
        var paper = SlipLayout.Draw(SampleSlips.Plain with { Number = number, Link = null, Hall = "" }).ToRaster();

        // The number's strokes are the only runs of 20 black dots.
        var (left, right) = WidestSpan(paper, run: 20);
        Assert.InRange(right - left, 340, 480);
    }

    [Fact]
    public void Control_characters_of_a_name_never_reach_the_paper_or_the_line()
    {
        var clean = SampleSlips.Plain with { Service = "Hộ tịch", Hall = "Một cửa" };
        var dirty = SampleSlips.Plain with { Service = "Hộ\u0007 \u001b\u202Etịch\u200b", Hall = "Một\r\n\u001dcửa\0" };

        Assert.Equal(EscPosEncoder.Encode(SlipLayout.Draw(clean)), EscPosEncoder.Encode(SlipLayout.Draw(dirty)));
    }

    [Fact]
    public void A_copy_says_so_and_a_first_paper_does_not()
    {
        var first = SlipLayout.Draw(SampleSlips.Plain).ToRaster();
        var copy = SlipLayout.Draw(SampleSlips.Plain with { Copy = true }).ToRaster();

        Assert.InRange(copy.Height - first.Height, 40, 100);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(60, 1)]
    [InlineData(61, 2)]
    [InlineData(5940, 99)]
    [InlineData(5941, 100)]
    [InlineData(int.MaxValue, 35791395)]
    public void A_wait_is_told_in_whole_minutes_rounded_up(int seconds, int minutes) =>
        Assert.Equal(minutes, WaitEstimate.Minutes(seconds));

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

    private static Slip Named(string name) => name switch
    {
        "longest" => SampleSlips.Longest,
        "english" => SampleSlips.Plain with { Language = "en" },
        "afternoon" => SampleSlips.Plain with { ForwardNextDayAfter = "15:00" },
        "priority" => SampleSlips.Plain with { Priority = true, Number = "A1000", EstimatedWaitSeconds = null, Ahead = 0 },
        _ => SampleSlips.Plain,
    };
}
