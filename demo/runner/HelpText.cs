using System.CommandLine;
using System.Text;

namespace Reception.Runner;

/// <summary>What <c>./run --help</c> says.</summary>
internal static class HelpText
{
    private const int NameColumn = 28;
    private const int LineWidth = 104;

    public static string Of(IEnumerable<Option> options)
    {
        var text = new StringBuilder("""
            Usage: ./run [OPTION]...
            Starts a demonstration hall on 127.0.0.1: hub, one kiosk with a virtual printer, one touch
            rater at counter 1, and a receiver in the province's place. Installs and builds what is missing.
            Ctrl-C stops everything; the next start on the same data goes on where this one stopped.


            """);
        foreach (var option in options)
        {
            Add(text, $"  {option.Name} {option.HelpName}".TrimEnd(), option.Description!);
        }

        return text.Append("""

            DATA/run/NAME.pid is each process's id, DATA/logs/NAME.log what it says. A process that ends is
            started again. DATA/devices.tsv has the devices' MQTT credentials: id, kind, counter, secret.
            """).ToString();
    }

    private static void Add(StringBuilder text, string name, string what)
    {
        text.Append(name.PadRight(NameColumn));
        var column = NameColumn;
        foreach (var word in what.Split(' '))
        {
            if (column + word.Length > LineWidth)
            {
                text.AppendLine().Append(' ', NameColumn);
                column = NameColumn;
            }

            text.Append(column == NameColumn ? "" : " ").Append(word);
            column += word.Length + 1;
        }

        text.AppendLine();
    }
}
