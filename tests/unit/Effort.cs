namespace Reception.Unit.Tests;

/// <summary>How much a test does that does the same again and again: more where <c>./test --all</c> runs it.</summary>
internal static class Effort
{
    private static readonly bool IsAll = Environment.GetEnvironmentVariable("RECEPTION_TEST_ALL") == "1";

    public static int Of(int usual, int all) => IsAll ? all : usual;
}
