using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Reception.Hall.Tests.Dashboard;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Screens;

/// <summary>An administrator changes the set-up of a running hall in a real browser: at once, with a trail, and never what is out already.</summary>
public sealed class AdminTests(ScreenHall hall) : IClassFixture<ScreenHall>
{
    private const string Administrator = "qt01";

    public static TheoryData<string> Paths =>
        ["hours", "holidays", "services", "services/HT", "services/new", "counters", "counters/1", "counters/new", "lanes", "officers", "officers/cb01", "officers/new", "changes", "security", "certificate", "metrics"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task No_page_has_a_serious_fault_at_a_desk_or_on_a_phone(string path)
    {
        var page = await OpenAsync(path);
        var faults = new List<string>(await ScreenHall.FaultsAsync(page));
        await page.SetViewportSizeAsync(390, 844);
        faults.AddRange(await ScreenHall.FaultsAsync(page));
        await page.GotoAsync($"{hall.Hub.Address}/admin/{path}?lang=en");
        faults.AddRange(await ScreenHall.FaultsAsync(page));
        await page.Context.CloseAsync();

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Administrators_alone_come_in()
    {
        var leader = await hall.Hub.SignInAsync("ld01", null);
        var administrator = await hall.Hub.SignInAsync(Administrator, null);

        Assert.Equal("/signin?next=%2Fadmin%2Flanes", (await hall.Hub.AskAsync("/admin/lanes")).Answer.Headers.Location?.OriginalString);
        var (status, body, _) = await hall.Hub.AskAsync("/admin/lanes", leader);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Trang này dành cho quản trị", WebUtility.HtmlDecode(body), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/admin\"", (await hall.Hub.AskAsync("/dashboard", leader)).Body, StringComparison.Ordinal);
        Assert.Contains("href=\"/admin\"", (await hall.Hub.AskAsync("/dashboard", administrator)).Body, StringComparison.Ordinal);
        var inARow = await PriorityInARowAsync();
        using var form = new FormUrlEncodedContent([new("in-a-row", "9"), new("limit", "9")]);
        Assert.Equal(HttpStatusCode.Forbidden, (await hall.Hub.SendAsync(leader, HttpMethod.Post, "/admin/lanes", form)).Status);
        Assert.Equal(inARow, await PriorityInARowAsync());
    }

    [Fact]
    public async Task Lanes_change_at_once_by_keys_alone_and_the_trail_says_who_and_what()
    {
        await hall.Hub.TakeAsync("HT");
        var page = await OpenAsync("lanes");
        await page.FocusAsync("#in-a-row");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("0");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#in-a-row-wrong")).ToHaveTextAsync("Hãy ghi một số nguyên từ 1 đến 20.");
        await Assertions.Expect(page.Locator("#in-a-row")).ToBeFocusedAsync();
        Assert.Equal("true", await page.GetAttributeAsync("#in-a-row", "aria-invalid"));
        var faults = new List<string>(await ScreenHall.FaultsAsync(page));

        // Whoever has a number keeps the place, unless the administrator says otherwise.
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("3");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#waiting-wrong")).ToContainTextAsync("người chờ. Hãy đánh dấu ô này");
        await Assertions.Expect(page.Locator("#waiting")).ToBeFocusedAsync();
        Assert.Equal(2, await PriorityInARowAsync());
        faults.AddRange(await ScreenHall.FaultsAsync(page));

        await page.Keyboard.PressAsync("Space");
        await page.FocusAsync("#late");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("20");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".done")).ToContainTextAsync("có hiệu lực ngay");
        await Assertions.Expect(page.Locator(".promise")).ToContainTextAsync("3");
        Assert.Equal(3, await PriorityInARowAsync());
        Assert.Equal(1L, Ask("SELECT count(*) FROM journal WHERE kind = 'setup.changed' AND json_extract(body, '$.lanes.priorityInARow') = 3"));
        faults.AddRange(await ScreenHall.FaultsAsync(page));

