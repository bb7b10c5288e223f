namespace Reception.Kiosk.Paper;

/// <summary>How far the slip of an answered order has come.</summary>
public enum PaperStage
{
    Printing,

    /// <summary>On its way for longer than a person waits: it may still come out.</summary>
    Late,
    Printed,
    Failed,
    Unknown,
}
