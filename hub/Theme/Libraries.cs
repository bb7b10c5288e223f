namespace Reception.Theme;

/// <summary>Where the libraries that npm brings are served.</summary>
public static class Libraries
{
    public const string Htmx = "/_content/Reception.Theme/lib/htmx.min.js";
    public const string ECharts = "/_content/Reception.Theme/lib/echarts.min.js";
}
