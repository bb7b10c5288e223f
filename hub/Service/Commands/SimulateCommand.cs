using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Reflection;
using Reception.Hall;
using Reception.Hall.Simulation;
using Reception.Hub.Journal;
using Reception.Hub.Site;
using static Reception.Hub.Commands.OptionValues;

namespace Reception.Hub.Commands;

/// <summary><c>hub simulate</c>: a hall over a year, through the rules that the hub runs, and what other counters would change.</summary>
internal static class SimulateCommand
{
    private static readonly Option<string?> HallPath = new("--hall")
    {
        Description = "The hall: a JSON file in the form of demo/hall.json; without it, the demonstration hall.",
    };

    private static readonly Option<string?> Data = new("--data") { Description = "The hall of a data folder, as it is set up now." };
    private static readonly Option<string> Days = Option("--days", "Working days.", "250");
    private static readonly Option<string> Seed = Option("--seed", "The same seed brings the same people.", "1");
    private static readonly Option<string> From = Option("--from", "The first day.", "2026-01-05");
    private static readonly Option<string> Visitors = Option("--visitors", "Visitors a day, on average.", "80");
    private static readonly Option<string?> Shares = new("--share")
    {
        Description = "How many come for which service, as HT=30,CT=25; without it, as its counters have time for it.",
    };

    private static readonly Option<string?> ByHour = new("--by-hour")
    {
        Description = "How they spread over the hours of the clock, as 7=8,8=20,9=18; without it, as is usual in a ward.",
    };

    private static readonly Option<string> Priority = Option("--priority", "How many of 100 take a priority number.", "12");
    private static readonly Option<string> NoShow = Option("--no-show", "How many of 100 are not there when they are called.", "4");
    private static readonly Option<string> Errands = Option("--second-errand", "How many of 100 have a second errand.", "5");
    private static readonly Option<string> Transferred = Option("--transferred", "How many of 100 are sent on to another service.", "3");
    private static readonly Option<string> Spread = Option("--spread", "The standard deviation of service times over their mean.", "0.6");
    private static readonly Option<string> Breaks = Option("--breaks", "After how many of 100 tickets an officer takes a break.", "5");
    private static readonly Option<string> BreakMinutes = Option("--break-minutes", "How long a break is, on average.", "8");
    private static readonly Option<string> Overtime = Option(
        "--overtime", "For how many minutes after the closing, at noon too, officers serve who still waits.", "60");

