using System.Collections.Concurrent;

namespace Reception.Hub.Staff;

/// <summary>
/// Slows guessing: after five failed PINs of one account from one address within 5 minutes that pair waits 30 s before each
/// further try; 50 failures an hour on one account do the same for every address, and 200 failures within 5 minutes from one address for every
/// account. A browser in which the account has signed in before has a count of its own, so that a stranger can't lock its owner out.
/// </summary>
internal sealed class PinAttempts(TimeProvider clock)
{
    private const int MostFailuresOfPair = 5;
    private const int MostFailuresOfAccount = 50;
    private const int MostFailuresOfAddress = 200;
    private const int MostKeys = 10_000;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PairWindow = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AccountWindow = TimeSpan.FromHours(1);
    private static readonly TimeSpan AddressWindow = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Failures> _failures = [];

    /// <summary>Takes the right to one try, counted as failed until <see cref="Succeeded"/>; else how long it must wait.</summary>
    /// <param name="account">Who signs in.</param>
    /// <param name="address">Where from.</param>
    /// <param name="browser">The browser, where the account has signed in there before; else null.</param>
    public TimeSpan? TryBegin(string account, string address, string? browser = null)
    {
        lock (_gate)
        {
            var now = clock.GetTimestamp();
            Prune(now);
            var counts = Counts(account, address, browser).ToList();
            if (counts.Max(failures => failures.WaitAt(now)) is { } wait)
            {
                return wait;
            }

            counts.ForEach(failures => failures.Add(now));
            return null;
        }
    }

    /// <summary>The PIN was right: the pair begins anew, and the others forget this try.</summary>
    public void Succeeded(string account, string address, string? browser = null)
    {
        lock (_gate)
        {
            var counts = Counts(account, address, browser).ToList();
            counts[0].Forget();
            counts.Skip(1).ToList().ForEach(failures => failures.TakeBackLast());
        }
    }

    /// <summary>The PIN was not looked at: the try counts for nothing.</summary>
    public void TakeBack(string account, string address, string? browser = null)
    {
        lock (_gate)
        {
            Counts(account, address, browser).ToList().ForEach(failures => failures.TakeBackLast());
        }
    }

    /// <summary>What a try counts for, the pair first.</summary>
    private IEnumerable<Failures> Counts(string account, string address, string? browser)
    {
        if (browser is not null)
        {
            yield return Of($"browser {account} {browser}", PairWindow, MostFailuresOfPair);
            yield break;
        }

        yield return Of($"pair {account} {address}", PairWindow, MostFailuresOfPair);
        yield return Of($"account {account}", AccountWindow, MostFailuresOfAccount);
        yield return Of($"address {address}", AddressWindow, MostFailuresOfAddress);
    }

    private Failures Of(string key, TimeSpan window, int most)
    {
        if (!_failures.TryGetValue(key, out var failures))
        {
            _failures[key] = failures = new Failures(window, most, clock);
        }

        return failures;
    }

    /// <summary>Unknown names must not fill the memory.</summary>
    private void Prune(long now)
    {
        if (_failures.Count > MostKeys)
        {
            foreach (var (key, _) in _failures.Where(entry => entry.Value.IsOver(now)).ToList())
            {
                _failures.Remove(key);
            }
        }
    }

    private sealed class Failures(TimeSpan window, int most, TimeProvider clock)
    {
        private readonly List<long> _times = [];

        public TimeSpan? WaitAt(long now)
        {
            _times.RemoveAll(time => clock.GetElapsedTime(time, now) > window);
            var wait = _times.Count < most ? TimeSpan.Zero : Wait - clock.GetElapsedTime(_times[^1], now);
            return wait > TimeSpan.Zero ? wait : null;
        }

        public void Add(long now) => _times.Add(now);

        public void Forget() => _times.Clear();

        public void TakeBackLast() => _times.RemoveRange(Math.Max(0, _times.Count - 1), Math.Min(1, _times.Count));

        public bool IsOver(long now) => _times.Count == 0 || clock.GetElapsedTime(_times[^1], now) > window;
    }
}
