using System.Globalization;
using System.Text;
using Reception.Hosting;
using Reception.Hub.Site;
using Reception.Protocol;

namespace Reception.Hub.Demonstration;

/// <summary>The devices of a demonstration hall, whose secrets lie in files.</summary>
internal static class DemonstrationDevices
{
    public const string Kiosk = "kiosk-1";
    private const int BenchKiosks = 8;

    public static string Rater(int counter) => string.Create(CultureInfo.InvariantCulture, $"rater-{counter}");

    /// <summary>Makes the secrets that are missing; every secret lies in a file of its own and in <c>devices.tsv</c>.</summary>
    public static List<Device> WriteSecrets(string folder, HallFile file)
    {
        var secrets = PrivateFile.MakeFolder(Path.Combine(folder, "secrets"));
        var (table, devices) = (new StringBuilder(), new List<Device>());
        foreach (var (id, kind, counter) in Devices(file))
        {
            var path = Path.Combine(secrets, $"{id}.secret");
            if (!File.Exists(path))
            {
                PrivateFile.Write(path, Secrets.New());
            }

            var secret = File.ReadAllText(path).Trim();
            devices.Add(new Device(id, kind, counter, Secrets.Hash(secret)));
            var number = counter?.ToString(CultureInfo.InvariantCulture) ?? "-";
            table.Append(CultureInfo.InvariantCulture, $"{id}\t{kind}\t{number}\t{secret}\n");
        }

        PrivateFile.Write(Path.Combine(folder, "devices.tsv"), table.ToString());
        return devices;
    }

    private static IEnumerable<(string Id, string Kind, int? Counter)> Devices(HallFile file)
    {
        yield return (Kiosk, DeviceKinds.Kiosk, null);
        foreach (var counter in file.Counters)
        {
            yield return (Rater(counter.Number), DeviceKinds.Rater, counter.Number);
            yield return ($"desk-{counter.Number}", DeviceKinds.CounterAgent, counter.Number);
        }

        for (var number = 1; number <= BenchKiosks; number++)
        {
            yield return ($"bench-{number}", DeviceKinds.Kiosk, null);
        }
    }
}
