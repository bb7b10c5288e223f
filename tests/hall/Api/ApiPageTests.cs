using System.Collections.Concurrent;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Api;

/// <summary>The page that shows the API, in a real browser.</summary>
[Collection(DescribedHall.Name)]
public sealed class ApiPageTests(SharedHall shared, Chromium chromium) : HallTest(shared)
{
    private string[] Own => [Hall.Address, "data:", "blob:"];

    [Fact]
    public async Task The_page_shows_every_subject_and_asks_the_hub_alone()
    {
        var page = await chromium.OpenAsync(1366, 900);
        var (foreign, errors) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        page.Request += (_, request) =>
        {
            if (!Own.Any(start => request.Url.StartsWith(start, StringComparison.Ordinal)))
            {
                foreign.Enqueue(request.Url);
            }
        };
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => errors.Enqueue(error);
        await page.GotoAsync(Hall.Address + "/api");
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Reception, the hub of a hall");
        foreach (var tag in ApiContract.Document.GetProperty("tags").EnumerateArray())
        {
            var link = page.Locator($"aside a[href$='#tag/{tag.GetProperty("name").GetString()!.ToLowerInvariant()}']");
            await Assertions.Expect(link).ToBeVisibleAsync();
        }

        await page.Locator("aside a[href$='#tag/tickets']").ClickAsync();
        await Assertions.Expect(page.GetByText("A kiosk or counter agent takes a number.").First).ToBeVisibleAsync();
        Assert.Empty(foreign);
        Assert.Empty(errors);
    }
}
