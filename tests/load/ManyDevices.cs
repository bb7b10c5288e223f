using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Reception.Hub.Site;
using Reception.Mqtt;
using Reception.Protocol;

namespace Reception.Load;

/// <summary>Five hundred connected devices, and all of them coming back at the same moment: what it costs the hub, and its other devices.</summary>
internal static class ManyDevices
{
    public const int Devices = 500;
    private const int Tickets = 40;

    /// <summary>Registers them; the hub reads them when it starts.</summary>
    public static void Register(LoadHall hall)
    {
        var options = new SqliteConnectionStringBuilder { DataSource = Path.Combine(hall.Folder, "hub.db"), Pooling = false };
        using var database = new SqliteConnection(options.ToString());
        database.Open();
        using var all = database.BeginTransaction();
        for (var number = 1; number <= Devices; number++)
        {
            database.Execute(
                "INSERT INTO device(id, kind, counter, verifier, added_at) VALUES (@id, @kind, NULL, @verifier, 0)",
                new { id = Id(number), kind = DeviceKinds.Display, verifier = Secrets.Hash(Id(number)) },
                all);
        }

        all.Commit();
    }

    public static async Task MeasureAsync(LoadHall hall, Table table, CancellationToken cancellation)
    {
        await using var observer = await hall.ConnectAsync("bench-7", cancellation, Topics.Hall);
        table.Add("ticket to hall at a device, alone", await DelaysAsync(hall, observer, cancellation));
        table.Add("memory of the hub, one device", hall.Memory());
        var (links, alone) = await ConnectAllAsync(hall, cancellation);
        table.Add($"{Devices} devices connected and subscribed after", alone.ToString("0.00 s", CultureInfo.InvariantCulture));
        table.Add($"memory of the hub, {Devices} devices", hall.Memory());
        table.Add($"ticket to hall at a device, {Devices} devices", await DelaysAsync(hall, observer, cancellation));

        var gone = Task.WhenAll(links.Select(link => link.DisposeAsync().AsTask()));
        var storm = Task.Run(() => ConnectAllAsync(hall, cancellation), cancellation);
        var delays = await DelaysAsync(hall, observer, cancellation);
        await gone;
        var (again, back) = await storm;
        table.Add($"{Devices} devices back at once after", back.ToString("0.00 s", CultureInfo.InvariantCulture));
        table.Add("ticket to hall at a device, meanwhile", delays);
        await Task.WhenAll(again.Select(link => link.DisposeAsync().AsTask()));
    }

    public static async Task<(IReadOnlyList<MqttLink> Links, double Seconds)> ConnectAllAsync(LoadHall hall, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        var links = Enumerable.Range(1, Devices).Select(number => Link(hall, Id(number))).ToList();
        links.ForEach(link => link.Start());
        await LoadHall.UntilAsync($"{Devices} devices", () => links.TrueForAll(link => link.IsConnected), cancellation);
        return (links, Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private static MqttLink Link(LoadHall hall, string id) => new(
        new MqttLinkOptions { Host = "127.0.0.1", Port = hall.MqttPort, User = id, Secret = id, Subscriptions = [Topics.Hall] },
        TimeProvider.System,
        NullLogger<MqttLink>.Instance);

    /// <summary>From a ticket's answer to the hall that counts it; the hub publishes at most five times a second.</summary>
    private static async Task<string> DelaysAsync(LoadHall hall, IMqttLink observer, CancellationToken cancellation)
    {
        var (counter, officer, service) = hall.Desks[1];
        using var client = new LoadCounter(hall, counter, officer, service);
        var delays = new Latencies();
        for (var ticket = 0; ticket < Tickets; ticket++)
        {
            while (observer.Messages.TryRead(out _))
            {
            }

            client.Issue();
            var issued = Stopwatch.GetTimestamp();
            await observer.Messages.ReadAsync(cancellation);
            delays.Add(issued);
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, cancellation);
        }

        return delays.ToString();
    }

    private static string Id(int number) => $"many-{number.ToString(CultureInfo.InvariantCulture)}";
}
