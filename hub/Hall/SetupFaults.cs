using System.Collections.Immutable;

namespace Reception.Hall;

/// <summary>Why a set-up can't be: where it contradicts itself, or the day that is to go on with it.</summary>
/// <param name="Key">The part that is wrong, such as <c>counters.3</c>: pages show the words there.</param>
/// <param name="Vietnamese">What the administrator reads.</param>
/// <param name="English">The same in English.</param>
public sealed record SetupFault(string Key, string Vietnamese, string English)
{
    public override string ToString() => $"{Key}: {English}";
}

/// <summary>Finds what is wrong with a set-up before anybody has to live with it.</summary>
public static class SetupFaults
{
    public const int MostCounters = 60;
    public const int LargestCounterNumber = 999;
    public const int MostPriorityInARow = 20;

    /// <summary>The longest wait, service or lateness that a rule may name.</summary>
    public const int LongestMinutes = 480;

    /// <summary>Where a set-up contradicts itself.</summary>
    public static IEnumerable<SetupFault> Of(Setup setup) =>
        [.. OfServices(setup.Services), .. OfCounters(setup), .. OfLanes(setup.LaneRule), .. OfAppointments(setup.AppointmentRule), .. OfHours(setup.Hours), .. OfZone(setup)];

    /// <summary>Where it contradicts itself, or what this day has begun: numbers that are out keep their service, their letter and somebody who calls them.</summary>
    /// <param name="renamed">Services whose names change: a number that is out bears the old one.</param>
    public static IEnumerable<SetupFault> Of(Setup setup, HallState hall, IEnumerable<string>? renamed = null) =>
        [.. Of(setup), .. OfOpenServices(setup, hall, [.. renamed ?? []]), .. OfOpenCounters(setup, hall)];

    private static IEnumerable<SetupFault> OfServices(ImmutableArray<ServiceSetup> services)
    {
        if (services.IsEmpty)
        {
            yield return new SetupFault("services", "cần ít nhất một lĩnh vực", "at least one is needed");
        }

        foreach (var code in Twice(services.Select(service => service.Code)))
        {
            yield return new SetupFault("services", $"mã {code} bị lặp", $"the code {code} stands twice");
        }

        foreach (var prefix in Twice(services.Select(service => service.Prefix)))
        {
            yield return new SetupFault("services", $"chữ cái {prefix} dùng cho hai lĩnh vực", $"the prefix {prefix} stands twice");
        }

        foreach (var service in services)
        {
            if (service.Prefix is not [>= 'A' and <= 'Z'])
            {
                yield return new SetupFault($"services.{service.Code}",
                    $"chữ cái đầu số là một chữ từ A đến Z, không phải '{service.Prefix}'", $"prefix is one letter A to Z, not '{service.Prefix}'");
            }

            if (service.Quota is { } quota && (quota.Morning < 1 || quota.Afternoon < 1))
            {
                yield return new SetupFault($"services.{service.Code}",
                    "số lượt mỗi buổi từ 1 trở lên; để trống nếu không giới hạn", "a quota is at least 1; leave it out where there is none");
            }

            if (service.ExpectedServiceSeconds is < 60 or > LongestMinutes * 60)
            {
                yield return new SetupFault($"services.{service.Code}",
                    $"thời gian phục vụ dự kiến từ 1 đến {LongestMinutes} phút", $"the expected service time is 1 to {LongestMinutes} minutes");
            }
        }
    }

