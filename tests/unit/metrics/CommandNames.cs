using System.Text.RegularExpressions;
using Reception.Hall;
using Reception.Hub.Demonstration;
using Reception.Hub.Journal;

namespace Reception.Unit.Tests.Metrics;

/// <summary>The values that the labels of commands and refusals can have, found in the hub's code.</summary>
internal static partial class CommandNames
{
    /// <summary>The names of all commands that reach the journal's writer of a running hub.</summary>
    public static IReadOnlyList<string> Commands { get; } =
    [
        .. typeof(JournalCommand<>).Assembly.GetTypes().Where(type => !type.IsAbstract && IsCommand(type))
            // An officer's command goes by its own name; a simulated day is written while no hub runs.
            .Where(type => type != typeof(AtCounter) && type != typeof(HistoryDay)).Select(type => type.Name.Split('`')[0]),
        .. typeof(OfficerCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(OfficerCommand))).Select(type => type.Name),
    ];

    /// <summary>Every code of a refusal: the API has a status for each.</summary>
    public static IReadOnlyList<string> RefusalCodes { get; } =
    [
        .. File.ReadLines(Path.Combine(Checkout.Root, "hub/Service/Api/Problems.cs")).Where(line => line.Contains("=> StatusCodes.", StringComparison.Ordinal))
            .SelectMany(line => Quoted().Matches(line).Select(code => code.Groups[1].Value)),
    ];

    private static bool IsCommand(Type? type) =>
        type is not null && ((type.IsGenericType && type.GetGenericTypeDefinition() == typeof(JournalCommand<>)) || IsCommand(type.BaseType));

    [GeneratedRegex("\"([a-z-]+)\"")]
    private static partial Regex Quoted();
}
