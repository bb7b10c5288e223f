using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;
using Reception.Hall.Tests.Screens;

namespace Reception.Hall.Tests.Dashboard;

/// <summary>The bar of the leader's and the administrator's pages: on every screen each of its tabs can be reached.</summary>
[Collection(LeavingTheScreen.Name)]
public sealed class MenuTests(FullHall hall)
{
    private static readonly string[] Leaders = ["/dashboard", "/ratings", "/devices", "/papers", "/join/poster"];
    private static readonly string[] Administrators = [.. Leaders, "/appointments", "/admin", "/admin/changes", "/admin/metrics", "/ticket-template"];

    // The last three are 1366 × 768 at 150 % and at 200 %, and a phone.
    private static readonly (int Width, int Height)[] Screens =
        [(1920, 1080), (1366, 768), (1280, 720), (911, 512), (683, 384), (390, 844)];

    private const string Faults = """
        async tabs => {
          const settled = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          await document.fonts.ready;
          // What has just moved takes no pointer for a moment.
          do await settled(); while (document.querySelector("[data-fresh]") !== null);
          const bar = document.querySelector(".leader");
          const more = bar.querySelector("details");
          const faults = [];
          const inside = (element, what) => {
            const box = element.getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            if (box.width === 0 || box.left < 0 || box.right > innerWidth || box.bottom > innerHeight) {
              faults.push(`${what} is cut: ${JSON.stringify(box)}`);
            } else if (!element.contains(top)) {
              faults.push(`${what} lies under ${top?.outerHTML.slice(0, 80)}`);
            }
          };
          const seen = [...bar.querySelectorAll(":scope > b, nav > a, nav > details > summary, .right > *")].filter(one => one.checkVisibility());
          for (const element of seen) inside(element, element.textContent.trim());
          for (const [index, one] of seen.entries()) {
            for (const other of seen.slice(index + 1)) {
              const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
              if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) {
                faults.push(`${one.textContent.trim()} lies on ${other.textContent.trim()}`);
              }
            }
          }
          const name = bar.querySelector("b");
          if (name.title !== name.textContent) faults.push("the whole name is not told");
          if (!more.hidden) {
            if (name.scrollWidth <= name.clientWidth && name.parentElement.clientWidth > 860) faults.push("a tab gave way before the name");
            more.open = true;
            await settled();
            for (const tab of more.querySelectorAll("div > a")) inside(tab, tab.textContent.trim());
            more.open = false;
          }
          const found = bar.querySelectorAll("nav a").length;
          if (found !== tabs) faults.push(`${found} tabs of ${tabs}`);
          return faults.map(fault => `${location.pathname} ${innerWidth}×${innerHeight} ${document.documentElement.lang}: ${fault}`);
        }
        """;

    [Theory]
    [InlineData(false, "vi")]
    [InlineData(false, "en")]
    [InlineData(true, "vi")]
    [InlineData(true, "en")]
    public async Task No_tab_is_lost_on_any_screen(bool administers, string language)
    {
        var faults = new List<string>();
        foreach (var path in administers ? Administrators : Leaders)
        {
            var page = await hall.OpenAsync($"{path}?lang={language}", administers ? hall.Administrator : hall.Leader, 1366, 768);
            foreach (var (width, height) in Screens)
            {
                await page.SetViewportSizeAsync(width, height);
                faults.AddRange(await page.EvaluateAsync<string[]>(Faults, administers ? 6 : 4));
            }

            await page.Context.CloseAsync();
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task What_went_into_the_last_tab_is_reached_by_keys_and_by_touch()
    {
        var page = await hall.OpenAsync("/ratings", hall.Administrator, 390, 844);
        await page.FocusAsync(".more summary");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".more a").Last).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".more a").Last).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".more summary")).ToBeFocusedAsync();
        await page.ClickAsync(".more summary");
        Assert.True((await page.Locator(".more summary").BoundingBoxAsync())!.Height >= 44);
        await page.ClickAsync("main", new PageClickOptions { Position = new Position { X = 20, Y = 150 } });
        await Assertions.Expect(page.Locator(".more a").Last).ToBeHiddenAsync();

        await page.FocusAsync(".more summary");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Shift+Tab");
        await page.FocusAsync(".more [href='/admin']");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(hall.Hub.Address + "/admin/hours");
        Assert.Empty(await Axe.FindAsync(page));
        await page.Context.CloseAsync();
    }
}
