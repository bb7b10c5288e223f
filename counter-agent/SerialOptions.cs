using System.Globalization;
using Reception.Device.Serial;
using Reception.Hosting.Settings;

namespace Reception.CounterAgent;

/// <summary>The settings of a serial device on the counter.</summary>
internal sealed record SerialOptions
{
    public const string Rater = "rater";
    public const string Keypad = "keypad";
    public const string Sign = "sign";
    private const int UsualBaud = 115200;

    /// <summary>What it is.</summary>
    [OneOf(Rater, Keypad, Sign)]
    public required string Role { get; init; }

    /// <summary>The port that it is connected to.</summary>
    [PortPath]
    public required string Path { get; init; }

    /// <summary>The port's speed.</summary>
    [PortSpeed]
    public int Baud { get; init; } = UsualBaud;
}

/// <summary>A serial port.</summary>
internal sealed class PortPathAttribute : SettingAttribute
{
    public override string Allowed => PortPath.Allowed;

    public override SettingValue Read(string value, string folder) => SettingValue.When(PortPath.IsValid(value), value);
}

/// <summary>A speed that serial ports have.</summary>
internal sealed class PortSpeedAttribute : SettingAttribute
{
    public override string Allowed => string.Join(", ", SystemPorts.Speeds);

    public override SettingValue Read(string value, string folder) =>
        SettingValue.When(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var baud) && SystemPorts.Speeds.Contains(baud), value);
}
