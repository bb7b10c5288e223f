using System.Globalization;

namespace Reception.Hall.Tests.Parts;

/// <summary>The seed of a test's chance: printed, the same in every run, and another one where <c>RECEPTION_TEST_SEED</c> is it.</summary>
internal static class Seed
{
    private const int Usual = 1;

    public static int Next()
    {
        var seed = Environment.GetEnvironmentVariable("RECEPTION_TEST_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Usual;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        return seed;
    }
}
