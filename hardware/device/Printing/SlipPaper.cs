using Reception.Slips;

namespace Reception.Device.Printing;

/// <summary>What goes to a printer for one slip.</summary>
/// <param name="Bytes">ESC/POS.</param>
/// <param name="Papers">The slip as it is to come out; with its second paper, where there is one.</param>
public sealed record SlipJob(byte[] Bytes, IReadOnlyList<SlipDrawing> Papers)
{
    /// <summary>The first paper.</summary>
    public SlipDrawing Drawing => Papers[0];
}

/// <summary>A ward's slips on one printer: drawn as its template says, encoded as the printer takes them.</summary>
public sealed class SlipPaper(SlipTemplate template, PrinterProfile profile)
{
    /// <summary>Makes the job of a slip; with its second paper, marked as a copy, where the template asks for one.</summary>
    public SlipJob Make(Slip slip)
    {
        var first = SlipLayout.Draw(slip, template, profile.Width, profile.NativeCode);
        var papers = template.SecondCopy && !slip.Copy
            ? [first with { Beep = false, OpenDrawer = false }, SlipLayout.Draw(slip with { Copy = true }, template, profile.Width, profile.NativeCode)]
            : new[] { first };
        return new SlipJob(EscPosEncoder.Encode(papers, profile), papers);
    }
}
