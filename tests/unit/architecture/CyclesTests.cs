namespace Reception.Unit.Tests.Layers;

/// <summary>Namespaces know each other in one direction, so that each can be read and changed with those below it alone.</summary>
public sealed class CyclesTests
{
    /// <summary>The types by which a namespace knows another one, by the two namespaces.</summary>
    private static readonly Dictionary<(string From, string To), SortedSet<string>> Uses = Find();

    [Fact]
    public void No_namespace_knows_one_that_knows_it()
    {
        var known = Uses.Keys.ToLookup(use => use.From, use => use.To);
        Assert.True(Uses.Count > 100, $"{Uses.Count} pairs of namespaces");
        var cycles = Uses.Keys.Where(use => Reaches(use.To, use.From)).ToList();

        Assert.True(cycles.Count == 0, string.Join('\n', cycles.Order().Select(use => $"{use.From} → {use.To}: {string.Join(", ", Uses[use])}")));

        bool Reaches(string from, string to)
        {
            var (seen, open) = (new HashSet<string> { from }, new Stack<string>([from]));
            while (open.TryPop(out var one))
            {
                if (one == to)
                {
                    return true;
                }

                foreach (var next in known[one].Where(seen.Add))
                {
                    open.Push(next);
                }
            }

            return false;
        }
    }

    private static Dictionary<(string From, string To), SortedSet<string>> Find()
    {
        var uses = new Dictionary<(string, string), SortedSet<string>>();
        foreach (var type in ArrowsTests.Architecture.Types.Where(type => IsOurs(type.Namespace?.FullName)))
        {
            foreach (var target in type.Dependencies.Select(dependency => dependency.Target).Where(target => IsOurs(target.Namespace?.FullName)))
            {
                var use = (type.Namespace.FullName, target.Namespace.FullName);
                if (use.Item1 != use.Item2)
                {
                    (uses.TryGetValue(use, out var types) ? types : uses[use] = []).Add($"{type.Name}→{target.Name}");
                }
            }
        }

        return uses;
    }

    private static bool IsOurs(string? space) => space?.StartsWith("Reception.", StringComparison.Ordinal) == true;
}
