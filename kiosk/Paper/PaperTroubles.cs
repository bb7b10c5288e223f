using Reception.Device.Paper;

namespace Reception.Kiosk.Paper;

/// <summary>What a citizen is told of the printer.</summary>
internal static class PaperTroubles
{
    /// <summary>What keeps slips from coming out, or null.</summary>
    public static PaperTrouble? ForCitizen(this PrinterWatch watch) =>
        watch.Trouble is null ? null : watch.Status is { Paper: "out" } ? PaperTrouble.NoPaper : PaperTrouble.Fault;
}
