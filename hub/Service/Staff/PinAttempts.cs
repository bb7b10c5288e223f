using System.Collections.Concurrent;

namespace Reception.Hub.Staff;

/// <summary>
/// Slows guessing: after five failed PINs of one account from one address within 5 minutes that pair waits 30 s before each
/// further try; 50 failures an hour on one account do the same for every address.
/// </summary>
internal sealed class PinAttempts(TimeProvider clock)
{
    private const int MostFailuresOfPair = 5;
    private const int MostFailuresOfAccount = 50;
    private const int MostKeys = 10_000;
    private static readonly TimeSpan PairWindow = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AccountWindow = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Account, string Address), Failures> _pairs = [];
    private readonly ConcurrentDictionary<string, Failures> _accounts = [];

    /// <summary>How long a refused pair is told to wait.</summary>
    public static TimeSpan Wait { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes the right to one try, counted as failed until <see cref="Succeeded"/>; false where it must wait.</summary>
    public bool TryBegin(string account, string address)
    {
        Prune();
        var now = clock.GetTimestamp();
        var pair = _pairs.GetOrAdd((account, address), _ => new Failures(PairWindow, MostFailuresOfPair, clock));
        var whole = _accounts.GetOrAdd(account, _ => new Failures(AccountWindow, MostFailuresOfAccount, clock));
        lock (whole)
        {
            if (pair.MustWait(now) || whole.MustWait(now))
            {
                return false;
            }

            pair.Add(now);
            whole.Add(now);
            return true;
        }
    }

    /// <summary>The PIN was right: the pair begins anew, and the account forgets this try.</summary>
    public void Succeeded(string account, string address)
    {
        if (_accounts.TryGetValue(account, out var whole))
        {
            lock (whole)
            {
                _pairs.TryRemove((account, address), out _);
                whole.TakeBackLast();
            }
        }
    }

    /// <summary>Names that nobody has must not fill the memory.</summary>
    private void Prune()
    {
        if (_pairs.Count > MostKeys || _accounts.Count > MostKeys)
        {
            var now = clock.GetTimestamp();
            foreach (var pair in _pairs.Where(pair => pair.Value.IsOver(now)))
            {
                _pairs.TryRemove(pair);
            }

            foreach (var account in _accounts.Where(account => account.Value.IsOver(now)))
            {
                _accounts.TryRemove(account);
            }
        }
    }

    private sealed class Failures(TimeSpan window, int most, TimeProvider clock)
    {
        private readonly List<long> _times = [];

        public bool MustWait(long now)
        {
            _times.RemoveAll(time => clock.GetElapsedTime(time, now) > window);
            return _times.Count >= most && clock.GetElapsedTime(_times[^1], now) < Wait;
        }

        public void Add(long now) => _times.Add(now);

        public void TakeBackLast() => _times.RemoveAt(_times.Count - 1);

        public bool IsOver(long now) => _times.Count == 0 || clock.GetElapsedTime(_times[^1], now) > window;
    }
}
