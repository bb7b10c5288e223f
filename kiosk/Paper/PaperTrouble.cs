namespace Reception.Kiosk.Paper;

/// <summary>What keeps a slip from coming out, as a citizen is told it.</summary>
public enum PaperTrouble
{
    NoPaper,
    Fault,
}
