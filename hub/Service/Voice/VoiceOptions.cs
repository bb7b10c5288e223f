using System.ComponentModel.DataAnnotations;

namespace Reception.Hub.Voice;

/// <summary>Where spoken calls are kept and how they sound.</summary>
internal sealed record VoiceOptions
{
    /// <summary>The folder of the cache: one WAV a sentence.</summary>
    [Required]
    public required string Folder { get; init; }

    /// <summary>espeak-ng's speed in words a minute: slower than talk, for a hall echoes.</summary>
    [Range(80, 300)]
    public int WordsPerMinute { get; init; } = 150;

    /// <summary>Sentences kept, some 250 KB each; the oldest go first.</summary>
    [Range(10, 10_000)]
    public int Kept { get; init; } = 400;
}
