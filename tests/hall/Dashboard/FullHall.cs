using System.Globalization;
using System.Net.Http.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;
using Reception.Hub.Journal;
using Reception.Hub.Statistics;

namespace Reception.Hall.Tests.Dashboard;

/// <summary>A hall with 48 officers, the longest names and two months of figures: six officers in one, all in the other.</summary>
public sealed class FullHall(Chromium chromium) : IAsyncLifetime
{
    /// <summary>43 letters, as in the case.</summary>
    public const string Name = "Trung tâm Hành chính công phường Phan Thiết";

    /// <summary>Names that a spreadsheet, or a library that writes for one, might run as a formula.</summary>
    public const string Formula = "=2+5";

    public const string LibraryFormula = "$=2+5";

    /// <summary>The month of six officers, and that of all.</summary>
    public static readonly DateOnly Few = new(2026, 9, 15);

    public static readonly DateOnly Many = new(2026, 8, 15);

    /// <summary>A day of that month with odd patterns.</summary>
    public static readonly DateOnly Odd = new(2026, 8, 14);

    internal RunningHall Hub { get; private set; } = null!;

    internal string Leader { get; private set; } = null!;

    internal string Administrator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await DemonstrationHall.StartAsync(plan =>
        {
            DemonstrationHall.Fill(plan);
            plan["site"]!["shortName"] = Name;
            plan["officers"]![1]!["name"] = Formula;
            plan["officers"]![2]!["name"] = LibraryFormula;
            plan["officers"]![3]!["name"] = "Nguyễn Hoàng Phương Thảo Nguyên";
            plan["officers"]![48]!["name"] = "Tôn Nữ Hoàng Phương Thảo Nguyên";
            plan["officers"]![49]!["name"] = "Công Tằng Tôn Nữ Phương Thảo Nguyên";
        });
        await Hub.KillHubAsync();
        await WriteFiguresAsync();
        await Hub.StartHubAsync();
        Leader = await Hub.SignInAsync("ld01", null);
        Administrator = await Hub.SignInAsync("qt01", null);
        await Hub.TakeAsync("DD");
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);
        object[] appointments = [new { at = tomorrow, service = "HT", code = "48213907" }];
        await SendAsync("/api/v1/appointments", JsonContent.Create(new { appointments }));
        await SendAsync("/admin/officers/cb48/pin", new FormUrlEncodedContent([]));
    }

    public ValueTask DisposeAsync() => Hub?.DisposeAsync() ?? default;

    internal async Task<IPage> OpenAsync(string path, string cookie, int width = 1366, int height = 768)
    {
        var page = await chromium.OpenAsync(width, height);
        page.SetDefaultTimeout(60_000);
        var parts = cookie.Split('=', 2);
        await page.Context.AddCookiesAsync([new Cookie { Name = parts[0], Value = parts[1], Url = Hub.Address }]);
        await page.GotoAsync(Hub.Address + path);
        return page;
    }

    private async Task SendAsync(string path, HttpContent content)
    {
        var (status, text) = await Hub.SendAsync(Administrator, HttpMethod.Post, path, content);
        Assert.True((int)status < 400, $"{path} answered {status}: {text}");
    }

    private async Task WriteFiguresAsync()
    {
        await using var journal = new SqliteConnection($"Data Source={Path.Combine(Hub.Folder, "hub.db")};Pooling=False");
        await journal.OpenAsync();
        await using var all = await journal.BeginTransactionAsync();
        foreach (var (day, officers) in new[] { (Few, 6), (Many, 48) })
        {
            for (var officer = 1; officer <= officers; officer++)
            {
                // The first officer has a satisfied share of 0.955 and an average level of 4.53.
                int[] levels = officer == 1 ? [1, 2, 6, 72, 119] : [officer % 7, officer % 5, 3 + officer, 40 + officer, 60 - officer];
                await journal.ExecuteAsync(
                    "INSERT INTO officer_day VALUES (@day, @officer, @served, @rated, @l1, @l2, @l3, @l4, @l5, @wait, @service, 1)",
                    new
                    {
                        day = Days.Key(day),
                        officer = string.Create(CultureInfo.InvariantCulture, $"cb{officer:00}"),
                        served = levels.Sum() + 50,
                        rated = levels.Sum(),
                        l1 = levels[0],
                        l2 = levels[1],
                        l3 = levels[2],
                        l4 = levels[3],
                        l5 = levels[4],
                        wait = 1000 * levels.Sum(),
                        service = 477 * levels.Sum(),
                    });
            }

            await journal.ExecuteAsync(
                """
                INSERT INTO service_hour VALUES (@day, 'HT', 8, 250, 200, 1, 2, 6, 72, 119, 9000, 90000);
                INSERT INTO service_hour VALUES (@day, 'CT', 15, 40, 30, 3, 4, 5, 6, 12, 800, 7000);
                INSERT INTO reason_day VALUES (@day, 'HT', 'wait', 2), (@day, 'CT', '', 5);
                INSERT INTO estimate_day VALUES (@day, 'HT', 8, 7, 1234);
                """,
                new { day = Days.Key(day) });
            for (var press = 0; press < 60; press++)
            {
                var at = new DateTimeOffset(day, new TimeOnly(8, press, 5), TimeSpan.FromHours(7)).ToUnixTimeMilliseconds();
                await journal.ExecuteAsync(
                    """
                    INSERT INTO rating(id, at, arrived_at, late, first_at, level, day, officer, counter, service, attributed, changed, duty_officer, device)
                    VALUES (@id, @at, @at, 0, @at, @level, @day, 'cb02', 2, 'HT', 0, 0, 'cb02', 'rater-2')
                    """,
                    new { id = Guid.CreateVersion7().ToByteArray(bigEndian: true), at, level = 1 + press % 5, day = Days.Key(day) });
            }
        }

        await WriteOddAsync(journal);
        await all.CommitAsync();
    }

    /// <summary>Seven presses right after the start, a burst after the finish, presses that came late, and a rater that was connected twice.</summary>
    private static async Task WriteOddAsync(SqliteConnection journal)
    {
        var day = Days.Key(Odd);
        var morning = new DateTimeOffset(Odd, new TimeOnly(8, 0), TimeSpan.FromHours(7)).ToUnixTimeMilliseconds();
        for (var visit = 0; visit < 40; visit++)
        {
            var called = morning + visit * 600_000;
            await VisitAsync("cb48", 48, visit, called, visit < 7 ? called + 1200 : called + 260_000, visit < 7 ? 5 : 3);
            await VisitAsync("cb02", 2, visit, called, called + 240_000 + (visit < 9 ? 1500 : 20_000), 5);
            await VisitAsync("cb47", 47, visit, called, called + (visit < 30 ? 100_000 : 250_000), 4);
            await VisitAsync("cb03", 3, visit, called, called + 250_000, 1 + visit % 5, delay: visit == 39 ? 7_200_000 : 0);
        }

        for (var press = 0; press < 3; press++)
        {
            var at = morning + 36_000_000 + press * 20_000;
            await RateAsync(at, 720_000 + press * 100_000_000, 5, "cb04", 4, visit: null);
        }

        foreach (var officer in new[] { "cb02", "cb03", "cb47", "cb48" })
        {
            await journal.ExecuteAsync(Projection.PressesOfDay, new { p0 = day, p1 = officer });
        }

        await journal.ExecuteAsync(
            "INSERT INTO second_session VALUES (@day, 'rater-4', 4, '192.168.100.200', '192.168.100.104', 3, @at, @at + 900000)",
            new { day, at = morning });

        async Task VisitAsync(string officer, int counter, int visit, long called, long pressed, int level, long delay = 0)
        {
            var id = counter * 1_000_000 + visit;
            await journal.ExecuteAsync(
                """
                INSERT INTO stay(id, day, ticket, number, counter, officer, service, lane, queued_at, called_at, started_at, ended_at, ending)
                VALUES (@id, @day, @ticket, 'A001', @counter, @officer, 'HT', 'normal', @called, @called, @called + 1000, @called + 240000, 'served')
                """,
                new { id, day, ticket = Guid.CreateVersion7().ToByteArray(bigEndian: true), counter, officer, called });
            await RateAsync(pressed, delay, level, officer, counter, id);
        }

        Task RateAsync(long at, long delay, int level, string officer, int counter, int? visit) => journal.ExecuteAsync(
            """
            INSERT INTO rating(id, at, arrived_at, late, first_at, level, reason, day, stay, officer, counter, service, attributed, changed, duty_officer, device)
            VALUES (@id, @at, @at + @delay, @late, @at, @level, @reason, @day, @visit, @officer, @counter, @service, @attributed, 0, @duty, @device)
            """,
            new
            {
                id = Guid.CreateVersion7().ToByteArray(bigEndian: true),
                at,
                delay,
                late = visit is null,
                level,
                reason = level <= 2 ? "guidance" : null,
                day,
                visit,
                officer = visit is null ? null : officer,
                counter,
                service = visit is null ? null : "HT",
                attributed = visit is not null,
                duty = visit is null ? officer : null,
                device = $"rater-{counter}",
            });
    }
}

/// <summary>Tests that share the full hall.</summary>
[CollectionDefinition(Name)]
public sealed class LeavingTheScreen : ICollectionFixture<FullHall>
{
    public const string Name = "full hall";
}
