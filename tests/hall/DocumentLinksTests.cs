using System.Text.RegularExpressions;
using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests;

/// <summary>A reader of a document finds what it points at.</summary>
public sealed partial class DocumentLinksTests
{
    private static readonly string[] Folders = ["", "hub/docs", "hardware/docs", ".github"];

    [Fact]
    public void Every_link_to_a_file_of_the_checkout_leads_to_one()
    {
        var links = Folders
            .SelectMany(folder => Directory.EnumerateFiles(
                Path.Combine(Sources.Root, folder), "*.md", folder == ".github" ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly))
            .SelectMany(document => Link.Matches(File.ReadAllText(document)).Select(link => (Document: document, Target: link.Groups[1].Value)))
            .ToList();
        Assert.True(links.Count > 100, $"{links.Count} links");
        Assert.Empty(links
            .Where(link => !Path.Exists(Path.GetFullPath(link.Target, Path.GetDirectoryName(link.Document)!)))
            .Select(link => $"{Path.GetRelativePath(Sources.Root, link.Document)}: {link.Target}"));
    }

    /// <summary>A target without a scheme, up to its fragment.</summary>
    [GeneratedRegex(@"\]\((?![a-z]+:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link { get; }
}
