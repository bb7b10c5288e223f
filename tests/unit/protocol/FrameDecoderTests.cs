using System.Text;
using Reception.Protocol.Serial;
using Xunit;

namespace Reception.Unit.Tests.Protocol;

public sealed class FrameDecoderTests
{
    private readonly FrameDecoder _decoder = new();
    private readonly List<string> _bodies = [];

    [Fact]
    public void The_checksum_has_its_published_check_value() => Assert.Equal(0x29B1, Crc16.Of("123456789"u8));

    [Theory]
    [InlineData("IDENT")]
    [InlineData("PRESS,4294967295,5,-1")]
    [InlineData("HELLO,1,R2611042,1.0.0,17,3,P")]
    public void A_frame_is_read_back_whatever_the_pieces_it_comes_in(string body)
    {
        foreach (var value in Frame.Encode(body))
        {
            Feed([value]);
        }

        Feed(Frame.Encode(body));
        Assert.Equal([body, body], _bodies);
        Assert.Equal(0, _decoder.BadFrames);
    }

    [Fact]
    public void The_longest_body_is_a_frame_and_one_more_is_none()
    {
        var longest = new string('x', Frame.LongestBody);
        Feed(Frame.Encode(longest));
        var tooLong = longest + "x";
        Feed(Encoding.ASCII.GetBytes($"${tooLong}*{Crc16.Of(Encoding.ASCII.GetBytes(tooLong)):X4}\r\n"));
        Assert.Equal([longest], _bodies);
        Assert.Equal(1, _decoder.BadFrames);
        Assert.Throws<ArgumentException>(() => Frame.Encode(tooLong));
    }

    [Theory]
    [InlineData("$IDENT*0000\r\n")]
    [InlineData("$IDENT*{0:x4}\r\n")]
    [InlineData("$IDENT*{0:X4}\n")]
    [InlineData("$IDENT*{0:X4} \r\n")]
    [InlineData("$IDENT{0:X4}\r\n")]
    [InlineData("$ID\u0001ENT*{0:X4}\r\n")]
    [InlineData("$*FFFF\r\n")]
    [InlineData("$IDE")]
    public void What_is_no_frame_is_skipped_and_the_next_one_is_read(string garbage)
    {
        Feed(Encoding.Latin1.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, garbage, (int)Crc16.Of("IDENT"u8))));
        Feed(Frame.Encode("CLOSE"));
        Assert.Equal(["CLOSE"], _bodies);
        Assert.Equal(1, _decoder.BadFrames);
    }

    [Fact]
    public void Noise_between_frames_costs_no_frame()
    {
        const int seed = 20261123;
        var chance = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var noise = new byte[chance.Next(0, 40)];
            chance.NextBytes(noise);
            noise.AsSpan().Replace((byte)'$', (byte)'#');
            Feed(noise);
            Feed(Frame.Encode($"PRESS,{round},3,0"));
        }

        Assert.Equal(Enumerable.Range(0, 2000).Select(round => $"PRESS,{round},3,0"), _bodies);
    }

    [Fact]
    public void Any_bytes_at_all_are_survived_and_a_flipped_bit_is_never_taken_for_a_press()
    {
        const int seed = 4711;
        var chance = new Random(seed);
        var frame = Frame.Encode("PRESS,12,5,340");
        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            var torn = (byte[])frame.Clone();
            torn[bit / 8] ^= (byte)(1 << (bit % 8));
            Feed(torn);
            _decoder.Reset();
        }

        Assert.Empty(_bodies);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[chance.Next(1, 80)];
            chance.NextBytes(bytes);
            Feed(bytes);
        }

        _decoder.Reset();
        _bodies.Clear();
        Feed(frame);
        Assert.Equal(["PRESS,12,5,340"], _bodies);
    }

    /// <summary>
    /// A million frames, each with bits flipped, bytes dropped, doubled or put in, split anywhere: what is read is what was sent, but
    /// for what a sum of 16 bits lets through.
    /// </summary>
    [Fact]
    public void Damaged_frames_give_no_press_that_nobody_made()
    {
        const int seed = 20261125;
        var rounds = Effort.Of(usual: 200_000, all: 1_000_000);
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var chance = new Random(seed);
        var decoder = new FrameDecoder();
        var (sent, taken, strange, after) = (0u, 0, 0, 0);
        var whole = Frame.Encode("BEAT,1,0,0");
        for (var round = 0; round < rounds; round++)
        {
            sent++;
            var bytes = Damage(Frame.Encode($"PRESS,{sent},{1 + (sent % 5)},{sent % 997}"), chance);
            var cut = chance.Next(0, bytes.Length + 1);
            decoder.Feed(bytes.AsSpan(0, cut), Judge);
            decoder.Feed(bytes.AsSpan(cut), Judge);
            // It finds its way back within one frame: the second after the damage is always read.
            var before = after;
            decoder.Feed(whole, Judge);
            decoder.Feed(whole, Judge);
            Assert.True(after > before, $"Lost after round {round}, seed {seed}.");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{rounds} damaged, {taken} were read as they were sent, {strange} passed the sum");
        Assert.True(strange <= 10 * rounds / 65536, $"{strange} strange presses, seed {seed}");
        Assert.True(taken < rounds / 2, "the damage does no damage");

        void Judge(ReadOnlySpan<byte> body)
        {
            switch (RaterMessage.Read(body))
            {
                case RaterMessage.Press press when press.Sequence == sent && press.Level == 1 + (sent % 5) && press.Age == sent % 997:
                    taken++;
                    break;
                case RaterMessage.Press:
                    strange++;
                    break;
                case RaterMessage.Beat:
                    after++;
                    break;
            }
        }
    }

    private static byte[] Damage(byte[] frame, Random chance)
    {
        var bytes = frame.ToList();
        for (var times = chance.Next(1, 4); times > 0 && bytes.Count > 0; times--)
        {
            var place = chance.Next(bytes.Count);
            switch (chance.Next(4))
            {
                case 0:
                    bytes[place] ^= (byte)(1 << chance.Next(8));
                    break;
                case 1:
                    bytes.RemoveAt(place);
                    break;
                case 2:
                    bytes.Insert(place, bytes[place]);
                    break;
                default:
                    bytes.Insert(place, (byte)chance.Next(256));
                    break;
            }
        }

        return [.. bytes];
    }

    private void Feed(ReadOnlySpan<byte> bytes) => _decoder.Feed(bytes, body => _bodies.Add(Encoding.ASCII.GetString(body)));
}
