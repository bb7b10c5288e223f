using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Reception.Protocol.Serial;
using Reception.Unit.Tests.Serial;

namespace Reception.Load;

/// <summary>A five-button rater's press on the line until the counter agent has it on its disk and says so.</summary>
internal static class PressToAcknowledgement
{
    private const int Desk = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Measure(LoadHall hall, int rounds, Table table)
    {
        var folder = Directory.CreateDirectory(Path.Combine(hall.Folder, "desk")).FullName;
        using var box = new Pty();
        using var agent = LoadHall.StartAgent(Configure(hall, folder, box.Path));
        var heard = new FrameDecoder();
        Await(box, heard, RaterOrders.Identify);
        box.Write(Frame.Encode("HELLO,1,LOAD0001,1.0.0,0,1,P"));
        var latencies = new Latencies();
        for (var round = -20; round < rounds; round++)
        {
            var sequence = (uint)(round + 20);
            var begun = Stopwatch.GetTimestamp();
            box.Write(Frame.Encode(string.Create(CultureInfo.InvariantCulture, $"PRESS,{sequence},5,90")));
            Await(box, heard, RaterOrders.Acknowledge(sequence));
            if (round >= 0)
            {
                latencies.Add(begun);
            }
        }

        agent.Kill();
        agent.WaitForExit();
        table.Add("rater's frame to disk to ACK", latencies.ToString());
    }

    private static string Configure(LoadHall hall, string folder, string port)
    {
        var file = Path.Combine(folder, "served.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            device = $"desk-{Desk}",
            counter = Desk,
            data = folder,
            broker = new { host = "127.0.0.1", port = hall.MqttPort, secretFile = Path.Combine(hall.Folder, "secrets", $"desk-{Desk}.secret") },
            serial = new[] { new { role = "rater", path = port } },
        }));
        return file;
    }

    private static void Await(Pty box, FrameDecoder heard, string wanted)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var isThere = false; !isThere;)
        {
            heard.Feed(box.Read(100), body => isThere |= Encoding.ASCII.GetString(body) == wanted);
            if (Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw new InvalidOperationException($"The agent did not say {wanted}.");
            }
        }
    }
}
