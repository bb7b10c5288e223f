using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Staff;

/// <summary>
/// Who is signed in. A session ends with its business day and with the PIN that opened it, an officer's also with the duty it was opened for,
/// a leader's and an administrator's also when they do nothing for a while.
/// </summary>
internal sealed class Sessions(HallBoard board, SetupBook book, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Held> _sessions = [];

    /// <summary>After so long without a request of theirs, leaders and administrators are signed out; after a restart it begins anew.</summary>
    public static TimeSpan LongestIdle { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Reads the sessions of the present day, so that they outlive a restart.</summary>
    public void Load(HubDatabase database)
    {
        using var reader = database.OpenReader();
        foreach (var row in reader.Query<(byte[] Token, long Day, string Person, long? Counter, byte[]? Duty)>(
            "SELECT token, day, person, counter, duty FROM session WHERE day = @day", new { day = DayNumber.Of(board.Current.State.Day) }))
        {
            var duty = row.Duty is null ? (Guid?)null : new Guid(row.Duty, bigEndian: true);
            Add(row.Token, new Session((int)row.Day, row.Person, (int?)row.Counter, duty, book.Current.Pins.GetValueOrDefault(row.Person)));
        }
    }

    public void Add(byte[] tokenHash, Session session) => _sessions[Convert.ToHexStringLower(tokenHash)] = new Held(session, clock.GetTimestamp());

    public void Remove(byte[] tokenHash) => _sessions.TryRemove(Convert.ToHexStringLower(tokenHash), out _);

    /// <summary>Ends all sessions of a person.</summary>
    public void RemoveAllOf(string person)
    {
        foreach (var (token, held) in _sessions)
        {
            if (held.Session.Person == person)
            {
                _sessions.TryRemove(token, out _);
            }
        }
    }

    /// <summary>A session goes on under its person's new PIN.</summary>
    public void Renew(byte[] tokenHash, string pinHash)
    {
        var token = Convert.ToHexStringLower(tokenHash);
        if (_sessions.TryGetValue(token, out var held))
        {
            _sessions[token] = new Held(held.Session with { PinHash = pinHash }, clock.GetTimestamp());
        }
    }

    /// <summary>The person of a session has done something.</summary>
    public void Touch(string? token)
    {
        if (!string.IsNullOrEmpty(token) && _sessions.TryGetValue(Convert.ToHexStringLower(Hash(token)), out var held) && !IsIdle(held))
        {
            held.SeenAt = clock.GetTimestamp();
        }
    }

    /// <summary>Sessions of the present day in which nothing was done for too long.</summary>
    public IReadOnlyList<(byte[] TokenHash, string Person)> Idle() =>
        [.. _sessions.Where(one => IsIdle(one.Value) && one.Value.Session.Day == DayNumber.Of(board.Current.State.Day))
            .Select(one => (Convert.FromHexString(one.Key), one.Value.Session.Person))];

    /// <summary>Who a cookie's token stands for, or null where the session has ended.</summary>
    public Person? Find(string? token)
    {
        if (string.IsNullOrEmpty(token) || !_sessions.TryGetValue(Convert.ToHexStringLower(Hash(token)), out var held) || IsIdle(held))
        {
            return null;
        }

        var (session, hall) = (held.Session, board.Current.State);
        if (session.Day != DayNumber.Of(hall.Day) || book.Current.Officer(session.Person) is not { Left: false } officer)
        {
            return null;
        }

        if (book.Current.Pins.GetValueOrDefault(session.Person) != session.PinHash)
        {
            return null;
        }

        var onDuty = session.Counter is not { } number || (hall.Counters.TryGetValue(number, out var counter) && counter.Duty == session.Duty);
        var mustChangePin = book.Current.PinsToChange.Contains(officer.Code);
        return onDuty ? new Person(officer.Code, officer.Role, session.Counter) { MustChangePin = mustChangePin } : null;
    }

    /// <summary>Only a digest of the token is kept.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    // An officer sits at a counter in sight of citizens and colleagues, and the duty ends with the ticket in hand, not before.
    private bool IsIdle(Held held) =>
        held.Session.Counter is null && clock.GetElapsedTime(held.SeenAt) >= LongestIdle;

    private sealed class Held(Session session, long seenAt)
    {
        private long _seenAt = seenAt;

        public Session Session => session;

        public long SeenAt
        {
            get => Interlocked.Read(ref _seenAt);
            set => Interlocked.Exchange(ref _seenAt, value);
        }
    }
}

/// <summary>One session.</summary>
/// <param name="PinHash">The hash of the PIN that opened it.</param>
internal sealed record Session(int Day, string Person, int? Counter, Guid? Duty, string? PinHash);
