namespace Reception.Hall;

/// <summary>Until when a booked time holds for who comes late.</summary>
/// <param name="LateSeconds">Who comes later than this after the booked time waits as one without an appointment.</param>
public sealed record AppointmentRule(int LateSeconds)
{
    public static AppointmentRule Default { get; } = new(LateSeconds: 15 * 60);

    public bool Holds(Appointment appointment, DateTimeOffset arrival) => arrival <= appointment.At.AddSeconds(LateSeconds);
}
