using Reception.Hub.Voice;
using Xunit;

namespace Reception.Unit.Tests.Voice;

public sealed class RecordingTests
{
    public static TheoryData<byte[], string> Wrong => new()
    {
        { [], "it is not a WAV file" },
        { "ID3 an MP3 under another name"u8.ToArray(), "it is not a WAV file" },
        { "RIFF----WAVE"u8.ToArray(), "it has no format" },
        { new WavBytes().Bytes()[..36], "it has no sound" },
        { new WavBytes().Bytes()[..20_000], "it is cut off: a part of 52920 bytes has only 19956" },
        { [.. "RIFF----WAVEfmt "u8, 0xff, 0xff, 0xff, 0xff], "it is cut off: a part of 4294967295 bytes has only 0" },
        { new WavBytes { Encoding = 3 }.Bytes(), "its encoding is 3; 1 (PCM) is allowed" },
        { new WavBytes { Channels = 2 }.Bytes(), "it has 2 channels; 1 (mono) is allowed" },
        { new WavBytes { Bits = 24 }.Bytes(), "it has 24 bits a sample; 16 are allowed" },
        { new WavBytes { Rate = 8_000 }.Bytes(), "it has 8000 samples a second; 16000 to 48000 are allowed" },
        { new WavBytes { Rate = 96_000 }.Bytes(), "it has 96000 samples a second; 16000 to 48000 are allowed" },
        { new WavBytes { Seconds = 0.05 }.Bytes(), "it is 0.05 s long; 0.1 to 10 s are allowed" },
        { new WavBytes { Seconds = 10.5 }.Bytes(), "it is 10.50 s long; 0.1 to 10 s are allowed" },
        { new WavBytes { Amplitude = 0 }.Bytes(), "it is silent" },
        { new WavBytes { Amplitude = 1 }.Bytes(), "its peak is -0.0 dBFS; at most -0.5 dBFS are allowed" },
        { new WavBytes { Amplitude = 0.01 }.Bytes(), "its speech is at -43.0 dBFS (RMS); -30 to -14 dBFS are allowed" },
        { new WavBytes { Amplitude = 0.5 }.Bytes(), "its speech is at -9.0 dBFS (RMS); -30 to -14 dBFS are allowed" },
        { new WavBytes { Silence = 0.5 }.Bytes(), "it starts with 0.50 s of silence; at most 0.3 s are allowed" },
        { new WavBytes { SilenceAfter = 0.8 }.Bytes(), "it ends with 0.80 s of silence; at most 0.3 s are allowed" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_file_is_refused_with_what_is_wrong_and_what_is_allowed(byte[] file, string expected) => Assert.Equal(expected, Error(file));

    [Fact]
    public void A_right_file_is_taken_with_what_other_programs_write_into_it_and_at_either_end_of_the_rates()
    {
        byte[] note = [.. "LIST"u8, 3, 0, 0, 0, .. "odd"u8, 0];
        WavBytes[] files =
        [
            new(), new() { OtherChunk = note }, new() { Rate = 16_000 }, new() { Rate = 48_000, Silence = 0.29, SilenceAfter = 0.29 },
        ];
        Assert.All(files, file => Assert.Null(Error(file.Bytes())));
    }

    [Fact]
    public void No_file_that_is_cut_or_changed_anywhere_throws()
    {
        const int seed = 11;
        var random = new Random(seed);
        var good = new WavBytes { Rate = 16_000, Seconds = 0.12 }.Bytes();
        for (var round = 0; round < 5_000; round++)
        {
            var file = good[..random.Next(good.Length + 1)];
            for (var change = 0; change < 3 && file.Length > 0; change++)
            {
                file[random.Next(Math.Min(file.Length, 60))] = (byte)random.Next(256);
            }

            var thrown = Xunit.Record.Exception(() => Error(file));
            Assert.True(thrown is null, $"seed {seed}, round {round}: {thrown}");
        }
    }

    private static string? Error(byte[] file) => Recording.TryRead(file, out var recording, out var error) ? recording.Error() : error;
}
