using System.Diagnostics;
using Reception.Device.Printing;
using Reception.Slips;
using Reception.Unit.Tests.Printing;

namespace Reception.Load;

/// <summary>What a slip costs on each printer: bytes, their time on a serial line, and the paper's own time. Yardstick: the whole slip as one raster.</summary>
internal static class SlipsOnTheWire
{
    // 8N1: ten bits a byte.
    private const double BytesPerSecond = 115200 / 10.0;
    private const double DotsPerMillimetre = 8;
    private const int Rounds = 300;

    public static void Measure(Table table)
    {
        foreach (var name in PrinterProfile.Names)
        {
            var profile = PrinterProfile.Read(name);
            var paper = new SlipPaper(SlipTemplate.Default, profile);
            var plain = paper.Make(SampleSlips.Plain);
            var longest = paper.Make(SampleSlips.Longest);
            var whole = plain.Drawing.Dots.Stride * plain.Drawing.Dots.Height;
            for (var round = 0; round < Rounds; round++)
            {
                paper.Make(SampleSlips.Plain);
            }

            var began = Stopwatch.GetTimestamp();
            for (var round = 0; round < Rounds; round++)
            {
                paper.Make(SampleSlips.Plain);
            }

            table.Add(
                $"slip on {name}",
                $"{plain.Bytes.Length:N0} bytes, {plain.Bytes.Length / BytesPerSecond:N2} s at 115200 baud, paper {plain.Drawing.Dots.Height / DotsPerMillimetre / profile.Speed:N2} s, "
                + $"drawn warm in {Stopwatch.GetElapsedTime(began).TotalMilliseconds / Rounds:N2} ms; the longest {longest.Bytes.Length:N0} bytes; as one raster {whole:N0}");
        }
    }
}
