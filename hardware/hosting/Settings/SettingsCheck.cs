using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;

namespace Reception.Hosting.Settings;

/// <summary>Compares the keys of a settings file with the properties of the options they are bound to.</summary>
internal sealed class SettingsCheck(SettingsSource source)
{
    /// <summary>The first fault in one line; null where there is none. A path that a rule reads is made absolute in the values.</summary>
    /// <param name="holder">The file's root, or an object in it.</param>
    /// <param name="type">The options that it is bound to.</param>
    /// <param name="isWhole">Whether a key that the options do not have is a fault.</param>
    public string? Fault(IConfiguration holder, Type type, bool isWhole = true)
    {
        // What every device has comes first, as in the documentation.
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .OrderBy(property => property.DeclaringType == type)
            .ToDictionary(KeyOf);
        var unknown = !isWhole ? null : holder.GetChildren().FirstOrDefault(child => !properties.Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase));
        return unknown is not null ? source.Unknown(unknown.Path, properties.Keys)
            : First(WrongValue) ?? First(Missing);

        string? First(Func<IConfigurationSection, PropertyInfo, string?> find) =>
            properties.Select(pair => find(holder.GetSection(pair.Key), pair.Value)).FirstOrDefault(fault => fault is not null);
    }

    private string? Missing(IConfigurationSection section, PropertyInfo property) =>
        IsThere(section) || !property.IsDefined(typeof(RequiredMemberAttribute)) ? null : source.Missing(section.Path, RuleOf(property)?.Allowed ?? "an object");

    private string? WrongValue(IConfigurationSection section, PropertyInfo property)
    {
        if (!IsThere(section))
        {
            return null;
        }

        var type = TypeOf(property);
        var (rule, value) = (RuleOf(property), section.Value);
        if (ItemOf(type) is { } item)
        {
            var most = (rule as ListAttribute)?.Most ?? int.MaxValue;
            var items = section.GetChildren().ToList();
            return value is { Length: > 0 } || items.Count > most || items.Exists(one => !int.TryParse(one.Key, out _))
                ? source.Wrong(section.Path, value ?? $"{items.Count} items", rule?.Allowed ?? "a list")
                : items.Select(one => Fault(one, item)).FirstOrDefault(fault => fault is not null);
        }

        if (type.IsClass && type != typeof(string) && type != typeof(Uri))
        {
            // An empty object or list has an empty text.
            return value is { Length: > 0 } ? source.Wrong(section.Path, value, "an object") : Fault(section, type);
        }

        if (section.GetChildren().Any())
        {
            return source.Wrong(section.Path, "an object or a list", rule?.Allowed ?? "a text");
        }

        if (rule?.Read(value!, source.Folder) is not { } read)
        {
            return null;
        }

        if (read.Reason is { } reason)
        {
            return source.Wrong(section.Path, value!, reason.Length == 0 ? rule.Allowed : $"{rule.Allowed} ({reason})");
        }

        section.Value = read.Value;
        return null;
    }

    // A key whose value is null counts as left out.
    private static bool IsThere(IConfigurationSection section) => section.Value is not null || section.GetChildren().Any();

    private static SettingAttribute? RuleOf(PropertyInfo property) => property.GetCustomAttribute<SettingAttribute>()
        ?? (TypeOf(property) == typeof(bool) ? new TrueOrFalseAttribute()
            : TypeOf(property) == typeof(int) ? new WholeNumberAttribute(int.MinValue)
            : null);

    private static Type TypeOf(PropertyInfo property) => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static string KeyOf(PropertyInfo property) => char.ToLowerInvariant(property.Name[0]) + property.Name[1..];
}
