namespace Reception.Hall.Tests.Parts;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Sources
{
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Reception.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"No checkout holds {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
