namespace Reception.Theme;

/// <summary>Where the libraries that npm brings are served.</summary>
public static class Libraries
{
    public const string Htmx = "/_content/Reception.Theme/lib/htmx.min.js";

    /// <summary>The htmx extension <c>morph</c>: a fresh part changes the page in place, so that its buttons stay the same elements.</summary>
    public const string Morph = "/_content/Reception.Theme/lib/idiomorph-ext.min.js";

    public const string ECharts = "/_content/Reception.Theme/lib/echarts.min.js";
}
