namespace Reception.Unit.Tests.Metrics;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Reception.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