    private static IEnumerable<SetupFault> OfCounters(Setup setup)
    {
        if (setup.Counters.Length is 0 or > MostCounters)
        {
            yield return new SetupFault("counters",
                $"có thể có 1 đến {MostCounters} quầy, đang có {setup.Counters.Length}", $"1 to {MostCounters} are possible, {setup.Counters.Length} are given");
        }

        foreach (var number in Twice(setup.Counters.Select(counter => counter.Number)))
        {
            yield return new SetupFault("counters", $"quầy số {number} bị lặp", $"the number {number} stands twice");
        }

        foreach (var counter in setup.Counters)
        {
            var key = $"counters.{counter.Number}";
            if (counter.Number is < 1 or > LargestCounterNumber)
            {
                yield return new SetupFault(key, $"số quầy từ 1 đến {LargestCounterNumber}", $"a counter's number is 1 to {LargestCounterNumber}");
            }

            if (counter.Services.IsEmpty)
            {
                yield return new SetupFault(key, "quầy chưa phục vụ lĩnh vực nào; hãy chọn ít nhất một", "it serves nothing; give it a service");
            }

            foreach (var code in Twice(counter.Services))
            {
                yield return new SetupFault(key, $"lĩnh vực {code} bị lặp trong quầy", $"it names the service {code} twice");
            }

            foreach (var code in counter.Services.Where(code => !setup.Services.Any(service => service.Code == code)))
            {
                yield return new SetupFault(key, $"không có lĩnh vực {code}", $"it names the service {code}, which is not in services");
            }
        }
    }

    private static IEnumerable<SetupFault> OfLanes(LaneRule rule)
    {
        if (rule.PriorityInARow is < 1 or > MostPriorityInARow)
        {
            yield return new SetupFault("lanes",
                $"số lượt ưu tiên liên tiếp từ 1 đến {MostPriorityInARow}, không phải {rule.PriorityInARow}",
                $"priorityInARow is 1 to {MostPriorityInARow}, not {rule.PriorityInARow}");
        }

        if (rule.WaitLimitSeconds is < 60 or > LongestMinutes * 60)
        {
            yield return new SetupFault("lanes",
                $"giới hạn chờ từ 1 đến {LongestMinutes} phút, không phải {rule.WaitLimitSeconds / 60}",
                $"waitLimitMinutes is 1 to {LongestMinutes}, not {rule.WaitLimitSeconds / 60}");
        }
    }

    private static IEnumerable<SetupFault> OfAppointments(AppointmentRule rule)
    {
        if (rule.LateSeconds is < 0 or > LongestMinutes * 60)
        {
            yield return new SetupFault("appointments",
                $"giờ hẹn được giữ cho người đến muộn từ 0 đến {LongestMinutes} phút, không phải {rule.LateSeconds / 60}",
                $"lateMinutes is 0 to {LongestMinutes}, not {rule.LateSeconds / 60}");
        }
    }

    private static IEnumerable<SetupFault> OfHours(OpeningHours? hours)
    {
        if (hours is null)
        {
            yield break;
        }

        if (hours.Days.IsEmpty || hours.Periods.IsEmpty)
        {
            yield return new SetupFault("openingHours", "cần ít nhất một ngày và một buổi, nếu không sẽ không bao giờ mở cửa",
                "at least one day and one period are needed, or the hall never opens");
        }

        foreach (var day in Twice(hours.Days))
        {
            yield return new SetupFault("openingHours", $"ngày {day} bị lặp", $"days: {day} stands twice");
        }

        foreach (var period in hours.Periods.Where(period => period.From >= period.To))
        {
            yield return new SetupFault("openingHours", $"buổi {period} kết thúc trước khi bắt đầu", $"periods: {period} ends before it begins");
        }

        foreach (var period in hours.Periods.Where(period => period.LastTicket is { } last && (last <= period.From || last > period.To)))
        {
            yield return new SetupFault("openingHours",
                $"giờ lấy số cuối {period.LastTicket:HH\\:mm} phải nằm trong buổi {period}", $"periods: the last ticket at {period.LastTicket:HH\\:mm} is outside {period}");
        }

        foreach (var day in Twice([.. hours.Holidays ?? [], .. hours.WorkedDays ?? []]))
        {
            yield return new SetupFault("holidays", $"ngày {day:dd'/'MM'/'yyyy} bị lặp", $"{day:yyyy-MM-dd} stands twice");
        }

        var ordered = hours.Periods.OrderBy(period => period.From).ToList();
        foreach (var (one, next) in ordered.Zip(ordered.Skip(1)).Where(pair => pair.First.To > pair.Second.From))
        {
            yield return new SetupFault("openingHours", $"buổi {one} và buổi {next} chồng lên nhau", $"periods: {one} and {next} overlap");
        }
    }

