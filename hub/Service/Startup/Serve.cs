using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Reception.Hosting;
using Reception.Hosting.Settings;
using Reception.Hub.Api;
using Reception.Hub.Backup;
using Reception.Hub.Broker;
using Reception.Hub.Certificates;
using Reception.Hub.Devices;
using Reception.Hub.Journal;
using Reception.Hub.Metrics;
using Reception.Hub.Metrics.Export;
using Reception.Hub.OpenApi;
using Reception.Hub.Options;
using Reception.Hub.Pairing;
using Reception.Hub.Phones;
using Reception.Hub.Province;
using Reception.Hub.Record;
using Reception.Hub.Rendering;
using Reception.Hub.Screens;
using Reception.Hub.Security;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Hub.Statistics;
using Reception.Hub.Tickets;
using Reception.Hub.Tools;
using Reception.Hub.Voice;
using Reception.Theme;

namespace Reception.Hub.Startup;

/// <summary>The boot story of the service.</summary>
internal static class Serve
{
    // A supervisor starts it again: until then nobody is served.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(string configuration)
    {
        var options = ProgramSettings.Open(configuration, "hub").Read<HubOptions>();
        try
        {
            return await RunAsync(options);
        }
        catch (Exception exception) when (HubDatabase.IsDamage(exception))
        {
            throw new HubDatabase(options.Data).Damaged(exception);
        }
        catch (Exception exception) when (FolderFault.Is(exception))
        {
            Supervision.Tell("hub", $"data: {FolderFault.Line(options.Data, exception)}");
            return 1;
        }
    }

