using System.Collections.Immutable;
using System.Globalization;
using Reception.Hall.Simulation;
using Reception.Hosting.Settings;
using Reception.Protocol;

namespace Reception.Simulator;

/// <summary>A demonstration device as <c>devices.tsv</c> has it.</summary>
internal sealed record DemonstrationDevice(string Id, string Kind, int? Counter, string Secret);

/// <summary>The hall that is simulated: where it answers, who works there, and its devices.</summary>
internal sealed record SimulatedHall(
    string Folder, Uri Hub, int MqttPort, Ward Ward, ImmutableArray<string> Officers, ImmutableArray<DemonstrationDevice> Devices)
{
    /// <summary>The demonstration's hub is on this machine.</summary>
    public const string MqttHost = "127.0.0.1";

    /// <summary>The PIN of every demonstration account.</summary>
    public const string Pin = "2580";

    private sealed record HubFile(Uri Http, MqttEntry Mqtt);

    private sealed record MqttEntry(int Port);

    private sealed record HallFile(IReadOnlyList<ServiceEntry> Services, IReadOnlyList<CounterEntry> Counters, IReadOnlyList<OfficerEntry> Officers);

    private sealed record ServiceEntry(string Code, int ExpectedServiceMinutes);

    private sealed record CounterEntry(int Number, IReadOnlyList<string> Services);

    private sealed record OfficerEntry(string Code, string Role);

    public static SimulatedHall Load(string data, string hallPath)
    {
        var hub = Read<HubFile>(Path.Combine(data, "hub.json"));
        var hall = Read<HallFile>(hallPath);
        return new SimulatedHall(
            Path.Combine(data, "simulator"),
            hub.Http,
            hub.Mqtt.Port,
            new Ward(
                [.. hall.Services.Select(one => new WardService(one.Code, TimeSpan.FromMinutes(one.ExpectedServiceMinutes)))],
                // As many counters are staffed as there are officers.
                [.. hall.Counters.Take(hall.Officers.Count(IsOfficer)).Select(one => new WardCounter(one.Number, [.. one.Services]))],
                new WardPace { CrowdAtOpening = 2 }),
            [.. hall.Officers.Where(IsOfficer).Select(one => one.Code)],
            [.. ReadLines(Path.Combine(data, "devices.tsv")).Select(Device)]);
    }

    private static bool IsOfficer(OfficerEntry one) => one.Role == "officer";

    private static T Read<T>(string path) where T : class
    {
        try
        {
            return ProtocolJson.Read<T>(File.ReadAllBytes(path)) ?? throw new SettingsException($"{path}: the content is not that of a demonstration hall.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path}: the file can't be read: {exception.Message}");
        }
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{path}: the devices can't be read: {problem.Message}");
        }
    }

    private static DemonstrationDevice Device(string line) =>
        line.Split('\t') is [var id, var kind, var counter, var secret]
            ? new DemonstrationDevice(id, kind, counter == "-" ? null : int.Parse(counter, CultureInfo.InvariantCulture), secret)
            : throw new SettingsException("devices.tsv: a line has not the four fields id, kind, counter and secret.");
}
