using System.Globalization;

namespace Reception.Hall.Tests.Parts;

/// <summary>The environment of a program that SIGKILL meets while it makes durable what it wrote.</summary>
internal static class Doom
{
    private static readonly Lazy<Task<string>> Library = new(MakeAsync);

    /// <param name="sync">At which fsync or fdatasync of the program, counted from 1 over all its threads.</param>
    public static async Task<IReadOnlyDictionary<string, string>> AtAsync(int sync) => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = await Library.Value,
        ["DOOMED_AT"] = sync.ToString(CultureInfo.InvariantCulture),
    };

    private static async Task<string> MakeAsync()
    {
        var library = Path.Combine(AppContext.BaseDirectory, "doomed_sync.so");
        var source = Path.Combine(Sources.Root, "tests", "hall", "Parts", "doomed_sync.c");
        await Spawned.DoneAsync("gcc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", library, source, "-ldl");
        return library;
    }
}
