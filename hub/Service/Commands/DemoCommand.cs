using System.CommandLine;
using System.Globalization;
using System.Text;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Protocol;
using Reception.Settings;
using Command = System.CommandLine.Command;

namespace Reception.Hub.Commands;

/// <summary><c>hub demo</c>: makes a demonstration hall, with accounts whose PIN everybody knows and devices for every counter.</summary>
internal static class DemoCommand
{
    public const string Pin = "2580";
    private const int BenchKiosks = 8;

    public static Command Make()
    {
        var data = new Option<string>("--data") { Description = "The data folder.", Required = true };
        var hall = new Option<string>("--hall") { Description = "The hall: a JSON file in the form of demo/hall.json.", Required = true };
        var command = new Command("demo", "Makes or refreshes a demonstration hall; devices and their secrets stay.") { data, hall };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(data), parsed.GetRequiredValue(hall)));
        return command;
    }

    private static int Run(string data, string hall)
    {
        var file = HallFile.Load(hall);
        var folder = DataFolder.Make(data);
        using var book = SetupBook.Open(folder);
        if (book.HasHall && !book.Current.IsDemonstration)
        {
            throw new StartException($"--data: {folder} holds a real hall; the demonstration needs a folder of its own.");
        }

        RunningDay.Demand(folder, book, file, forThoseWhoWait: true, TimeProvider.System);
        book.Together(() =>
        {
            book.SetHall(file, demonstration: true);
            SetPins(book, file);
            WriteDevices(folder, book, file);
        });
        return 0;
    }

    /// <summary>Everybody knows the PIN, so all may share one hash: hashing sixty would take seconds.</summary>
    private static void SetPins(SetupBook book, HallFile file)
    {
        var known = book.Current.Pins.Values.Distinct().Where(hash => Pins.Verify("", hash, Pin)).ToHashSet();
        var hash = known.FirstOrDefault() ?? Pins.Hash("", Pin);
        foreach (var officer in file.Officers.Where(officer => !known.Contains(book.Current.Pins.GetValueOrDefault(officer.Code, ""))))
        {
            book.SetPin(officer.Code, hash);
        }
    }

    /// <summary>Registers what is missing; every secret lies in a file of its own and in <c>devices.tsv</c>.</summary>
    private static void WriteDevices(string folder, SetupBook book, HallFile file)
    {
        var secrets = Directory.CreateDirectory(Path.Combine(folder, "secrets"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var table = new StringBuilder();
        foreach (var (id, kind, counter) in Devices(file))
        {
            var path = Path.Combine(secrets.FullName, $"{id}.secret");
            if (!File.Exists(path))
            {
                PrivateFile.Write(path, Secrets.New());
            }

            var secret = File.ReadAllText(path).Trim();
            if (!book.Current.Devices.TryGetValue(id, out var known) || known.Counter != counter || !Secrets.Matches(secret, known.SecretHash))
            {
                book.AddDevice(new Device(id, kind, counter, Secrets.Hash(secret)), TimeProvider.System.GetUtcNow());
            }

            table.Append(CultureInfo.InvariantCulture, $"{id}\t{kind}\t{counter?.ToString(CultureInfo.InvariantCulture) ?? "-"}\t{secret}\n");
        }

        PrivateFile.Write(Path.Combine(folder, "devices.tsv"), table.ToString());
    }

    private static IEnumerable<(string Id, string Kind, int? Counter)> Devices(HallFile file)
    {
        yield return ("kiosk-1", DeviceKinds.Kiosk, null);
        foreach (var counter in file.Counters)
        {
            yield return ($"rater-{counter.Number}", DeviceKinds.Rater, counter.Number);
            yield return ($"desk-{counter.Number}", DeviceKinds.CounterAgent, counter.Number);
        }

        for (var number = 1; number <= BenchKiosks; number++)
        {
            yield return ($"bench-{number}", DeviceKinds.Kiosk, null);
        }
    }
}
