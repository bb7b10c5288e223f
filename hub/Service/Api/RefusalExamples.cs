using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Hub.Tickets;

namespace Reception.Hub.Api;

/// <summary>A refusal of each code that HTTP knows, in words that are really given.</summary>
internal static class RefusalExamples
{
    public static IReadOnlyList<Refusal> All { get; } =
    [
        Refusals.WrongField("service"),
        Refusals.NotSignedIn,
        Refusals.WrongPin,
        Refusals.UnknownDevice,
        Refusal.NotAllowed,
        Refusal.UnknownService,
        Refusal.UnknownTicket,
        Refusal.UnknownCounter,
        Refusals.UnknownOfficer,
        CheckIn.UnknownAppointment,
        Refusal.TicketInHand,
        Refusal.ServiceClosed(ClosedReason.OutsideHours, new DateTimeOffset(2026, 11, 23, 13, 30, 0, TimeSpan.FromHours(7))),
        Refusal.NoOfficer,
        Refusal.CounterTaken,
        PairingEndpoints.Ended,
        Refusals.TooLarge,
        StoredResults.KeyReused,
        Refusal.TooMany,
        Refusals.NotReady,
    ];
}
