using Reception.Hub.Voice;
using Xunit;

namespace Reception.Unit.Tests.Voice;

public sealed class ClipsTests : IDisposable
{
    private static readonly string BuiltIn = Path.Combine(AppContext.BaseDirectory, "voice");

    private readonly string _own = Directory.CreateTempSubdirectory("reception-voice").FullName;

    public void Dispose() => Directory.Delete(_own, recursive: true);

    [Fact]
    public void Every_clip_is_trimmed_as_loud_as_the_others_and_not_cut_at_its_peaks()
    {
        var files = Clips.Languages.SelectMany(language => Announcement.Names.Select(name => Path.Combine(BuiltIn, language, name + ".wav"))).ToList();
        Assert.Equal(2 * 262, files.Count);
        Assert.All(files, file =>
        {
            Assert.True(Recording.TryRead(File.ReadAllBytes(file), out var clip, out var error), error);
            Assert.Null(clip.Error());
            Assert.InRange(clip.Loudness, -22.5, -21.5);
            Assert.InRange(clip.Peak, -22, -1);
            Assert.InRange(clip.Seconds, 0.2, 2.7);
            // A call waits a moment before "to counter", nowhere else.
            Assert.InRange(clip.LeadingSilence, 0, Path.GetFileNameWithoutExtension(file) == "to-counter" ? 0.2 : 0.02);
            Assert.InRange(clip.TrailingSilence, 0, 0.1);
        });
    }

    [Fact]
    public void Every_call_has_its_clips_in_both_languages_without_a_recording_of_the_halls_own()
    {
        var clips = new Clips(BuiltIn, Path.Combine(_own, "none"));
        Assert.Empty(clips.Errors);
        Assert.Equal(0, clips.Own);
        Assert.All(Clips.Languages, language =>
        {
            foreach (var letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            {
                Assert.NotNull(clips.Call(language, $"{letter}001", 1));
            }

            for (var sequence = 1; sequence <= 9_999; sequence++)
            {
                Assert.NotNull(clips.Call(language, $"A{sequence:000}", 1 + (sequence % 999)));
            }
        });
        Assert.Null(clips.Call("km", "A001", 1));
        Assert.Null(clips.Find("..", "call"));
    }

    [Fact]
    public void A_recording_of_the_halls_own_takes_the_place_of_its_clip_alone()
    {
        Record("vi", "digit-3.wav", new WavBytes().Bytes());
        var clips = new Clips(BuiltIn, _own);
        Assert.Empty(clips.Errors);
        Assert.Equal(1, clips.Own);
        Assert.Equal(
            [Path.Combine(BuiltIn, "vi"), Path.Combine(_own, "vi")],
            clips.Call("vi", "A333", 3)!.Select(clip => Path.GetDirectoryName(clip.Path)!).Distinct());
        Assert.Equal(Path.Combine(_own, "vi", "digit-3.wav"), clips.Find("vi", "digit-3")!.Path);
        Assert.Equal(Path.Combine(BuiltIn, "en", "digit-3.wav"), clips.Find("en", "digit-3")!.Path);
    }

    [Fact]
    public void Another_recording_of_a_clip_has_another_address()
    {
        Record("vi", "call.wav", new WavBytes().Bytes());
        var first = new Clips(BuiltIn, _own).Find("vi", "call")!.Address;
        Record("vi", "call.wav", new WavBytes { Seconds = 0.7 }.Bytes());
        Assert.NotEqual(first, new Clips(BuiltIn, _own).Find("vi", "call")!.Address);
        Assert.StartsWith("/voice/vi/call.wav?v=", first, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_recording_is_named_in_one_line_and_the_built_in_clip_stays()
    {
        var stereo = Record("vi", "call.wav", new WavBytes { Channels = 2 }.Bytes());
        var empty = Record("vi", "digit-1.wav", []);
        var large = Record("vi", "digit-2.wav", new byte[Recording.LargestBytes + 1]);
        var unknown = Record("en", "counter-3.wav", new WavBytes().Bytes());
        var khmer = Path.GetDirectoryName(Record("km", "call.wav", new WavBytes().Bytes()))!;
        var clips = new Clips(BuiltIn, _own);
        Assert.Equal(0, clips.Own);
        Assert.Equal(
            [
                $"{unknown}: the file's name is not a valid clip name; allowed are call.wav, to-counter.wav, letter-a.wav to letter-z.wav, "
                    + "digit-0.wav to digit-9.wav, number-1.wav to number-199.wav, and the others in voice.md. The file is ignored.",
                $"{khmer}: the folder's name is not a valid language; allowed are vi and en. The folder is ignored.",
                $"{stereo}: it has 2 channels; 1 (mono) is allowed. The file is ignored.",
                $"{empty}: it has 0 bytes; 1 to 2097152 are allowed. The file is ignored.",
                $"{large}: it has 2097153 bytes; 1 to 2097152 are allowed. The file is ignored.",
            ],
            clips.Errors);
        Assert.All(["call", "digit-1", "digit-2"], name => Assert.Equal(Path.Combine(BuiltIn, "vi", name + ".wav"), clips.Find("vi", name)!.Path));
    }

    [Fact]
    public void A_clip_that_the_program_lacks_is_named_and_only_its_calls_are_not_made()
    {
        var program = Directory.CreateDirectory(Path.Combine(_own, "program")).FullName;
        var good = new WavBytes { Rate = 16_000, Seconds = 0.1 }.Bytes();
        foreach (var language in Clips.Languages)
        {
            Directory.CreateDirectory(Path.Combine(program, language));
            foreach (var name in Announcement.Names)
            {
                File.WriteAllBytes(Path.Combine(program, language, name + ".wav"), good);
            }
        }

        File.Delete(Path.Combine(program, "vi", "digit-7.wav"));
        File.WriteAllBytes(Path.Combine(program, "vi", "digit-8.wav"), []);
        File.WriteAllBytes(Path.Combine(program, "vi", "digit-9.wav"), good[..^1]);
        File.WriteAllBytes(Path.Combine(program, "vi", "number-1.wav"), new byte[good.Length]);

        var clips = new Clips(program, Path.Combine(_own, "none"));
        Assert.Equal(
            [
                $"{Path.Combine(program, "vi")}: 4 clips are missing or broken (digit-7.wav …); calls that need them have the chime alone. "
                    + "Install the program again.",
            ],
            clips.Errors);
        Assert.All(["A007", "A008", "A009"], number => Assert.Null(clips.Call("vi", number, 2)));
        Assert.Null(clips.Call("vi", "A006", 1));
        Assert.NotNull(clips.Call("vi", "A006", 2));
        Assert.NotNull(clips.Call("en", "A007", 1));
    }

    [Fact]
    public void The_hub_starts_no_process_for_a_call_or_for_anything_else() =>
        Assert.DoesNotContain(typeof(Clips).Assembly.GetReferencedAssemblies(), assembly => assembly.Name == "System.Diagnostics.Process");

    private string Record(string language, string name, byte[] file)
    {
        Directory.CreateDirectory(Path.Combine(_own, language));
        var path = Path.Combine(_own, language, name);
        File.WriteAllBytes(path, file);
        return path;
    }
}
