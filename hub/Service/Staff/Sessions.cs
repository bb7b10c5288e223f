using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Staff;

/// <summary>
/// Who is signed in. A session ends with its business day and with the PIN that opened it, an officer's also with the duty it was opened for.
/// </summary>
internal sealed class Sessions(HallBoard board, SetupBook book)
{
    private readonly ConcurrentDictionary<string, Session> _sessions = [];

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

    public void Add(byte[] tokenHash, Session session) => _sessions[Convert.ToHexStringLower(tokenHash)] = session;

    public void Remove(byte[] tokenHash) => _sessions.TryRemove(Convert.ToHexStringLower(tokenHash), out _);

    /// <summary>Who a cookie's token stands for, or null where the session has ended.</summary>
    public Person? Find(string? token)
    {
        if (string.IsNullOrEmpty(token) || !_sessions.TryGetValue(Convert.ToHexStringLower(Hash(token)), out var session))
        {
            return null;
        }

        var hall = board.Current.State;
        if (session.Day != DayNumber.Of(hall.Day) || book.Current.Officer(session.Person) is not { Left: false } officer)
        {
            return null;
        }

        if (book.Current.Pins.GetValueOrDefault(session.Person) != session.PinHash)
        {
            return null;
        }

        var onDuty = session.Counter is not { } number || (hall.Counters.TryGetValue(number, out var counter) && counter.Duty == session.Duty);
        return onDuty ? new Person(officer.Code, officer.Role, session.Counter) : null;
    }

    /// <summary>Only a digest of the token is kept.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <summary>One session.</summary>
/// <param name="PinHash">The hash of the PIN that opened it.</param>
internal sealed record Session(int Day, string Person, int? Counter, Guid? Duty, string? PinHash);