    private static IEnumerable<SetupFault> OfZone(Setup setup)
    {
        if (!Zones.TryFind(setup.TimeZone, out _))
        {
            yield return new SetupFault("site", $"không có múi giờ '{setup.TimeZone}'; hãy ghi Asia/Ho_Chi_Minh",
                $"timeZone '{setup.TimeZone}' is not known; write Asia/Ho_Chi_Minh");
        }
    }

    private static IEnumerable<SetupFault> OfOpenServices(Setup setup, HallState hall, HashSet<string> renamed)
    {
        foreach (var open in hall.Services.Values.OrderBy(queue => queue.Setup.Code, StringComparer.Ordinal))
        {
            var code = open.Setup.Code;
            var key = $"services.{code}";
            var next = setup.Services.FirstOrDefault(service => service.Code == code);
            var unfinished = next is null || renamed.Contains(code)
                ? hall.Tickets.Values.Count(ticket => ticket.IsOpen && (ticket.Service == code || ticket.Services.Contains(code)))
                : 0;
            if (unfinished > 0)
            {
                yield return new SetupFault(key,
                    $"còn {unfinished} số chưa xong; hãy đổi sau khi hết số hoặc sau giờ làm việc",
                    $"{unfinished} numbers of it are not finished; change it when they are, or after hours");
            }

            if (next is not null && next.Prefix != open.Setup.Prefix && open.Issued > 0)
            {
                yield return new SetupFault(key,
                    $"hôm nay đã cấp số {open.Setup.Prefix}; chữ cái đổi được từ ngày mai",
                    $"numbers with {open.Setup.Prefix} were given out today; the letter can change tomorrow");
            }

            if (setup.Services.FirstOrDefault(service => service.Prefix == open.Setup.Prefix && service.Code != code) is { } heir && open.Issued > 0)
            {
                yield return new SetupFault($"services.{heir.Code}",
                    $"hôm nay chữ {open.Setup.Prefix} đã dùng cho lĩnh vực {code}; sẽ có hai số giống nhau",
                    $"numbers with {open.Setup.Prefix} were given out today for {code}; a number would stand twice");
            }

            var needing = next is null || setup.Counters.Any(counter => counter.Services.Contains(code)) ? 0 : hall.Tickets.Values.Count(ticket => NeedsCounter(ticket, code));
            if (needing > 0)
            {
                yield return new SetupFault(key,
                    $"{needing} số đang chờ và không còn quầy nào phục vụ", $"{needing} wait for it, and no counter would serve it");
            }
        }
    }

    /// <summary>Whether a ticket is yet to be called for a service, now or after another errand.</summary>
    private static bool NeedsCounter(Ticket ticket, string service) =>
        ticket.IsOpen && ((ticket.Service == service && !ticket.IsInHand) || ticket.Services.Contains(service));

    private static IEnumerable<SetupFault> OfOpenCounters(Setup setup, HallState hall) =>
        from counter in hall.Counters.Values
        where (counter.Officer is not null || !counter.Queue.IsEmpty) && !setup.Counters.Any(next => next.Number == counter.Number)
        select new SetupFault($"counters.{counter.Number}",
            "đang có cán bộ hoặc số chờ riêng ở quầy này; hãy đóng quầy trước", "an officer is on duty there, or numbers wait for it alone; close it first");

    private static IEnumerable<T> Twice<T>(IEnumerable<T> values) => values.GroupBy(value => value).Where(group => group.Count() > 1).Select(group => group.Key);
}
