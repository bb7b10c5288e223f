using Reception.Hall;

namespace Reception.Hub.Journal;

/// <summary>The value of a command, or the refusal that it came to.</summary>
internal readonly record struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    /// <summary>Why the command was refused, or null.</summary>
    public Refusal? Refusal { get; }

    /// <summary>The value; there is none where the command was refused.</summary>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"The command was refused: {Refusal.English}");

    public Result<TOther> Then<TOther>(Func<T, TOther> next) => Refusal is { } refusal ? refusal : next(Value);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
