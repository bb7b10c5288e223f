using System.Collections.Concurrent;
using System.Net.Sockets;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.History;

/// <summary>What the clients of a hall asked for and were answered, each under its id: the hall must have kept it.</summary>
internal sealed class HallHistory
{
    /// <summary>How soon a client that got no answer tries again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

    // As many tickets as two counters call within seconds.
    private const int MostWaiting = 12;

    private readonly ConcurrentQueue<KeyedRequest> _requests = new();
    private readonly ConcurrentQueue<Visit> _visits = new();
    private readonly ConcurrentDictionary<Guid, KioskOrder> _errands = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private int _answers;
    private int _issued;
    private int _kills;
    private int _returns;

    public IReadOnlyList<KeyedRequest> Requests => [.. _requests];

    /// <summary>The visits of each counter, in their order.</summary>
    public IReadOnlyList<Visit> Visits => [.. _visits];

    public IReadOnlyCollection<KioskOrder> TicketOrders => [.. _errands.Values];

    /// <summary>Answers that no client may get.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>How many answers came so far.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>Whether more tickets may be taken: officers keep up.</summary>
    public bool HasRoom => Volatile.Read(ref _issued) - _visits.Count < MostWaiting;

    /// <summary>Programs are being killed.</summary>
    public void Killed() => Interlocked.Increment(ref _kills);

    /// <summary>Those that were killed are up again.</summary>
    public void Returned() => Interlocked.Increment(ref _returns);

    /// <summary>
    /// Waits until a press that was just made is at the hub, or programs have died and come back since. A message's way to the hub counts
    /// as time after the press: nobody is served within it. It takes longer on a slow machine, and so does a program's start.
    /// </summary>
    public Task PassAsync(Func<bool> isDelivered)
    {
        var next = Volatile.Read(ref _kills) + 1;
        return Eventually.TrueAsync(
            () => Volatile.Read(ref _returns) >= next || isDelivered(), () => "a press is still on its way", HistoryHall.Patience);
    }

    public KeyedRequest Ask(string caller, string path, object? body = null)
    {
        var request = new KeyedRequest(caller, path, body);
        _requests.Enqueue(request);
        return request;
    }

    /// <summary>Sends a request again until it is answered; null where its client gives up after a failure.</summary>
    public async Task<ApiAnswer?> AnswerAsync(ApiClient client, KeyedRequest request, bool givesUp = false)
    {
        while (true)
        {
            try
            {
                var answer = await client.PostAsync(request.Path, request.Body, request.Key);
                if (answer.Status != 503)
                {
                    request.Answer = answer;
                    Answered();
                    return answer;
                }
            }
            catch (Exception failure) when ((failure is HttpRequestException or SocketException) && givesUp)
            {
                return null;
            }
            catch (Exception failure) when (failure is HttpRequestException or SocketException)
            {
                // Nobody answers for the moment.
                await Task.Delay(Again, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>A client got an answer of any kind.</summary>
    public void Answered() => Interlocked.Increment(ref _answers);

    /// <summary>A ticket was issued to a client.</summary>
    public void Issued() => Interlocked.Increment(ref _issued);

    public void Begin(Visit visit) => _visits.Enqueue(visit);

    /// <summary>The order of a touch; touches within three seconds are one.</summary>
    public KioskOrder Touched(Guid order) => _errands.GetOrAdd(order, id => new KioskOrder(id));

    public void Fault(string text) => _faults.Enqueue(text);
}

/// <summary>A request with a key of its own, and its first answer, or null where none came.</summary>
internal sealed class KeyedRequest(string caller, string path, object? body)
{
    public string Caller => caller;

    public string Path => path;

    public object? Body => body;

    public string Key { get; } = Guid.CreateVersion7().ToString();

    public ApiAnswer? Answer { get; set; }

    public override string ToString() => $"{Caller} {Path} {Key}";
}

/// <summary>A call that an officer was answered, and how the visit ended.</summary>
internal sealed class Visit(int counter, string officer, Guid ticket, string number)
{
    public int Counter => counter;

    public string Officer => officer;

    public Guid Ticket => ticket;

    public string Number => number;

    /// <summary>As the journal names it.</summary>
    public string? Ending { get; set; }

    /// <summary>What its citizen pressed; null where nothing was.</summary>
    public Press? Press { get; set; }

    public override string ToString() => $"{Number} at counter {Counter}";
}

/// <summary>A press of a level, and whether the device said that it has it.</summary>
internal sealed record Press(int Level, bool IsThanked);

/// <summary>A touch at the kiosk, by the id of its request, and what its screen showed.</summary>
internal sealed class KioskOrder(Guid id)
{
    public Guid Id => id;

    /// <summary>The number that was shown.</summary>
    public string? Number { get; set; }

    /// <summary>Whether the screen said that there is no number.</summary>
    public bool IsGivenUp { get; set; }
}
