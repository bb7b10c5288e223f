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
            var isFull = IsFull(_taken, address, options.PerAddress) || IsFull(_taken, Everybody, options.Total);
            if (!isFull)
            {
                Add(_taken, address);
                Add(_taken, Everybody);
            }

            return new Place(this, address, isFull);
        }
    }

    /// <summary>Takes the right to try a code, counted as wrong until <see cref="Right"/>; false where the address must wait.</summary>
    public bool TryCode(string address)
    {
        lock (_gate)
        {
            if (IsFull(_guessed, address, options.WrongCodes))
            {
                return false;
            }

            Add(_guessed, address);
            return true;
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

    private bool IsFull(Dictionary<string, List<long>> book, string address, int most)
    {
        if (most == 0 || !book.TryGetValue(address, out var times))
        {
            return false;
        }

        Forget(times);
        return times.Count >= most;
    }

    private void Add(Dictionary<string, List<long>> book, string address)
    {
        foreach (var (old, times) in book)
        {
            Forget(times);
            if (times.Count == 0)
            {
                book.Remove(old);
            }
        }

        if (!book.TryGetValue(address, out var mine))
        {
            book[address] = mine = [];
        }

        mine.Add(clock.GetTimestamp());
    }

    private void Forget(List<long> times) => times.RemoveAll(time => clock.GetElapsedTime(time) >= Window);

    /// <summary>A place among the numbers that an address may take. It is given back where no number came of it.</summary>
    internal sealed class Place(PhoneLimits limits, string address, bool isFull) : IDisposable
    {
        private bool _isUsed;

        public string Address => address;

        /// <summary>Whether the address, or all of them, have taken as many as they may.</summary>
        public bool IsFull => isFull;

        /// <summary>A number was taken.</summary>
        public void Use() => _isUsed = true;

        public void Dispose()
        {
            if (!_isUsed && !isFull)
            {
                limits.GiveBack(address);
            }
        }
    }
}
