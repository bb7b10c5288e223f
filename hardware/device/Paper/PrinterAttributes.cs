using Reception.Device.Printing;
using Reception.Hosting.Settings;
using Reception.Slips;
using Reception.Slips.Files;

namespace Reception.Device.Paper;

/// <summary>A printer's address.</summary>
public sealed class PrinterAddressAttribute : SettingAttribute
{
    /// <inheritdoc/>
    public override string Allowed => Printers.Known;

    /// <inheritdoc/>
    public override SettingValue Read(string value, string folder) => SettingValue.When(Printers.IsKnown(value), value);
}

/// <summary>A printer profile's name, or the path of a <c>.json</c> file of one's own.</summary>
public sealed class PrinterProfileAttribute : SettingAttribute
{
    /// <inheritdoc/>
    public override string Allowed => PrinterProfile.Allowed;

    /// <inheritdoc/>
    public override SettingValue Read(string value, string folder)
    {
        var nameOrFile = value.EndsWith(".json", StringComparison.Ordinal) && !value.Contains('\0', StringComparison.Ordinal)
            ? Path.GetFullPath(value, folder)
            : value;
        return new SettingValue(nameOrFile, PrinterProfile.IsKnown(nameOrFile) ? Checked.Reason(() => PrinterProfile.Read(nameOrFile)) : "");
    }
}

/// <summary>A ticket template.</summary>
public sealed class TicketTemplateAttribute : PathAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "the path of a ticket template";

    /// <inheritdoc/>
    protected override string? Reason(string path) => Checked.Reason(() => SlipTemplate.Read(path));
}

file static class Checked
{
    /// <summary>What is wrong in the file that a setting names; null where it can be used.</summary>
    public static string? Reason(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (CheckedFileException exception)
        {
            return exception.Message.TrimEnd('.');
        }
    }
}