    private static readonly Option<string[]> Counters = new("--counter")
    {
        Description = "What if: the services of a counter, as 4=XH,CU,KD; 4=- closes it, a new number opens one. It may be given several times.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<bool> Markov = new("--markov")
    {
        Description = "A constant rate, exponential service times and one opening without end, beside the M/M/c formula.",
    };

    public static Command Make()
    {
        var command = new Command("simulate", "Runs a hall for a year through its own rules, and prints waits, use of the counters and fairness.")
        {
            HallPath, Data, Days, Seed, From, Visitors, Shares, ByHour, Priority, NoShow, Errands, Transferred, Spread, Breaks, BreakMinutes,
            Overtime, Counters, Markov,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var setup = SetupOf(parsed);
        var plan = PlanOf(parsed, setup.Rules);
        var changed = Changed(plan.Setup, parsed.GetValue(Counters)!);
        if (parsed.GetValue(Markov))
        {
            plan = plan.Markovian(Pool.Of([.. plan.Setup.Counters, .. changed?.Counters ?? []]));
        }

        var report = new SimulationReport(setup, plan);
        var now = HallRun.Of(plan);
        report.Tell(now);
        if (changed is not null)
        {
            var other = plan with { Setup = changed };
            report.Compare(now, other, HallRun.Of(other));
        }

        parsed.InvocationConfiguration.Output.Write(report.Text);
        return 0;
    }

    private static HallSetup SetupOf(ParseResult parsed)
    {
        if (parsed.GetValue(Data) is { } data)
        {
            Demand(parsed.GetValue(HallPath) is null, $"{HallPath.Name}: --data names a hall already; give one of them.");
            using var reader = new HubDatabase(DataFolder.Existing(data)).OpenReader();
            return SetupTables.Read(reader, null, SiteRules.OfFile) ?? throw SetupBook.NoHall();
        }

        return new HallSetup(
            parsed.GetValue(HallPath) is { } path ? HallFile.Load(path) : Demonstration(),
            demonstration: true,
            ImmutableDictionary<string, string>.Empty,
            ImmutableSortedDictionary<string, Device>.Empty,
            new SiteRules(AlwaysOpen: false, TicketsPerDeviceAndMinute: 0));
    }

    private static HallFile Demonstration()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("demo.hall.json")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return HallFile.Parse(bytes.ToArray());
    }

    private static Plan PlanOf(ParseResult parsed, Setup rules)
    {
        var hours = parsed.Pairs(ByHour, "an hour of the clock from 0 to 23", IsHour);
        var shares = parsed.Pairs(Shares, "a service that this hall has a counter for", code => Serves(rules, code));
        var profile = Plan.Profile(rules, hour => hours?.GetValueOrDefault(Written(hour)) ?? Plan.UsualHour(hour));
        Demand(rules.Hours is not ({ Days: [] } or { Periods: [] }), "openingHours: the hall is never open; give it days and periods.");
        Demand(profile.Length > 0, $"{ByHour.Name}: nobody would come while the hall is open; name hours of its opening.");
        Demand(shares is null || shares.Values.Sum() > 0, $"{Shares.Name}: nobody would come; give a service more than 0.");
        var pace = new WardPace
        {
            Profile = profile,
            Priority = parsed.Share(Priority),
            NoShow = parsed.Share(NoShow),
            SecondErrand = parsed.Share(Errands),
            Transferred = parsed.Share(Transferred),
            ServiceTimeSpread = parsed.Number(Spread, 0, 3),
            TakesBreak = parsed.Share(Breaks),
            Break = TimeSpan.FromMinutes(parsed.Number(BreakMinutes, 0, 120)),
        };
        return new Plan
        {
            Setup = rules,
            Ward = Plan.People(rules, pace, parsed.Number(Visitors, 1, 20_000), shares),
            Days = parsed.Whole(Days, 1, 10_000),
            First = parsed.Date(From),
            Seed = parsed.Whole(Seed, 0, int.MaxValue),
            Overtime = TimeSpan.FromMinutes(parsed.Number(Overtime, 0, 240)),
        };
    }

    /// <summary>The rules with the counters as asked, or null where nothing is.</summary>
    private static Setup? Changed(Setup rules, string[] asked)
    {
        var counters = rules.Counters.ToDictionary(counter => counter.Number);
        foreach (var text in asked)
        {
            var (number, services) = CounterOf(text);
            if (services is [])
            {
                Demand(counters.Remove(number), $"{Counters.Name}: {number} is no counter of this hall, so it can't be closed.");
                continue;
            }

            var unknown = services.FirstOrDefault(code => rules.Services.All(service => service.Code != code));
            var known = string.Join(", ", rules.Services.Select(service => service.Code));
            Demand(unknown is null, $"{Counters.Name}: '{unknown}' is no service of this hall; its codes are {known}.");
            counters[number] = counters.GetValueOrDefault(number, new CounterSetup(number, [])) with { Services = services };
        }

        var changed = rules with { Counters = [.. counters.Values.OrderBy(counter => counter.Number)] };
        var left = rules.Services.FirstOrDefault(service => Serves(rules, service.Code) && !Serves(changed, service.Code));
        Demand(left is null, $"{Counters.Name}: nobody would serve {left?.Code}; leave it to one counter at least.");
        return asked.Length == 0 ? null : changed;
    }

    /// <summary>A counter and its services, none where it is closed.</summary>
    private static (int Number, ImmutableArray<string> Services) CounterOf(string text)
    {
        var parts = text.Split('=', StringSplitOptions.TrimEntries);
        return parts is [var number, var services] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var known)
            && known is > 0 and < 1000
            ? (known, services == "-" ? [] : [.. services.Split(',', StringSplitOptions.TrimEntries).Distinct()])
            : throw new StartException($"{Counters.Name}: '{text}' is no counter and its services; write such as 4=XH,CU, or 4=- to close it.");
    }

    private static bool Serves(Setup rules, string code) => rules.Counters.Any(counter => counter.Services.Contains(code));

    private static bool IsHour(string text) => Enumerable.Range(0, 24).Any(hour => Written(hour) == text);

    private static string Written(int hour) => hour.ToString(CultureInfo.InvariantCulture);
}
