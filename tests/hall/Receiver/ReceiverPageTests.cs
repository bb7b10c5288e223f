using System.Globalization;
using System.Net.Sockets;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Receiver;

/// <summary>The receiver's own program, and its page in a real browser.</summary>
public sealed class ReceiverPageTests(Chromium chromium) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-receiver-").FullName;
    private readonly int _port = FreePort.Next();
    private readonly HttpClient _http = new();
    private Spawned _receiver = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        await StartAsync();
        _page = await chromium.OpenAsync(1366, 768);
        await _page.GotoAsync(Address("/"));
    }

    public async ValueTask DisposeAsync()
    {
        await _page.Context.DisposeAsync();
        _receiver.Dispose();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_arrives_shows_at_once_newest_first_and_opens_by_key()
    {
        await Assertions.Expect(_page.GetByText("Chưa nhận được sự kiện nào")).ToBeVisibleAsync();
        await Assertions.Expect(_page.GetByText("Trực tiếp")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("first", Event(2, "A001"), Event(3, "A002")));

        await Assertions.Expect(Rows).ToHaveCountAsync(2);
        await Assertions.Expect(Rows.First).ToContainTextAsync("A002");
        await Rows.First.Locator("summary").FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Rows.First.Locator("pre")).ToContainTextAsync("\"number\": \"A002\"");

        // What a person has opened stays open while more comes in.
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("second", Event(4, "A003")));
        await Assertions.Expect(Rows).ToHaveCountAsync(3);
        await Assertions.Expect(Rows.Nth(1).Locator("pre")).ToBeVisibleAsync();
        await Assertions.Expect(Rows.Nth(1).Locator("summary")).ToBeFocusedAsync();
        await NothingSeriousAsync();
    }

    [Fact]
    public async Task A_repeat_is_counted_and_a_fault_is_refused_with_its_reason()
    {
        await SendAsync("first", Event(2, "A001"));
        await SendAsync("first", Event(2, "A001"));
        await Assertions.Expect(_page.Locator(".tally .card", new() { HasText = "Gửi lặp" })).ToContainTextAsync("1");
        await Assertions.Expect(Rows).ToHaveCountAsync(1);
        Assert.Equal(HttpStatusCode.BadRequest, await SendAsync("second", "{}"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await SendAsync("third", new string(' ', 300_000)));
    }

    [Fact]
    public async Task A_page_that_lost_its_receiver_says_so_and_recovers_with_all_it_had()
    {
        await SendAsync("first", Event(2, "A001"));
        await Assertions.Expect(Rows).ToHaveCountAsync(1);
        await _receiver.KillAsync();
        await Assertions.Expect(_page.GetByText("Mất kết nối, đang thử lại")).ToBeVisibleAsync();
        await StartAsync();
        await Assertions.Expect(_page.GetByText("Trực tiếp")).ToBeVisibleAsync();
        await SendAsync("second", Event(3, "A002"));
        await Assertions.Expect(Rows).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task It_speaks_English_too_and_leads_to_older_pages()
    {
        await SendAsync("first", [.. Enumerable.Range(2, 60).Select(sequence => Event(sequence, $"A{sequence:000}"))]);
        await _page.GotoAsync(Address("/?lang=en"));
        await Assertions.Expect(_page.GetByText("The province's receiver")).ToBeVisibleAsync();
        await Assertions.Expect(Rows).ToHaveCountAsync(50);
        await _page.GetByText("Older").ClickAsync();
        await Assertions.Expect(Rows).ToHaveCountAsync(10);
        await Assertions.Expect(Rows.Last).ToContainTextAsync("A002");
        await NothingSeriousAsync();
    }

    private ILocator Rows => _page.Locator("details");

    private async Task NothingSeriousAsync() => Assert.Empty(await Axe.FindAsync(_page));

    private string Address(string path) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}{path}");

    private async Task<HttpStatusCode> SendAsync(string key, params string[] events)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("/events"));
        request.Headers.Add("Idempotency-Key", key);
        request.Content = new StringContent($"[{string.Join(',', events)}]", Encoding.UTF8, "application/cloudevents-batch+json");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static string Event(int sequence, string number) => JsonSerializer.Serialize(new
    {
        specversion = "1.0",
        id = string.Create(CultureInfo.InvariantCulture, $"event-{sequence}"),
        source = "urn:reception:H55.242",
        type = "vn.reception.ticket.issued",
        time = "2026-11-23T10:42:00.000+07:00",
        subject = "0197a3c2-1111-7000-8000-000000000001",
        datacontenttype = "application/json",
        sequence = sequence.ToString(CultureInfo.InvariantCulture),
        chain = new string('a', 64),
        data = new { number },
    });

    private async Task StartAsync()
    {
        _receiver = Spawned.Program("receiver", "--port", _port.ToString(CultureInfo.InvariantCulture), "--data", _folder);
        await Eventually.TrueAsync(AnswersAsync, () => _receiver.All);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(Address("/events")), TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or SocketException)
        {
            // It does not listen yet.
            return false;
        }
    }
}
