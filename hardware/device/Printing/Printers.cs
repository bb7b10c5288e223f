namespace Reception.Device.Printing;

/// <summary>Opens the printer that a configuration names.</summary>
public static class Printers
{
    /// <summary>Opens <c>file:DIR</c>, a virtual printer. False where the address is of no known form.</summary>
    public static bool TryOpen(string address, out IPrinter? printer)
    {
        const string file = "file:";
        var known = address.StartsWith(file, StringComparison.Ordinal) && address.Length > file.Length;
        printer = known ? new FilePrinter(Path.GetFullPath(address[file.Length..])) : null;
        return known;
    }
}
