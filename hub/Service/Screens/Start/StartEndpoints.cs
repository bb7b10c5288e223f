using Microsoft.AspNetCore.Http.HttpResults;
using Reception.Hub.Commands;
using Reception.Hub.Options;
using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens.Start;

/// <summary>The hub's root: a tour where demonstration accounts exist, plain links in a real hall.</summary>
internal static class StartEndpoints
{
    public static void MapStart(this RouteGroupBuilder pages)
    {
        pages.MapGet("/trust", IResult (HttpContext context, SetupBook book, HubOptions options, Words words) =>
            HallAuthority.Find(options.Data) is not { } file
                ? TypedResults.Redirect("/")
                : new RazorComponentResult<TrustPage>(new { new Names(book.Current, words).Hall, Fingerprint = HallAuthority.FingerprintOf(file), context.Request.IsHttps }));
        pages.MapGet("/", IResult (HttpContext context, SetupBook book, HubOptions options, Words words) =>
        {
            var setup = book.Current;
            var names = new Names(setup, words);
            if (!setup.IsDemonstration)
            {
                return new RazorComponentResult<DoorPage>(new { names.Hall, HasAuthority = HallAuthority.Find(options.Data) is not null });
            }

            context.AllowQuestionsTo(options.Demonstration?.Kiosk, options.Demonstration?.Rater, options.Demonstration?.Receiver);

            var counters = setup.File.Counters.OrderBy(counter => counter.Number).ToList();
            var officers = setup.File.Officers.Where(officer => officer.Role == Roles.Officer)
                .Select((officer, index) => new StartView.Account(officer.Code, officer.Name, Seat(counters[index % counters.Count])));
            var others = setup.File.Officers.Where(officer => officer.Role != Roles.Officer)
                .Select(officer => new StartView.Account(officer.Code, officer.Name, officer.Title ?? officer.Role));
            var view = new StartView(
                names.Hall,
                $"{context.Request.Scheme}://{context.Request.Host}",
                options.Demonstration?.Kiosk,
                options.Demonstration?.Rater,
                options.Demonstration?.Receiver,
                DemoCommand.Pin,
                [.. officers, .. others]);
            return new RazorComponentResult<StartPage>(new { View = view });

            string Seat(CounterEntry counter) => $"{names.Service(counter.Services[0])}, {names.Counter(counter.Number)}";
        });
    }
}
