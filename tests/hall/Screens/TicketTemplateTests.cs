using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Reception.Hall.Tests.Dashboard;
using Reception.Hall.Tests.Parts;
using Reception.Slips;

namespace Reception.Hall.Tests.Screens;

/// <summary>An administrator tries a slip's template in a browser, and by the forms that a browser without scripts sends.</summary>
public sealed partial class TicketTemplateTests(ScreenHall hall) : IClassFixture<ScreenHall>, IDisposable
{
    private const string Path = "/ticket-template";

    private static readonly string Shipped = File.ReadAllText(SlipTemplate.DefaultFile);

    private readonly string folder = Directory.CreateTempSubdirectory("reception-template-page-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task An_administrator_sees_by_keys_alone_the_slip_that_the_kiosk_would_print()
    {
        var page = await OpenAsync(Path);
        Assert.Equal("page", await page.GetAttributeAsync("nav a[href='/ticket-template']", "aria-current"));
        Assert.Equal(Shipped.Trim(), (await page.InputValueAsync("#text")).Trim());
        var shown = await PicturesAsync(page);
        var plain = TicketPreview.Sample with { Priority = false, ForwardNextDayAfter = null };
        Slip[] samples = [plain, plain, TicketPreview.Sample with { Copy = true }, TicketPreview.Sample with { Copy = true }];
        Assert.Equal(samples.Select((slip, place) => TicketPreview.Draw(slip, SlipTemplate.Default, place % 2 == 0 ? 576 : 384)), shown);

        var own = Shipped.Replace("[\"{hall}\"]", "[\"UBND PHƯỜNG MỎ CHÈ\", \"{hall}\"]", StringComparison.Ordinal);
        await page.FocusAsync("#text");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(own);
        await page.FocusAsync("text=Xem thử");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/ticket-template#result");

        var file = System.IO.Path.Combine(folder, "ticket.json");
        await File.WriteAllTextAsync(file, own, TestContext.Current.CancellationToken);
        Assert.Equal(samples.Select((slip, place) => TicketPreview.Draw(slip, SlipTemplate.Read(file), place % 2 == 0 ? 576 : 384)), await PicturesAsync(page));
        var saving = page.WaitForDownloadAsync();
        await page.FocusAsync("text=Lưu thành tệp");
        await page.Keyboard.PressAsync("Enter");
        var saved = await saving;
        Assert.Equal("ticket.json", saved.SuggestedFilename);
        Assert.Equal(own, await File.ReadAllTextAsync(await saved.PathAsync(), TestContext.Current.CancellationToken));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_file_and_a_logo_are_tried_together_and_the_logo_stays_while_the_text_is_edited()
    {
        var (template, logo) = (System.IO.Path.Combine(folder, "ticket.json"), System.IO.Path.Combine(folder, "logo.png"));
        await File.WriteAllTextAsync(template, Shipped.Replace("\"logo\": null", """ "logo": { "file": "logo.png", "width": 120 }""", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var square = new Raster(120, 120);
        square.Fill(10, 10, 100, 100);
        PngPicture.Write(square, logo);
        var page = await OpenAsync(Path);

        await page.SetInputFilesAsync("[name=file]", template);
        await page.ClickAsync("text=Xem thử");
        await Assertions.Expect(page.Locator("#result")).ToContainTextAsync("chưa chọn tệp PNG");
        await page.SetInputFilesAsync("[name=logo]", logo);
        await page.ClickAsync("text=Xem thử");
        await Assertions.Expect(page.Locator(".kept")).ToBeVisibleAsync();
        await page.SelectOptionAsync("[name=language]", "en");
        await page.ClickAsync("text=Xem thử");
        await Assertions.Expect(page.Locator("option:checked")).ToHaveTextAsync("English");

        var marked = TicketPreview.Sample with { Copy = true, Language = "en" };
        Assert.Equal(TicketPreview.Draw(marked, SlipTemplate.Read(template), 384), (await PicturesAsync(page))[3]);
        Assert.Empty(await ScreenHall.FaultsAsync(page));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("vi", "\"header\": 25", "\"header\": 200", "ticket.json: sizes.header đang là 200; chỉ nhận số nguyên từ 22 đến 80.")]
    [InlineData("en", "\"header\": 25", "\"header\": 200", "ticket.json: sizes.header is 200; allowed is a whole number from 22 to 80.")]
    [InlineData("vi", "\"beep\": false,", "", "ticket.json: thiếu beep; cần true hoặc false.")]
    [InlineData("vi", "\"footer\": []", "\"footer\": [\"{tên}\"]", "ticket.json: footer đang là [\"{tên}\"]; chỉ nhận tối đa 6 dòng, mỗi dòng tối đa 200 ký tự; trong ngoặc nhọn chỉ dùng {hall}.")]
    [InlineData("vi", "\"footer\": [],", "\"footer\": [", "ticket.json: sai cú pháp JSON ở dòng ")]
    [InlineData("vi", "\"logo\": null", "\"logo\": { \"file\": \"/etc/passwd\", \"width\": 9 }", "ticket.json: logo.width đang là 9; chỉ nhận số nguyên từ 16 đến 352.")]
    [InlineData("en", "\"footer\": []", "\"footer\": [\"\\ud800\"]", "ticket.json: a text holds half a character (a lone surrogate).")]
    public async Task A_wrong_template_is_one_plain_line_in_the_pages_language(string language, string right, string wrong, string line)
    {
        var (status, page) = await SendAsync(language, Text(Shipped.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.StartsWith(line, Fault(page), StringComparison.Ordinal);
        Assert.DoesNotContain("<figure>", page, StringComparison.Ordinal);
        Assert.Contains(wrong, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_logo_is_never_read_from_the_hubs_own_disk()
    {
        var logo = System.IO.Path.Combine(folder, "logo.png");
        PngPicture.Write(new Raster(100, 100), logo);

        var (status, page) = await SendAsync("vi", Text(Shipped.Replace("\"logo\": null", $"\"logo\": {{ \"file\": \"{logo}\", \"width\": 100 }}", StringComparison.Ordinal)));

        Assert.Equal(HttpStatusCode.OK, status);
        var plain = TicketPreview.Sample with { Priority = false, ForwardNextDayAfter = null };
        Assert.Contains("data:image/png;base64," + Convert.ToBase64String(TicketPreview.Draw(plain, SlipTemplate.Default, 576)), page, StringComparison.Ordinal);
        Assert.Contains("chưa chọn tệp PNG", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", 65 * 1024, "Mẫu quá dài: tối đa 64 KB.")]
    [InlineData("file", 65 * 1024, "Mẫu quá dài: tối đa 64 KB.")]
    [InlineData("logo", (1024 * 1024) + 1, "Logo quá lớn: tệp PNG tối đa 1 MB.")]
    [InlineData("logo", 300, "ticket.json: logo.file đang là \"logo.png\"; chỉ nhận ảnh PNG; tệp này không phải PNG.")]
    public async Task What_is_too_large_or_no_picture_is_told_plainly(string part, int size, string line)
    {
        var content = part == "text" ? Text(new string(' ', size)) : Text(Shipped.Replace("\"logo\": null", """ "logo": { "file": "logo.png", "width": 120 }""", StringComparison.Ordinal));
        if (part != "text")
        {
            content.Add(new ByteArrayContent(new byte[size]), part, "any");
        }

        var (status, page) = await SendAsync("vi", content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(line, Fault(page));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("multipart/form-data")]
    public async Task What_is_no_form_is_told_plainly(string type)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Shipped));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        var (status, page) = await SendAsync("en", content);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.StartsWith("What was sent did not arrive", Fault(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_shows_what_is_said_of_a_photograph_of_twenty_megabytes()
    {
        var photograph = System.IO.Path.Combine(folder, "photo.png");
        await File.WriteAllBytesAsync(photograph, new byte[20 * 1024 * 1024], TestContext.Current.CancellationToken);
        var page = await OpenAsync(Path);
        await page.FillAsync("#text", "{}");
        await page.SetInputFilesAsync("[name=logo]", photograph);
        await page.ClickAsync("text=Xem thử");

        await Assertions.Expect(page.Locator("#fault")).ToHaveTextAsync("Logo quá lớn: tệp PNG tối đa 1 MB.");
        Assert.Equal("{}", await page.InputValueAsync("#text"));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("ld01", null, "Trang này dành cho quản trị", "/dashboard")]
    [InlineData("cb02", 2, "Trang này dành cho lãnh đạo", "/console")]
    public async Task The_page_is_for_administrators_alone(string code, int? counter, string line, string back)
    {
        var other = await hall.Hub.SignInAsync(code, counter);
        var (status, text) = await hall.Hub.SendAsync(other, HttpMethod.Get, Path);
        var (tried, _) = await hall.Hub.SendAsync(other, HttpMethod.Post, Path, Text(Shipped));
        var (saved, _) = await hall.Hub.SendAsync(other, HttpMethod.Post, Path + "/ticket.json", Text(Shipped));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (status, tried, saved));
        Assert.Contains($"<h1>{line}</h1>", text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{back}\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_has_no_serious_fault_in_either_language_on_a_desk_and_on_a_phone()
    {
        var faults = new List<string>();
        foreach (var (language, width, height) in new[] { ("vi", 1366, 768), ("vi", 390, 844), ("en", 1366, 768), ("en", 390, 844), ("vi", 320, 640) })
        {
            var page = await OpenAsync($"{Path}?lang={language}", width, height);
            await page.ClickAsync("main summary");
            faults.AddRange(await ScreenHall.FaultsAsync(page));
            await page.FillAsync("#text", Shipped.Replace("\"header\": 25", "\"hedaer\": \"" + new string('W', 300) + "\"", StringComparison.Ordinal));
            await page.ClickAsync("form .primary");
            await Assertions.Expect(page.Locator("#fault")).ToBeVisibleAsync();
            faults.AddRange(await ScreenHall.FaultsAsync(page));
            await page.Context.CloseAsync();
        }

        Assert.Empty(faults);
    }

    private async Task<IPage> OpenAsync(string path, int width = 1366, int height = 768) =>
        await hall.OpenAsync(path, width, height, await hall.Hub.SignInAsync("qt01", null));

    private async Task<(HttpStatusCode Status, string Page)> SendAsync(string language, HttpContent content)
    {
        var (status, text) = await hall.Hub.SendAsync(await hall.Hub.SignInAsync("qt01", null), HttpMethod.Post, $"{Path}?lang={language}", content);
        return (status, WebUtility.HtmlDecode(text));
    }

    private static string Fault(string page) => FaultLine().Match(page).Groups["line"].Value;

    [GeneratedRegex("id=\"fault\".*?<span>(?<line>.*?)</span>", RegexOptions.Singleline)]
    private static partial Regex FaultLine();

    private static MultipartFormDataContent Text(string template) => new() { { new StringContent(template, Encoding.UTF8, new MediaTypeHeaderValue("text/plain")), "text" } };

    private static async Task<IReadOnlyList<byte[]>> PicturesAsync(IPage page) =>
        [.. (await page.Locator("#result img").EvaluateAllAsync<string[]>("pictures => pictures.map(picture => picture.src)")).Select(address => Convert.FromBase64String(address.Split(',')[1]))];
}
