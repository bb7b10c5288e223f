using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Reception.Hall.Tests.Parts;

/// <summary>axe-core in an open page: what a person who can't see or point would stumble over.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Each serious or critical finding as a line; empty where there is none.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IPage page)
    {
        // At rest: a button that is on its way from one colour to another has neither.
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ReducedMotion = ReducedMotion.Reduce });
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        return await page.EvaluateAsync<string[]>("""
            async () => (await axe.run({ resultTypes: ["violations"] })).violations.filter(found => ["serious", "critical"].includes(found.impact))
                .map(found => `${location.pathname}: ${found.id}: ${found.help}: ${found.nodes.map(node => node.html).join(" | ")}`)
            """);
    }
}
