using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Components;
using Reception.Theme;

namespace Reception.Hub.Screens.Start;

/// <summary>
/// What a person sees in each step of trusting the hall's authority, drawn: a window of Windows, whose words are English in most halls, or a phone's
/// screen. What is to be pressed is marked. The words of the step say the same, so a picture is not read aloud.
/// </summary>
internal static class TrustPictures
{
    private const int Width = 280;
    private const int Height = 150;

    /// <summary>The picture of a step such as <c>windows-1</c>.</summary>
    public static MarkupString Of(string step, Words words)
    {
        var drawing = step switch
        {
            "windows-1" => Window("Certificate") + Sheet(20, 44, "authority.crt") + Button(92, 104, 170, "Install Certificate…", isMarked: true),
            "windows-2" => Window("Certificate Import Wizard") + Choice(24, 52, "Current User", isChosen: false) + Choice(24, 80, "Local Machine", isChosen: true)
                + Button(182, 108, 80, "Next", isMarked: true),
            "windows-3" => Window("Certificate Import Wizard") + Choice(24, 50, "Place all … following store", isChosen: true)
                + Box(24, 68, 150, 44, "box marked") + Text(32, 86, "Trusted Root") + Text(32, 104, "Certification Auth…") + Button(182, 76, 82, "Browse…", isMarked: true),
            "windows-4" => Window("Certificate Import Wizard") + Tick(44, 72) + Text(72, 70, "The import") + Text(72, 90, "was successful.") + Button(182, 108, 80, "Finish", isMarked: true),
            "android-1" => Phone(words["trust.picture.settings"]) + Box(82, 40, 116, 26, "box") + Text(92, 58, words["trust.picture.ca"])
                + Box(82, 78, 116, 34, "box marked") + Text(92, 100, words["trust.picture.ca"], "strong"),
            "android-2" => Phone(words["trust.picture.ca"]) + Warning(140, 62) + Button(82, 104, 116, words["trust.picture.anyway"], isMarked: true),
            "android-3" => Phone(words["trust.picture.downloads"]) + Box(82, 40, 116, 34, "box marked") + Text(92, 62, "authority.crt", "strong")
                + Box(82, 80, 116, 26, "box quiet") + Box(82, 112, 116, 26, "box quiet"),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, "There is no such picture."),
        };
        // A phone is narrow: the picture is cut to it, and so drawn larger.
        var (kind, view) = step.StartsWith("android", StringComparison.Ordinal) ? ("shot phone-shot", $"66 0 148 {Height}") : ("shot", $"0 0 {Width} {Height}");
        return new MarkupString($"""<svg class="{kind}" viewBox="{view}" aria-hidden="true" focusable="false">{drawing}</svg>""");
    }

    private static string Window(string title) =>
        Box(1, 1, Width - 2, Height - 2, "frame") + """<path class="bar" d="M1 28h278V9a8 8 0 0 0-8-8H9a8 8 0 0 0-8 8z"/><path class="stroke" d="M258 10l9 9m0-9l-9 9"/>""" + Text(14, 20, title, "caption");

    private static string Phone(string title) => Box(70, 1, 140, Height - 2, "frame") + """<path class="bar" d="M70 30h140V9a8 8 0 0 0-8-8H78a8 8 0 0 0-8 8z"/>""" + Text(82, 21, title, "caption");

    private static string Sheet(int x, int y, string name) =>
        $"""<path class="paper" d="M{x + 8} {y}h30l14 14v42h-44z"/><path class="stroke" d="M{x + 38} {y}v14h14M{x + 16} {y + 26}h28M{x + 16} {y + 36}h28"/>""" + Text(x + 72, y + 32, name, "strong");

    private static string Choice(int x, int y, string text, bool isChosen) =>
        $"""<circle class="{(isChosen ? "ring chosen" : "ring")}" cx="{x + 8}" cy="{y}" r="7"/>""" + (isChosen ? $"""<circle class="dot" cx="{x + 8}" cy="{y}" r="3.5"/>""" : "")
        + Text(x + 24, y + 5, text, isChosen ? "strong" : null);

    private static string Button(int x, int y, int width, string text, bool isMarked) =>
        Box(x, y, width, 30, isMarked ? "press" : "box") + Text(x + (width / 2), y + 20, text, "on middle");

    private static string Tick(int x, int y) => $"""<circle class="good" cx="{x}" cy="{y}" r="16"/><path class="mark" d="M{x - 7} {y}l5 6 9-11"/>""";

    private static string Warning(int x, int y) => $"""<path class="warn" d="M{x} {y - 22}l26 44h-52z"/><path class="mark" d="M{x} {y - 6}v14m0 6v1"/>""";

    private static string Box(int x, int y, int width, int height, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"""<rect class="{kind}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{(kind == "frame" ? 8 : 5)}"/>""");

    private static string Text(int x, int y, string text, string? kind = null) => $"""<text class="{kind}" x="{x}" y="{y}">{WebUtility.HtmlEncode(text)}</text>""";
}
