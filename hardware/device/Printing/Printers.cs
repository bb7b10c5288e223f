namespace Reception.Device.Printing;

/// <summary>Opens the printer that a configuration names.</summary>
public static class Printers
{
    private const string File = "file:";

    /// <summary>The forms of address that are known, in words for a configuration's error.</summary>
    public const string Known = "file:DIR";

    /// <summary>Whether the address has a known form.</summary>
    public static bool IsKnown(string address) => address.StartsWith(File, StringComparison.Ordinal) && address.Length > File.Length;

    /// <summary>Opens <c>file:DIR</c>, a virtual printer. Throws <see cref="ArgumentException"/> where the form is not known.</summary>
    public static IPrinter Open(string address, PrinterProfile profile) => IsKnown(address)
        ? new FilePrinter(Path.GetFullPath(address[File.Length..]), profile.Width)
        : throw new ArgumentException($"'{address}' is no printer's address; allowed: {Known}.", nameof(address));
}
