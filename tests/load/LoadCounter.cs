using System.Text;

namespace Reception.Load;

/// <summary>An officer at a counter, and a kiosk that gives tickets for it.</summary>
internal sealed class LoadCounter : IDisposable
{
    /// <summary>The PIN of every account of the demonstration.</summary>
    public const string Pin = "2580";

    private readonly HttpLine _officer;
    private readonly HttpLine _kiosk;
    private readonly string _service;

    public LoadCounter(LoadHall hall, int counter, string officer, string service)
    {
        (Counter, _service) = (counter, service);
        _kiosk = new HttpLine(hall.HttpPort) { Caller = "Authorization: " + hall.Bearer("bench-1") };
        _officer = SignIn(hall, officer, counter);
    }

    /// <summary>A connection of somebody who is signed in; at a counter, or at none.</summary>
    public static HttpLine SignIn(LoadHall hall, string person, int? counter)
    {
        var line = new HttpLine(hall.HttpPort);
        Expect(204, line.Post("/api/v1/session", $$"""{"officer":"{{person}}","pin":"{{Pin}}"{{(counter is { } number ? $",\"counter\":{number}" : "")}}}"""), line);
        var cookie = line.Headers.Split("\r\n").First(header => header.StartsWith("Set-Cookie:", StringComparison.OrdinalIgnoreCase));
        line.Caller = "Cookie: " + cookie["Set-Cookie:".Length..].Split(';')[0].Trim();
        return line;
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

    public static void Expect(int wanted, int status, HttpLine line)
    {
        if (status != wanted)
        {
            throw new InvalidOperationException($"Expected {wanted}, got {status}: {Encoding.UTF8.GetString(line.Body)}");
        }
    }
}
