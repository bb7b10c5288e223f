using Reception.Protocol;

namespace Reception.Slips;

/// <summary>What a template's slip looks like, before anyone takes a number.</summary>
public static class TicketPreview
{
    /// <summary>A ticket of the priority lane, taken after the line of the day: every part that a template can show.</summary>
    public static Slip Sample { get; } = new()
    {
        Hall = "Trung tâm Phục vụ hành chính công phường Mỏ Chè",
        Number = "A012",
        Service = "Hộ tịch",
        ServiceEnglish = "Civil status",
        Priority = true,
        Ahead = 3,
        Wait = new Wait(WaitKind.Minutes, 9, 9),
        IssuedAt = new DateTimeOffset(2026, 11, 23, 15, 12, 0, TimeSpan.FromHours(7)),
        Link = "http://192.168.1.20:8080/t/k3v9q2m7x4c8w1z5",
        ForwardNextDayAfter = "15:00",
    };

    /// <summary>The picture of a slip as PNG.</summary>
    /// <param name="slip">What it says.</param>
    /// <param name="template">The template.</param>
    /// <param name="width">Dots across the paper: 576 or 384.</param>
    public static byte[] Draw(Slip slip, SlipTemplate template, int width) => PngPicture.Encode(SlipLayout.Draw(slip, template, width).Dots);
}
