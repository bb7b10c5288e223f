using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reception.Hub.Security;

/// <summary>What an entry of the security log holds beside its kind and its person: codes, numbers and addresses, never a PIN or a secret.</summary>
internal sealed record SecurityDetail
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The address that the request or the connection came from.</summary>
    public string? From { get; init; }

    /// <summary>Where the other client of a cloned device is.</summary>
    public string? OtherFrom { get; init; }

    public int? Counter { get; init; }

    /// <summary>The device's id.</summary>
    public string? Device { get; init; }

    /// <summary>The device's kind.</summary>
    public string? DeviceKind { get; init; }

    /// <summary>What was exported, or the route that was refused, such as <c>POST /admin/hours</c>.</summary>
    public string? What { get; init; }

    /// <summary>Rows of an export, or of the journal that was verified.</summary>
    public long? Rows { get; init; }

    /// <summary>Findings of a verification.</summary>
    public int? Findings { get; init; }

    /// <summary>Sessions that ended.</summary>
    public int? Sessions { get; init; }

    /// <summary>How many more of the same followed within <see cref="RepeatedNotes.Window"/>, where the entry stands for them.</summary>
    public int? Further { get; init; }

    public string Write() => JsonSerializer.Serialize(this, Json);

    public static SecurityDetail Read(string? text) =>
        text is null ? new SecurityDetail() : JsonSerializer.Deserialize<SecurityDetail>(text, Json) ?? new SecurityDetail();
}
