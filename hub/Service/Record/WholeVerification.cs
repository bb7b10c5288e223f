using System.Globalization;
using Reception.Hosting;

namespace Reception.Hub.Record;

/// <summary>The night of the last verification of the whole record: a file in the data folder, since it says nothing about the hall.</summary>
internal static class WholeVerification
{
    public const string Name = "record.verified";

    private const string Form = "yyyy-MM-dd";

    /// <summary>The night; the first of all where there was none.</summary>
    public static DateOnly Read(string folder) =>
        File.Exists(PathIn(folder))
        && DateOnly.TryParseExact(File.ReadAllText(PathIn(folder)), Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var night)
            ? night
            : DateOnly.MinValue;

    public static void Write(string folder, DateOnly night) =>
        PrivateFile.Write(PathIn(folder), night.ToString(Form, CultureInfo.InvariantCulture));

    private static string PathIn(string folder) => Path.Combine(folder, Name);
}
