using System.Buffers.Binary;

namespace Reception.Unit.Tests.Voice;

/// <summary>A WAV file with a tone in it, for recordings that are right and wrong.</summary>
internal sealed record WavBytes
{
    public ushort Encoding { get; init; } = 1;
    public ushort Channels { get; init; } = 1;
    public ushort Bits { get; init; } = 16;
    public int Rate { get; init; } = 44_100;
    public double Seconds { get; init; } = 0.6;
    public double Silence { get; init; }
    public double SilenceAfter { get; init; }
    public double Amplitude { get; init; } = 0.12;

    /// <summary>What other programs write before the sound.</summary>
    public byte[] OtherChunk { get; init; } = [];

    public byte[] Bytes()
    {
        var sound = new byte[2 * (int)((Silence + Seconds + SilenceAfter) * Rate)];
        for (var index = (int)(Silence * Rate); index < (int)((Silence + Seconds) * Rate); index++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(sound.AsSpan(2 * index), (short)(32_767 * Amplitude * Math.Sin(index * 2 * Math.PI * 200 / Rate)));
        }

        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write("RIFF"u8);
        writer.Write(36 + OtherChunk.Length + sound.Length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write(Encoding);
        writer.Write(Channels);
        writer.Write(Rate);
        writer.Write(Rate * Channels * Bits / 8);
        writer.Write((ushort)(Channels * Bits / 8));
        writer.Write(Bits);
        writer.Write(OtherChunk);
        writer.Write("data"u8);
        writer.Write(sound.Length);
        writer.Write(sound);
        return file.ToArray();
    }
}
