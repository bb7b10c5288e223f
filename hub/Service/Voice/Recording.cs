using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Reception.Hub.Voice;

/// <summary>A clip's sound: a WAV file of 16 bits, mono. Loudness and peak are in dBFS.</summary>
internal sealed class Recording
{
    public const int LargestBytes = 2 * 1024 * 1024;

    private const int LowestRate = 16_000;
    private const int HighestRate = 48_000;
    private const double ShortestSeconds = 0.1;
    private const double LongestSeconds = 10;
    private const double MostSilenceSeconds = 0.3;
    private const double QuietestSpeech = -30;
    private const double LoudestSpeech = -14;
    private const double HighestPeak = -0.5;

    private readonly int _rate;
    private readonly float[] _samples;

    private Recording(int rate, float[] samples)
    {
        (_rate, _samples) = (rate, samples);
        var moment = (int)(rate * 0.005);
        var moments = Frames(moment);
        var audible = moments.DefaultIfEmpty().Max() * Math.Pow(10, -40 / 20.0);
        LeadingSilence = (double)Math.Max(0, Array.FindIndex(moments, level => level > audible)) * moment / rate;
        TrailingSilence = Seconds - ((1.0 + Array.FindLastIndex(moments, level => level > audible)) * moment / rate);
        var frames = Frames((int)(rate * 0.02));
        var spoken = frames.DefaultIfEmpty().Max() * Math.Pow(10, -30 / 20.0);
        Loudness = Decibels(Math.Sqrt(frames.Where(level => level > spoken).Select(level => level * level).DefaultIfEmpty().Average()));
        Peak = Decibels(_samples.Select(Math.Abs).DefaultIfEmpty().Max());
    }

    public double Seconds => (double)_samples.Length / _rate;

    /// <summary>Seconds before the first 5 ms frame within 40 dB of the loudest one.</summary>
    public double LeadingSilence { get; }

    /// <summary>Seconds after the last such frame.</summary>
    public double TrailingSilence { get; }

    /// <summary>The RMS of speech: of the 20 ms frames within 30 dB of the loudest one.</summary>
    public double Loudness { get; }

    public double Peak { get; }

    /// <summary>Reads a file, or says what is wrong with its format and what is allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out Recording? recording, [NotNullWhen(false)] out string? error)
    {
        recording = null;
        error = Find(file, out var format, out var data) ?? ErrorOf(format, data);
        if (error is not null)
        {
            return false;
        }

        var samples = new float[data.Length / 2];
        for (var index = 0; index < samples.Length; index++)
        {
            samples[index] = BinaryPrimitives.ReadInt16LittleEndian(data[(2 * index)..]) / 32768f;
        }

        recording = new Recording(Rate(format), samples);
        return true;
    }

    /// <summary>Why it does not fit among the other clips, or null.</summary>
    public string? Error() =>
        Seconds is < ShortestSeconds or > LongestSeconds
            ? Text($"it is {Seconds:0.00} s long; {ShortestSeconds} to {LongestSeconds} s are allowed")
        : double.IsNegativeInfinity(Loudness) ? "it is silent"
        : Peak > HighestPeak ? Text($"its peak is {Peak:0.0} dBFS; at most {HighestPeak} dBFS are allowed")
        : Loudness is < QuietestSpeech or > LoudestSpeech
            ? Text($"its speech is at {Loudness:0.0} dBFS (RMS); {QuietestSpeech} to {LoudestSpeech} dBFS are allowed")
        : LeadingSilence > MostSilenceSeconds
            ? Text($"it starts with {LeadingSilence:0.00} s of silence; at most {MostSilenceSeconds} s are allowed")
        : TrailingSilence > MostSilenceSeconds
            ? Text($"it ends with {TrailingSilence:0.00} s of silence; at most {MostSilenceSeconds} s are allowed")
        : null;

    /// <summary>Whether a file begins as a WAV file and is as long as it says: cheap enough to ask of every clip at each start.</summary>
    public static bool IsWhole(FileInfo file)
    {
        Span<byte> start = stackalloc byte[12];
        using var handle = File.OpenHandle(file.FullName);
        return RandomAccess.Read(handle, start, 0) == start.Length && start[..4].SequenceEqual("RIFF"u8) && start[8..].SequenceEqual("WAVE"u8)
            && BinaryPrimitives.ReadUInt32LittleEndian(start[4..]) == file.Length - 8;
    }

    /// <summary>Finds the format and the sound among the chunks that programs write into a file.</summary>
    private static string? Find(ReadOnlySpan<byte> file, out ReadOnlySpan<byte> format, out ReadOnlySpan<byte> data)
    {
        format = data = default;
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
        {
            return "it is not a WAV file";
        }

        for (var rest = file[12..]; rest.Length >= 8;)
        {
            var name = rest[..4];
            var size = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            rest = rest[8..];
            if (size > rest.Length)
            {
                return Text($"it is cut off: a part of {size} bytes has only {rest.Length}");
            }

            var body = rest[..(int)size];
            if (name.SequenceEqual("fmt "u8))
            {
                format = body;
            }
            else if (name.SequenceEqual("data"u8))
            {
                data = body;
            }

            rest = rest[Math.Min(rest.Length, body.Length + (body.Length % 2))..];
        }

        return format.Length < 16 ? "it has no format" : data.Length < 2 ? "it has no sound" : null;
    }

    private static string? ErrorOf(ReadOnlySpan<byte> format, ReadOnlySpan<byte> data)
    {
        var (tag, channels) = (BinaryPrimitives.ReadUInt16LittleEndian(format), BinaryPrimitives.ReadUInt16LittleEndian(format[2..]));
        var (rate, bits) = (Rate(format), BinaryPrimitives.ReadUInt16LittleEndian(format[14..]));
        return tag != 1 ? Text($"its encoding is {tag}; 1 (PCM) is allowed")
            : channels != 1 ? Text($"it has {channels} channels; 1 (mono) is allowed")
            : bits != 16 ? Text($"it has {bits} bits a sample; 16 are allowed")
            : rate is < LowestRate or > HighestRate ? Text($"it has {(uint)rate} samples a second; {LowestRate} to {HighestRate} are allowed")
            : data.Length % 2 != 0 ? "it is cut off within a sample"
            : null;
    }

    private static int Rate(ReadOnlySpan<byte> format) => BinaryPrimitives.ReadInt32LittleEndian(format[4..]);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Decibels(double level) => 20 * Math.Log10(level);

    /// <summary>The RMS of each whole frame.</summary>
    private double[] Frames(int length)
    {
        var levels = new double[_samples.Length / length];
        for (var frame = 0; frame < levels.Length; frame++)
        {
            var sum = 0.0;
            foreach (var sample in _samples.AsSpan(frame * length, length))
            {
                sum += sample * sample;
            }

            levels[frame] = Math.Sqrt(sum / length);
        }

        return levels;
    }
}