    private static async Task<int> RunAsync(HubOptions options)
    {
        using var folder = FolderLock.Take(options.Data);
        DemandLoopback(options, ReadSetup(options));
        var https = HttpsOf(options);
        DemandFreePorts(options, https);

        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, ApplicationName = "hub" });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // One after the other: where /readyz answers, devices can connect.
            kestrel.ListenMqtt(options.Mqtt);
            foreach (var address in options.Addresses())
            {
                kestrel.ListenHttp(address, https);
            }

            if (https is not null)
            {
                kestrel.ListenHttps(https);
            }

            kestrel.ListenLocal(options.Data);
        });
        if (OperatingSystem.IsWindows())
        {
            builder.WebHost.UseNamedPipes();
        }

        builder.Logging.ClearProviders().AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);

        builder.AddTheme(typeof(Serve).Assembly);

        var failure = new TaskCompletionSource<Exception>();
        builder.Services
            .AddSingleton(options)
            .AddSingleton<SetupBook>()
            .AddSingleton<WardCertificate>()
            .AddSingleton(DiskSpace.Of(options))
            .AddHostedService<WatchDisk>()
            .AddSingleton(new HallClock(TimeProvider.System))
            .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<HallClock>())
            .AddHubMetrics()
            .AddHall(failure)
            .AddDevices()
            .AddStaff()
            .AddPhones(options)
            .AddApi()
            .AddScreens()
            .AddVoice()
            .AddProvince(options.Province, services =>
                new ForwardedEvents(services.GetRequiredService<Renderer>(), services.GetRequiredService<SetupBook>(), services.GetRequiredService<HubDatabase>().OpenReader).Render)
            .AddSupervision(services => services.GetRequiredService<JournalWriter>().IsAlive);

        await using var app = builder.Build();
        await StartJournalAsync(app.Services, failure.Task);
        app.Services.GetRequiredService<WardCertificate>().Load();
        LogLeftOut(options, app.Logger);
        app.UseStrictTransport();
        app.UseBrowserRules([.. options.Addresses(), .. options.PublicAddress is { } address ? [new Uri(address)] : Array.Empty<Uri>()]);
        app.UsePlainHttp(https?.Port);
        app.UseSessionRules();
        app.UseRefusalNotes();
        app.Use(new DamagedReads(
            app.Services.GetRequiredService<HubDatabase>(), app.Services.GetRequiredService<ILogger<DamagedReads>>()).HandleAsync);
        app.MapHealth();
        app.MapAuthority();
        app.MapHubMetrics();
        app.MapApi();
        app.MapApiPage();
        app.UseTheme();
        app.MapScreens();
        app.MapTools();

        await app.StartAsync();
        LocalSocket.Protect(options.Data);
        var shutdown = app.WaitForShutdownAsync();
        var ended = await Task.WhenAny(shutdown, failure.Task);
        app.Services.GetRequiredService<JournalWriter>().Dispose();
        if (ended == shutdown)
        {
            return 0;
        }

        // Services that are told to end say nothing of it; a request that does not end in time is cut off.
        app.Lifetime.StopApplication();
        await Task.WhenAny(shutdown, Task.Delay(LongestEnd, TimeProvider.System));
        return 1;
    }

    /// <summary>Where other machines reach the hub, there is TLS, with the hall's own certificate where no other is set.</summary>
    private static HttpsOptions? HttpsOf(HubOptions options)
    {
        var isOwn = options.Https is null && options.IsOnNetwork();
        var own = isOwn || HallAuthority.Find(options.Data) is not null ? HallAuthority.Make(options.Data) : null;
        return isOwn ? new HttpsOptions { Certificate = own!.Certificate, Key = own.Key } : options.Https;
    }

    private static void LogLeftOut(HubOptions options, ILogger log)
    {
        if (HallAuthority.Find(options.Data) is { } authority
            && HallAuthority.LeftOut(authority, HallAuthority.MachineNames(), HallAuthority.MachineAddresses()) is { Count: > 0 } leftOut)
        {
            log.LogWarning(new EventId(1021),
                "tls: the hall's authority may not issue a certificate for {Names}: browsers and devices can't use them with TLS. Use another name or address of the hub, "
                + "or bring a certificate of the ward's own", string.Join(", ", leftOut));
        }
    }

    /// <summary>A port that is taken is told before anything starts.</summary>
    private static void DemandFreePorts(HubOptions options, HttpsOptions? https)
    {
        foreach (var address in options.Addresses())
        {
            DemandFree("http", new IPEndPoint(AddressOf(address) ?? IPAddress.Any, address.Port), $"{address}");
        }

        if (https is not null)
        {
            DemandFree("https", new IPEndPoint(IPAddress.Parse(https.Address), https.Port), $"port {https.Port}");
        }

        foreach (var endPoint in options.Mqtt.EndPoints)
        {
            DemandFree("mqtt", endPoint, $"{endPoint}");
        }
    }

    private static void DemandFree(string key, IPEndPoint endPoint, string shown)
    {
        using var probe = new TcpListener(endPoint);
        try
        {
            probe.Start();
        }
        catch (SocketException exception)
        {
            throw new StartException($"{key}: {shown} can't be listened on ({exception.Message}); stop the program that does, or choose another port.");
        }
    }

    private static void ListenHttp(this KestrelServerOptions kestrel, Uri address, HttpsOptions? https)
    {
        if (address.Host == "localhost")
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else if (AddressOf(address) is { } ip)
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Configure);
        }

        void Configure(ListenOptions listen)
        {
            if (address.Scheme == Uri.UriSchemeHttps)
            {
                listen.UseHttps();
            }
            else if (https is not null)
            {
                listen.UseHttpsWhereAsked(https);
            }
        }
    }

    /// <summary>The address that a host stands for; null for every address of this machine.</summary>
    private static IPAddress? AddressOf(Uri address) =>
        address.Host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) ? ip : null;

    /// <summary>Opens the journal and waits until the present day is read: nothing is served before.</summary>
    private static async Task StartJournalAsync(IServiceProvider services, Task<Exception> failure)
    {
        var board = services.GetRequiredService<HallBoard>();
        var journal = services.GetRequiredService<JournalWriter>();
        journal.Start();
        var ready = journal.ReadyAsync();
        if (await Task.WhenAny(ready, failure) == failure)
        {
            var reason = await failure;
            throw FolderFault.Is(reason) || HubDatabase.IsDamage(reason) || reason is StartException ? reason
                : new StartException($"data: the journal can't be read: {reason.Message} If the file is damaged, restore a backup with `hub restore`.");
        }

        var database = services.GetRequiredService<HubDatabase>();
        services.GetRequiredService<Sessions>().Load(database);
        services.GetRequiredService<TicketLinks>().Load(database, board);
        services.GetRequiredService<PhoneTickets>().Load(database, board);
        services.GetRequiredService<DeviceHealth>().Load(database);
        var signal = services.GetRequiredService<ForwarderSignal>();
        board.Changed += _ => signal.Set();
    }

    private static SiteRules RulesOf(HubOptions options) => new(options.AlwaysOpen, options.TicketsPerDeviceAndMinute);

    /// <summary>The set-up as it is before anything starts.</summary>
    private static HallSetup ReadSetup(HubOptions options)
    {
        if (!HubDatabase.IsIn(options.Data) && !HighWaterMark.IsIn(options.Data))
        {
            throw SetupBook.NoHall();
        }

        var database = new HubDatabase(options.Data);
        using var connection = database.OpenWriter();
        if (HighWaterMark.Read(options.Data)?.LossIn(connection) is { } loss)
        {
            throw new StartException(
                $"data: {loss}. Restore a backup with `hub restore`, or go on without them with `hub accept-loss --data {options.Data}`.");
        }

        try
        {
            return SetupTables.Read(connection, null, RulesOf(options)) ?? throw SetupBook.NoHall();
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException or FormatException or ArgumentException or OverflowException)
        {
            // Rows that no version of the hub has written.
            throw database.Damaged(exception);
        }
    }

    private static void DemandLoopback(HubOptions options, HallSetup setup)
    {
        foreach (var address in options.Addresses())
        {
            if (setup.IsDemonstration && !(AddressOf(address) is { } ip && IPAddress.IsLoopback(ip)))
            {
                throw new StartException(
                    $"http: '{address}' is not allowed with demonstration accounts, whose PIN everybody knows; listen on 127.0.0.1, or set up a real hall with `hub setup`.");
            }
        }
    }

    private static IServiceCollection AddHall(this IServiceCollection services, TaskCompletionSource<Exception> failure) => services
        .AddSingleton<HallBoard>()
        .AddSingleton<Renderer>()
        .AddSingleton<TicketLinks>()
        .AddSingleton<TicketBook>()
        .AddSingleton(provider => new HubDatabase(provider.GetRequiredService<HubOptions>().Data))
        .AddSingleton(provider => new JournalWriter(
            provider.GetRequiredService<HubDatabase>(),
            provider.GetRequiredService<HallBoard>(),
            provider.GetRequiredService<SetupBook>(),
            provider.GetRequiredService<HallClock>(),
            RulesOf(provider.GetRequiredService<HubOptions>()),
            provider.GetRequiredService<JournalKey>(),
            provider.GetRequiredService<HubMeter>(),
            exception => failure.TrySetResult(exception),
            provider.GetRequiredService<ILogger<JournalWriter>>()))
        .AddSingleton(provider => JournalKey.Of(provider.GetRequiredService<HubOptions>().Data))
        .AddSingleton<RecordStatus>()
        .AddHostedService<TurnOfDay>()
        .AddHostedService<KeepMark>()
        .AddHostedService<VerifyRecord>()
        .AddSingleton<NightlyBackup>()
        .AddHostedService(provider => provider.GetRequiredService<NightlyBackup>());

    private static IServiceCollection AddDevices(this IServiceCollection services) => services
        .AddSingleton<RejectionLog>()
        .AddSingleton<BrokerListener>()
        .AddSingleton<BrokerConnections>()
        .AddSingleton<DeviceBroker>()
        .AddSingleton<IDeviceLink>(provider => provider.GetRequiredService<DeviceBroker>())
        .AddHostedService(provider => provider.GetRequiredService<DeviceBroker>())
        .AddSingleton<BrokerPost>()
        .AddSingleton<DeviceHealth>()
        .AddSingleton<IBadMessages>(provider => provider.GetRequiredService<DeviceHealth>())
        .AddSingleton<DeviceList>()
        .AddSingleton<Reports>()
        .AddSingleton<CounterDevices>()
        .AddHostedService(provider => provider.GetRequiredService<CounterDevices>())
        .AddHostedService<HallPublisher>()
        .AddSingleton(provider => HallAuthority.Make(provider.GetRequiredService<HubOptions>().Data))
        .AddSingleton<Pairings>()
        .AddHostedService<SessionWatch>()
        .AddHostedService<NoteFloods>()
        .AddHostedService<BrokerService>();

    private static IServiceCollection AddStaff(this IServiceCollection services) => services
        .AddSingleton<Sessions>()
        .AddSingleton<PinAttempts>()
        .AddSingleton<PinCheck>()
        .AddSingleton<KnownBrowsers>()
        .AddSingleton<TryPin>()
        // Ends after the notes, which write their last entries when they end.
        .AddHostedService<AuditLines>()
        .AddSingleton<SecurityNotes>()
        .AddHostedService(provider => provider.GetRequiredService<SecurityNotes>())
        .AddHostedService<EndIdleSessions>();

    private static IServiceCollection AddPhones(this IServiceCollection services, HubOptions options) => services
        .AddSingleton(options.Phone)
        .AddSingleton(HubSecret.Of(options.Data))
        .AddSingleton<PresenceCode>()
        .AddSingleton<PhoneLimits>()
        .AddSingleton<PhoneTickets>()
        .AddSingleton<JoinByPhone>();

    private static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddSingleton<Callers>()
        .AddSingleton<HallFeed>()
        .AddHostedService(provider => provider.GetRequiredService<HallFeed>())
        .AddApiDocument();

    private static void MapApi(this WebApplication app)
    {
        var api = app.MapNotStored("/api/v1");
        api.MapHall();
        api.MapSession();
        api.MapTickets();
        api.MapJoin();
        api.MapAppointments();
        api.MapCounters();
        api.MapDevices();
        api.MapPairings();
        api.MapStatistics();
        api.MapClock();
    }
}
