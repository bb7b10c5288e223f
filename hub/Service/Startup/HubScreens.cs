using Reception.Hub.Api;
using Reception.Hub.Screens.Account;
using Reception.Hub.Screens.Console;
using Reception.Hub.Screens.Display;
using Reception.Hub.Screens.Join;
using Reception.Hub.Screens.Leader;
using Reception.Hub.Screens.Leader.Admin;
using Reception.Hub.Screens.Leader.Appointments;
using Reception.Hub.Screens.Leader.Certificate;
using Reception.Hub.Screens.Leader.Dashboard;
using Reception.Hub.Screens.Leader.Devices;
using Reception.Hub.Screens.Leader.Log;
using Reception.Hub.Screens.Leader.Metrics;
using Reception.Hub.Screens.Leader.Papers;
using Reception.Hub.Screens.Leader.Ratings;
using Reception.Hub.Screens.Leader.TicketTemplate;
using Reception.Hub.Screens.SignIn;
using Reception.Hub.Screens.Start;
using Reception.Hub.Screens.Ticket;
using Reception.Hub.Staff;
using Reception.Hub.Voice;
using Reception.Theme;

namespace Reception.Hub.Startup;

/// <summary>Every page that the hub serves.</summary>
internal static class HubScreens
{
    public static IServiceCollection AddScreens(this IServiceCollection services) => services
        .AddSingleton<DeviceLights>()
        .AddScoped<SessionMark>()
        .AddScoped<OwnPin>()
        .AddDisplay()
        .AddTicketPage()
        .AddJoinPage()
        .AddAppointmentsPage()
        .AddDashboard()
        .AddAdmin()
        .AddDevicesPage();

    public static void MapScreens(this WebApplication app)
    {
        var pages = app.MapNotStored().ExcludeFromDescription();
        pages.MapSignIn();
        pages.MapConsole();
        pages.MapAccount();
        var open = pages.MapGroup("").ServedPlain();
        open.MapStart();
        open.MapDisplay();
        open.MapTicketPage();
        open.MapJoinPage();
        pages.MapAppointmentsPage();
        var leaders = pages.MapLeaders();
        leaders.MapDashboard();
        leaders.MapRatings();
        leaders.MapDevicesPage();
        leaders.MapPapers();
        leaders.MapPoster();
        leaders.MapAdmin();
        leaders.MapTicketTemplate();
        leaders.MapMetricsPage();
        leaders.MapLog();
        leaders.MapCertificatePage();
        app.MapGroup("").ServedPlain().MapVoice(app.Logger);
    }
}
