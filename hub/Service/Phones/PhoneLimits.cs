using Reception.Hall;
using Reception.Hub.Options;

namespace Reception.Hub.Phones;

/// <summary>Slows who takes numbers in bulk or guesses codes. Addresses stay in memory for ten minutes, and are written nowhere.</summary>
internal sealed class PhoneLimits(PhoneOptions options, TimeProvider clock)
{
    private const string Everybody = "";
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<long>> _taken = [];
    private readonly Dictionary<string, List<long>> _guessed = [];

    public static Refusal TooMany { get; } = new("too-many",
        "Trong ít phút vừa qua đã có quá nhiều số được lấy bằng điện thoại. Xin chờ vài phút rồi thử lại, hoặc lấy số ở máy.",
        "Too many numbers were taken by phone within the last minutes. Wait some minutes, or take one at the kiosk.");

    public static Refusal TooManyCodes { get; } = new("too-many",
        "Đã nhập sai mã quá nhiều lần. Xin chờ vài phút rồi thử lại, hoặc lấy số ở máy.",
        "Too many wrong codes. Wait some minutes, or take a number at the kiosk.");

    /// <summary>Takes a place, counted as a number until it is given back.</summary>
    public Place Reserve(string address)
    {
        lock (_gate)
        {
            var wait = Later(WaitOf(_taken, address, options.PerAddress), WaitOf(_taken, Everybody, options.Total));
            if (wait is null)
            {
                Add(_taken, address);
                Add(_taken, Everybody);
            }

            return new Place(this, address, wait);
        }
    }

    /// <summary>Takes the right to try a code, counted as wrong until <see cref="Right"/>; else how long the address must wait.</summary>
    public TimeSpan? TryCode(string address)
    {
        lock (_gate)
        {
            if (WaitOf(_guessed, address, options.WrongCodes) is { } wait)
            {
                return wait;
            }

            Add(_guessed, address);
            return null;
        }
    }

    /// <summary>The code was right: that try is not counted.</summary>
    public void Right(string address)
    {
        lock (_gate)
        {
            if (_guessed.TryGetValue(address, out var tries) && tries.Count > 0)
            {
                tries.RemoveAt(tries.Count - 1);
            }
        }
    }

    private void GiveBack(string address)
    {
        lock (_gate)
        {
            foreach (var key in new[] { address, Everybody })
            {
                if (_taken.TryGetValue(key, out var times) && times.Count > 0)
                {
                    times.RemoveAt(times.Count - 1);
                }
            }
        }
    }

    /// <summary>How long it takes until one more is allowed; null where it is now.</summary>
    private TimeSpan? WaitOf(Dictionary<string, List<long>> counted, string address, int most)
    {
        if (most == 0 || !counted.TryGetValue(address, out var times))
        {
            return null;
        }

        Forget(times);
        return times.Count >= most ? Window - clock.GetElapsedTime(times[^most]) : null;
    }

    private static TimeSpan? Later(TimeSpan? one, TimeSpan? other) => one > other || other is null ? one : other;

    private void Add(Dictionary<string, List<long>> counted, string address)
    {
        foreach (var (old, times) in counted)
        {
            Forget(times);
            if (times.Count == 0)
            {
                counted.Remove(old);
            }
        }

        if (!counted.TryGetValue(address, out var mine))
        {
            counted[address] = mine = [];
        }

        mine.Add(clock.GetTimestamp());
    }

    private void Forget(List<long> times) => times.RemoveAll(time => clock.GetElapsedTime(time) >= Window);

    /// <summary>A place among the numbers that an address may take. It is given back where no number came of it.</summary>
    internal sealed class Place(PhoneLimits limits, string address, TimeSpan? wait) : IDisposable
    {
        private bool _isUsed;

        public string Address => address;

        /// <summary>How long the address waits, where it or all of them have taken as many as they may; else null.</summary>
        public TimeSpan? Wait => wait;

        /// <summary>A number was taken.</summary>
        public void Use() => _isUsed = true;

        public void Dispose()
        {
            if (!_isUsed && wait is null)
            {
                limits.GiveBack(address);
            }
        }
    }
}
