using System.Net;
using System.Text;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Screens;

/// <summary>The administrator's page of booked times, with a file as a spreadsheet saves it.</summary>
public sealed class AppointmentsPageTests(ScreenHall hall) : IClassFixture<ScreenHall>
{
    [Fact]
    public async Task Good_lines_are_taken_and_each_bad_one_is_told_by_its_number()
    {
        var administrator = await hall.Hub.SignInAsync("qt01", null);
        foreach (var (width, height) in new[] { (1366, 768), (390, 844) })
        {
            var page = await hall.OpenAsync("/appointments", width, height, administrator);
            await UploadAsync(page, "Giờ hẹn;Lĩnh vực;Mã\n01/02/2099 08:30;Hộ tịch;70001\n31/02/2099 08:30;HT;70002\n01/02/2099 09:00;HT;7\n"u8.ToArray());
            await Assertions.Expect(page.Locator("#came")).ToContainTextAsync("Đã nhận 1 lịch hẹn.");
            Assert.Equal(
                ["Dòng 370002Không đọc được giờ hẹn. Hãy viết như 26/11/2026 08:30.", "Dòng 47Mã hẹn gồm 4 đến 12 chữ số."],
                await page.Locator("#came li").AllTextContentsAsync());
            await Assertions.Expect(page.Locator("tbody")).ToContainTextAsync("70001");
            Assert.Empty(await ScreenHall.FaultsAsync(page));

            await UploadAsync(page, Encoding.Latin1.GetBytes("01/02/2099 08:30;Hộ tịch é;70003"));
            await Assertions.Expect(page.Locator("#told")).ToContainTextAsync("không phải UTF-8");
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task What_is_to_come_is_taken_out_by_keys_and_by_touch_and_the_trail_shows_it()
    {
        var administrator = await hall.Hub.SignInAsync("qt01", null);
        foreach (var (width, height, code) in new[] { (1366, 768, "71001"), (390, 844, "71002") })
        {
            var page = await hall.OpenAsync("/appointments", width, height, administrator);
            await UploadAsync(page, Encoding.UTF8.GetBytes($"01/02/2099 08:30;HT;{code}\n"));
            var button = page.Locator("tr", new() { HasText = code }).GetByRole(AriaRole.Button, new() { Name = $"Bỏ {code}" });
            await Assertions.Expect(button).ToBeVisibleAsync();
            Assert.Empty(await ScreenHall.FaultsAsync(page));
            Assert.True((await button.BoundingBoxAsync())!.Height >= 44);
            if (width > height)
            {
                await button.FocusAsync();
                await page.Keyboard.PressAsync("Enter");
            }
            else
            {
                await button.ClickAsync();
            }

            await Assertions.Expect(page.Locator("#told")).ToContainTextAsync($"Đã bỏ lịch hẹn {code}.");
            await Assertions.Expect(page.Locator("table", new() { HasText = code })).ToHaveCountAsync(0);
            Assert.Empty(await ScreenHall.FaultsAsync(page));
            await page.GotoAsync(hall.Hub.Address + "/admin/changes");
            await Assertions.Expect(page.Locator("tr", new() { HasText = $"Lịch hẹn {code}" }).Locator(".old")).ToHaveTextAsync("01/02/2099 08:30, Hộ tịch");
            await page.Context.CloseAsync();
        }

        Assert.Equal(HttpStatusCode.NotFound, (await hall.Hub.SendAsync(administrator, HttpMethod.Post, "/appointments/71001/remove")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await hall.Hub.SendAsync(await hall.Hub.SignInAsync("ld01", null), HttpMethod.Post, "/appointments/71001/remove")).Status);
    }

    [Fact]
    public async Task Nobody_but_an_administrator_sees_the_page()
    {
        var leader = await hall.Hub.SignInAsync("ld01", null);
        Assert.Equal(HttpStatusCode.Forbidden, (await hall.Hub.SendAsync(leader, HttpMethod.Get, "/appointments")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await hall.Hub.SendAsync(leader, HttpMethod.Post, "/appointments", new FormUrlEncodedContent([]))).Status);
        Assert.Equal(HttpStatusCode.Found, (await hall.Hub.SendAsync(await hall.Hub.SignInAsync("qt01", null), HttpMethod.Post, "/appointments")).Status);
        Assert.Equal(HttpStatusCode.Found, (await hall.Hub.SendAsync(null, HttpMethod.Post, "/appointments")).Status);
    }

    private static async Task UploadAsync(IPage page, byte[] file)
    {
        await page.SetInputFilesAsync("#list", new FilePayload { Name = "lich-hen.csv", MimeType = "text/csv", Buffer = file });
        await page.ClickAsync(".upload .primary");
    }
}