        await page.ClickAsync(".parts a[href='/admin/changes']");
        var row = page.Locator(".changes tbody tr", new() { HasText = "lượt ưu tiên liên tiếp" });
        await Assertions.Expect(row).ToContainTextAsync("Ưu tiên");
        await Assertions.Expect(row.Locator(".old")).ToHaveTextAsync("2");
        await Assertions.Expect(row.Locator(".fresh")).ToHaveTextAsync("3");
        await Assertions.Expect(row.Locator(".who")).ToHaveTextAsync(await NameAsync());
        var late = page.Locator(".changes tbody tr", new() { HasText = "Lịch hẹn: đến muộn được giữ hẹn" });
        await Assertions.Expect(late.Locator(".old")).ToHaveTextAsync("15");
        await Assertions.Expect(late.Locator(".fresh")).ToHaveTextAsync("20");
        Assert.Equal(20, (await CatalogAsync()).GetProperty("appointments").GetProperty("lateMinutes").GetInt32());
        faults.AddRange(await ScreenHall.FaultsAsync(page));
        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_quota_closes_a_service_from_the_next_touch_on_and_leaves_what_is_out()
    {
        var first = await hall.Hub.TakeAsync("KD");
        var page = await OpenAsync("services/KD");
        await page.FillAsync("#morning", "1");
        await page.FillAsync("#afternoon", "1");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();

        var service = (await hall.Hub.JsonAsync("/api/v1/hall")).GetProperty("services").EnumerateArray().Single(one => one.GetProperty("code").GetString() == "KD");
        Assert.False(service.GetProperty("open").GetBoolean());
        Assert.Equal("quota", service.GetProperty("closedReason").GetString());
        Assert.Equal(1, service.GetProperty("waiting").GetInt32());
        Assert.Equal(1L, Ask($"SELECT count(*) FROM ticket WHERE number = '{first.Number}' AND state = 'waiting'"));
        Assert.Equal(2L, Ask("SELECT count(*) FROM audit WHERE part LIKE 'services.KD.quota.%' AND officer = 'qt01' AND old IS NULL AND new = '1'"));

        await page.GotoAsync($"{hall.Hub.Address}/admin/services/KD");
        await page.FillAsync("#name", "Tên khác");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("Chưa lưu: còn 1 số chưa xong");
        await page.FillAsync("#name", "");
        await page.FillAsync("#prefix", "a");
        await page.FillAsync("#minutes", "0");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator("#name-wrong")).ToHaveTextAsync("Hãy điền ô này.");
        await Assertions.Expect(page.Locator("#prefix-wrong")).ToHaveTextAsync("Chữ A đang dùng cho Hộ tịch.");
        await Assertions.Expect(page.Locator("#minutes-wrong")).ToHaveTextAsync("Hãy ghi một số nguyên từ 1 đến 480.");
        Assert.Empty(await ScreenHall.FaultsAsync(page));
    }

    [Fact]
    public async Task Hours_and_days_off_are_checked_field_by_field()
    {
        var page = await OpenAsync("hours");
        await page.FillAsync("#to1", "14:00");
        await page.FillAsync("#last2", "17:30");
        await page.FillAsync("#forward", "3 giờ");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator("#last2-wrong")).ToHaveTextAsync("Giờ ngừng cấp số phải nằm trong buổi.");
        await Assertions.Expect(page.Locator("#from2-wrong")).ToHaveTextAsync("Buổi này chồng lên buổi 07:30–14:00.");
        await Assertions.Expect(page.Locator("#forward-wrong")).ToHaveTextAsync("Hãy ghi giờ như 07:30.");
        await page.FillAsync("#to1", "11:30");
        await page.FillAsync("#last1", "11:15");
        await page.FillAsync("#last2", "");
        await page.FillAsync("#forward", "15:30");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();
        Assert.Equal("15:30", (await CatalogAsync()).GetProperty("forwardNextDayAfter").GetString());

        await page.GotoAsync($"{hall.Hub.Address}/admin/holidays");
        await page.FillAsync("#date", "2027-09-02");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator("#date-wrong")).ToHaveTextAsync("Ngày này đã có trong danh sách.");
        await page.FillAsync("#date", "2027-09-03");
        await page.FillAsync("#name", "Quốc khánh");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator("tr", new() { HasText = "03/09/2027" })).ToContainTextAsync("Thứ Sáu");
        await page.Locator("tr", new() { HasText = "03/09/2027" }).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.Locator("tr", new() { HasText = "03/09/2027" })).ToHaveCountAsync(0);
        Assert.Equal(2L, Ask("SELECT count(*) FROM audit WHERE part = 'holidays.2027-09-03.name'"));

        await page.FillAsync("#date", "2027-09-04");
        await page.FillAsync("#name", "Làm bù cho ngày 03/9");
        await page.CheckAsync("[name=worked]");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator("tr", new() { HasText = "04/09/2027" }).Locator(".worked")).ToHaveTextAsync("Làm bù");
        Assert.DoesNotContain((await CatalogAsync()).GetProperty("holidays").EnumerateArray(), day => day.GetProperty("date").GetString() == "2027-09-04");
        Assert.Equal(1L, Ask("SELECT count(*) FROM audit WHERE part = 'holidays.2027-09-04.worked' AND new = 'true'"));
        Assert.Empty(await ScreenHall.FaultsAsync(page));
    }

    [Fact]
    public async Task A_counter_takes_another_service_and_one_in_use_is_not_removed()
    {
        await hall.Hub.TakeAsync("CT");
        var officer = await hall.Hub.SignInAsync("cb02", 2);
        var page = await OpenAsync("counters/2");
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.ClickAsync("form.remove button");
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("đang có cán bộ hoặc số chờ riêng ở quầy này");
        await page.GotoAsync($"{hall.Hub.Address}/admin/counters/2");
        await page.SelectOptionAsync("[name='place.DD']", "1");
        await page.SelectOptionAsync("[name='place.HT']", "1");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator(".wrong")).ToContainTextAsync(["Đã có lĩnh vực khác đứng thứ 1."]);
        foreach (var other in await page.Locator("select[name^='place.']").AllAsync())
        {
            await other.SelectOptionAsync("");
        }

        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator(".wrong")).ToHaveTextAsync("Hãy chọn ít nhất một lĩnh vực.");
        await page.SelectOptionAsync("[name='place.DD']", "1");
        await page.SelectOptionAsync("[name='place.CT']", "2");
        await page.SelectOptionAsync("#order", "preference");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator("#waiting-wrong")).ToContainTextAsync("Hãy đánh dấu ô này");
        await Assertions.Expect(page.Locator("#number")).ToHaveValueAsync("2");
        await page.CheckAsync("#waiting");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();

        await hall.Hub.TakeAsync("CT");
        var land = await hall.Hub.TakeAsync("DD");
        Assert.Equal(land.Number, (await hall.Hub.CommandAsync(officer, 2, "call-next"))!.Ticket!.Number);
        Assert.Empty(hall.Hub.Errors);
    }

    [Fact]
    public async Task A_new_officer_gets_a_pin_once_and_one_who_left_is_out_at_once()
    {
        var page = await OpenAsync("officers/new");
        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.FillAsync("#name", "Nguyễn Thị Thuỳ Dương");
        await page.FillAsync("#code", "CB77");
        await page.SelectOptionAsync("#role", "leader");
        await page.ClickAsync("form.sheet .primary");
        await page.GetByRole(AriaRole.Link, new() { Name = "Nguyễn Thị Thuỳ Dương", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Tạo mã PIN mới" }).ClickAsync();
        var pin = await page.Locator(".code b").TextContentAsync();
        Assert.Matches("^[0-9]{6}$", pin);
        Assert.Empty(await ScreenHall.FaultsAsync(page));
        var session = await SignInAsync("cb77", pin!);
        Assert.Equal("/account?next=%2Fdashboard", (await hall.Hub.AskAsync("/dashboard", session)).Answer.Headers.Location?.OriginalString);
        using var own = new FormUrlEncodedContent([new("present", pin!), new("fresh", "814273"), new("again", "814273")]);
        Assert.Equal(1L, Ask("SELECT count(*) FROM audit WHERE part = 'officers.cb77.pin' AND old IS NULL AND new IS NULL"));
        Assert.Equal(0L, Ask($"SELECT count(*) FROM audit WHERE new LIKE '%{pin}%'"));
        await hall.Hub.SendAsync(session, HttpMethod.Post, "/account/pin", own);
        Assert.Equal(HttpStatusCode.OK, (await hall.Hub.AskAsync("/dashboard", session)).Status);

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".code")).ToHaveCountAsync(0);
        await page.CheckAsync("[name=left]");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator(".done")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await hall.Hub.AskAsync("/dashboard", session)).Status);

        await page.GotoAsync($"{hall.Hub.Address}/admin/officers/{Administrator}");
        await page.SelectOptionAsync("#role", "leader");
        await page.ClickAsync("form.sheet .primary");
        await Assertions.Expect(page.Locator("#role-wrong")).ToContainTextAsync("Bạn không tự bỏ quyền quản trị của mình được.");
    }

    [Fact]
    public void The_trail_can_be_neither_altered_nor_removed()
    {
        Assert.ThrowsAny<Exception>(() => Ask("UPDATE audit SET officer = 'cb01' RETURNING 1", writes: true));
        Assert.ThrowsAny<Exception>(() => Ask("DELETE FROM audit RETURNING 1", writes: true));
    }

    private async Task<IPage> OpenAsync(string path) => await hall.OpenAsync($"/admin/{path}", cookie: await hall.Hub.SignInAsync(Administrator, null));

    private async Task<int> PriorityInARowAsync() => (await CatalogAsync()).GetProperty("lanes").GetProperty("priorityInARow").GetInt32();

    private async Task<JsonElement> CatalogAsync() => await hall.Hub.JsonAsync("/api/v1/catalog");

    private static async Task<string> NameAsync()
    {
        var demonstration = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(Path.Combine(Sources.Root, "demo", "hall.json")));
        return demonstration.GetProperty("officers").EnumerateArray().Single(one => one.GetProperty("code").GetString() == Administrator).GetProperty("name").GetString()!;
    }

    private async Task<string> SignInAsync(string officer, string pin)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var answer = await http.PostAsJsonAsync($"{hall.Hub.Address}/api/v1/session", new { officer, pin });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
    }

    private long Ask(string sql, bool writes = false)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={Path.Combine(hall.Hub.Folder, "hub.db")};Mode={(writes ? "ReadWrite" : "ReadOnly")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
