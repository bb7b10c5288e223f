using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Theme;

namespace Reception.Hub.Screens;

/// <summary>The machine's clock is not believed: what screens of people who work here say of it.</summary>
/// <param name="Machine">What it shows.</param>
/// <param name="Hall">What the hall goes by.</param>
/// <param name="CanBeConfirmed">Whether its day is not before the hall's, or the days after it can be withdrawn.</param>
/// <param name="Withdrawn">The first business day that is withdrawn where it is confirmed, or null.</param>
public sealed record ClockNotice(DateTimeOffset Machine, DateTimeOffset Hall, bool CanBeConfirmed, DateOnly? Withdrawn = null)
{
    /// <summary>The notice, or null while the clock is believed.</summary>
    internal static ClockNotice? Of(HallClock clock, HallState hall, TimeZoneInfo zone) => clock.Doubt is { } doubt
        ? new ClockNotice(TimeZoneInfo.ConvertTime(doubt.Machine, zone), TimeZoneInfo.ConvertTime(doubt.Hall, zone), hall.Setup.DayOf(doubt.Machine) >= hall.Day)
        : null;

    /// <summary>The same as a sentence.</summary>
    public string In(Words words) => words["screens.clock", words.DateAndTime(Machine), words.DateAndTime(Hall)]
        + (Withdrawn is { } day ? " " + words["screens.clock.withdraw", words.Date(day), words.Date(DateOnly.FromDateTime(Machine.DateTime))]
            : Machine < Hall && CanBeConfirmed ? " " + words["screens.clock.back", words.Time(Hall)]
            : "");
}
