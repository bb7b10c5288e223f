using System.Text;

namespace Reception.Load;

/// <summary>An officer at a counter, and a kiosk that gives tickets for it.</summary>
internal sealed class Desk : IDisposable
{
    private readonly HttpLine _officer;
    private readonly HttpLine _kiosk;
    private readonly string _service;

    public Desk(LoadHall hall, int counter, string officer, string service)
    {
        (Counter, _service) = (counter, service);
        _kiosk = new HttpLine(hall.HttpPort) { Caller = "Authorization: " + hall.Bearer("bench-1") };
        _officer = new HttpLine(hall.HttpPort);
        Expect(204, _officer.Post("/api/v1/session", $$"""{"officer":"{{officer}}","pin":"2580","counter":{{counter}}}"""), _officer);
        var cookie = _officer.Headers.Split("\r\n").First(header => header.StartsWith("Set-Cookie:", StringComparison.OrdinalIgnoreCase));
        _officer.Caller = "Cookie: " + cookie["Set-Cookie:".Length..].Split(';')[0].Trim();
    }

    public int Counter { get; }

    public void Issue() => Expect(201, _kiosk.Post("/api/v1/tickets", $$"""{"service":"{{_service}}","lane":"normal"}"""), _kiosk);

    public void CallNext() => Expect(200, _officer.Post($"/api/v1/counters/{Counter}/call-next"), _officer);

    public void Finish() => Expect(200, _officer.Post($"/api/v1/counters/{Counter}/finish"), _officer);

    public void Dispose()
    {
        _officer.Dispose();
        _kiosk.Dispose();
    }

    private static void Expect(int wanted, int status, HttpLine line)
    {
        if (status != wanted)
        {
            throw new InvalidOperationException($"Expected {wanted}, got {status}: {Encoding.UTF8.GetString(line.Body)}");
        }
    }
}
