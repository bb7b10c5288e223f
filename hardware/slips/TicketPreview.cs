namespace Reception.Slips;

/// <summary>What a template's slip looks like, before anyone takes a number.</summary>
public static class TicketPreview
{
    private static readonly Slip Sample = new()
    {
        Hall = "Trung tâm Phục vụ hành chính công phường Mỏ Chè",
        Number = "A012",
        Service = "Hộ tịch",
        ServiceEnglish = "Civil status",
        Priority = true,
        Ahead = 3,
        EstimatedWaitSeconds = 540,
        IssuedAt = new DateTimeOffset(2026, 11, 23, 15, 12, 0, TimeSpan.FromHours(7)),
        Link = "http://192.168.1.20:8080/t/k3v9q2m7x4c8w1z5",
        ForwardNextDayAfter = "15:00",
    };

    /// <summary>The picture of a slip with every part that the template can show, as PNG.</summary>
    /// <param name="template">The template.</param>
    /// <param name="width">Dots across the paper: 576 or 384.</param>
    /// <param name="language"><c>vi</c>, <c>en</c>, or another language that the template has words of.</param>
    public static byte[] Draw(SlipTemplate template, int width, string language = "vi") =>
        PngPicture.Encode(SlipLayout.Draw(Sample with { Language = language }, template, width).Dots);
}
