using System.Text;
using Reception.Device.Printing;
using Xunit;

namespace Reception.Unit.Tests.Printing;

public sealed class EscPosTests
{
    [Fact]
    public void A_slip_is_initialised_fed_printed_in_a_cropped_band_and_cut()
    {
        var dots = new Raster(SlipDrawing.Width, 20);
        dots.Fill(left: 100, top: 10, width: 20, height: 2);

        var bytes = EscPosEncoder.Encode(new SlipDrawing([new SlipPart(dots, 1)]));

        Assert.Equal(
            "1B40 1D50CBCB 1B4A0A 1D4C6000 1D763000 0300 0200 0FFFFF 0FFFFF 1B4A08 1D564200".Replace(" ", "", StringComparison.Ordinal),
            Convert.ToHexString(bytes));
    }

    [Fact]
    public void A_part_at_half_resolution_is_sent_doubled_at_its_place()
    {
        var dots = new Raster(SlipDrawing.Width / 2, 2);
        dots.Fill(left: 16, top: 0, width: 8, height: 2);

        var bytes = EscPosEncoder.Encode(new SlipDrawing([new SlipPart(dots, 2)]));

        Assert.Equal("1B401D50CBCB1D4C20001D76300301000200FFFF1D564200", Convert.ToHexString(bytes));
        var paper = PaperReader.Read(bytes);
        Assert.True(paper[32, 0] && paper[47, 3] && !paper[31, 0] && !paper[48, 3]);
        Assert.Equal(4, paper.Height);
    }

    [Fact]
    public void A_long_feed_is_said_in_steps_of_255_dots()
    {
        var dots = new Raster(SlipDrawing.Width, 300);

        var bytes = EscPosEncoder.Encode(new SlipDrawing([new SlipPart(dots, 1)]));

        Assert.Equal("1B401D50CBCB1B4AFF1B4A2D1D564200", Convert.ToHexString(bytes));
        Assert.Equal(300, PaperReader.Read(bytes).Height);
    }

    [Fact]
    public void A_tall_band_is_split_for_small_buffers_without_a_seam()
    {
        var dots = new Raster(SlipDrawing.Width, 130);
        dots.Fill(left: 0, top: 0, width: SlipDrawing.Width, height: 130);
        var drawing = new SlipDrawing([new SlipPart(dots, 1)]);

        var bytes = EscPosEncoder.Encode(drawing);

        Assert.Equal(3, Encoding.Latin1.GetString(bytes).Split("\u001dv0").Length - 1);
        Assert.True(PaperReader.Read(bytes).IsSameAs(drawing.ToRaster()));
    }

    [Theory]
    [InlineData("1B40")]
    [InlineData("1B4041")]
    [InlineData("1D76300001000200FF")]
    [InlineData("1B")]
    public void Bytes_that_are_no_whole_slip_are_no_paper(string hex) =>
        Assert.Throws<FormatException>(() => PaperReader.Read(Convert.FromHexString(hex)));
}
