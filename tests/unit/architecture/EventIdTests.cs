using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Reception.Unit.Tests.Layers;

/// <summary>A log line's event id names it: no two lines of a program that mean something else have the same.</summary>
public sealed class EventIdTests
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <param name="program">A program, then the libraries that it loads.</param>
    [Theory]
    [InlineData("hub", "Reception.Hosting", "Reception.Slips", "Reception.Theme")]
    [InlineData("kiosk", "Reception.Hosting", "Reception.Device", "Reception.Mqtt", "Reception.Slips", "Reception.Theme")]
    [InlineData("rating-device", "Reception.Hosting", "Reception.Device", "Reception.Mqtt", "Reception.Theme")]
    [InlineData("counter-agent", "Reception.Hosting", "Reception.Device", "Reception.Mqtt", "Reception.Slips")]
    public void An_event_id_is_used_once_in_a_program(string program, params string[] libraries)
    {
        var ids = libraries.Append(program).SelectMany(name => IdsOf(Assembly.Load(name))).ToList();
        Assert.NotEmpty(ids);
        Assert.Empty(ids.GroupBy(id => id.Id).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(id => id.Where))}"));
    }

    private static IEnumerable<(int Id, string Where)> IdsOf(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes())
        {
            foreach (var field in type.GetFields(All).Where(field => field.IsStatic && field.FieldType == typeof(EventId) && !type.ContainsGenericParameters))
            {
                yield return (((EventId)field.GetValue(null)!).Id, $"{type.Name}.{field.Name}");
            }

            foreach (var method in type.GetMethods(All))
            {
                if (method.GetCustomAttribute<LoggerMessageAttribute>() is { } message)
                {
                    yield return (message.EventId, $"{type.Name}.{method.Name}");
                }
            }
        }
    }
}
