using System.Globalization;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace Reception.Runner;

/// <summary>Names the state of the programs' sources: each file's path, size and time.</summary>
internal static class SourceHash
{
    private const int Digits = 12;

    private static readonly string[] Folders = ["counter-agent", "demo", "hardware", "hub", "kiosk", "rating-device"];
    private static readonly string[] BuildFiles = ["Directory.*", "global.json", ".editorconfig", "BannedSymbols.txt"];
    private static readonly string[] CiFiles = ["*.slnf", "*.proj"];

    /// <summary>What builds make, what no program is built of, and what is built in another way.</summary>
    private static readonly string[] LeftOut =
        ["bin", "obj", "node_modules", "docs", "hub/Theme/wwwroot/lib", "hardware/rater-firmware", "demo/runner"];

    public static string Of(string root)
    {
        var lines = Folders.SelectMany(folder => Files(root, Path.Combine(root, folder)))
            .Concat(BuildFiles.SelectMany(pattern => new DirectoryInfo(root).EnumerateFiles(pattern)))
            .Concat(CiFiles.SelectMany(pattern => new DirectoryInfo(Path.Combine(root, ".ci")).EnumerateFiles(pattern)))
            .Select(file => string.Create(
                CultureInfo.InvariantCulture, $"{Path.GetRelativePath(root, file.FullName)} {file.Length} {file.LastWriteTimeUtc.Ticks}\n"))
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))))[..Digits];
    }

    private static FileSystemEnumerable<FileInfo> Files(string root, string folder) => new(
        folder,
        (ref FileSystemEntry entry) => (FileInfo)entry.ToFileSystemInfo(),
        new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        ShouldRecursePredicate = (ref FileSystemEntry entry) =>
            !LeftOut.Contains(entry.FileName.ToString()) && !LeftOut.Contains(Path.GetRelativePath(root, entry.ToFullPath())),
    };
}
