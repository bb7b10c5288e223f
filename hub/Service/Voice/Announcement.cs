namespace Reception.Hub.Voice;

/// <summary>The sentence that calls a ticket to a counter.</summary>
internal static class Announcement
{
    public static string Text(string number, int counter) =>
        $"Mời công dân có số thứ tự {SpokenVietnamese.Spell(number)}, đến quầy số {SpokenVietnamese.Count(counter)}.";
}
