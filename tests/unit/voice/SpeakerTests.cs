using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hub.Voice;
using Xunit;

namespace Reception.Unit.Tests.Voice;

public sealed class SpeakerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-voice").FullName;

    [Fact]
    public async Task A_sentence_asked_for_by_many_is_spoken_once_and_kept()
    {
        var speaker = Speaker(kept: 10);
        var paths = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => speaker.SpeakAsync("Mời công dân có số thứ tự a không một hai.")));
        var path = Assert.Single(paths.Distinct());
        var wav = await File.ReadAllBytesAsync(path!, TestContext.Current.CancellationToken);
        Assert.Equal("RIFF"u8.ToArray(), wav[..4]);
        Assert.True(wav.Length > 40_000, $"{wav.Length} bytes are no spoken sentence");
        Assert.Equal(path, Assert.Single(Directory.GetFiles(_folder)));
    }

    [Fact]
    public async Task The_oldest_sentences_make_room()
    {
        var speaker = Speaker(kept: 10);
        for (var counter = 1; counter <= 12; counter++)
        {
            Assert.NotNull(await speaker.SpeakAsync($"quầy {SpokenVietnamese.Count(counter)}"));
        }

        Assert.Equal(10, Directory.GetFiles(_folder).Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Speaker Speaker(int kept) => new(new VoiceOptions { Folder = _folder, Kept = kept }, NullLogger<Speaker>.Instance);
}
