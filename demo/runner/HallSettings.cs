using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reception.Runner;

/// <summary>The settings files of the hall's programs, written anew at each start.</summary>
internal sealed class HallSettings(RunnerOptions options, KioskPrinter printer)
{
    private const int SecretDigits = 48;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string HubAddress => Local(options.HttpPort);

    private string? ReceiverAddress => options.Province is null ? Local(options.ProvincePort) : null;

    public void Write()
    {
        Write("hub", new
        {
            data = options.Data,
            http = HubAddress,
            publicAddress = HubAddress,
            mqtt = new { port = options.MqttPort },
            province = Province(),
            alwaysOpen = true,
            ticketsPerDeviceAndMinute = 0,
            demonstration = new { kiosk = Local(options.KioskPort), rater = Local(options.RaterPort), receiver = ReceiverAddress },
        });
        WriteDevice("kiosk-1", new()
        {
            ["http"] = Local(options.KioskPort),
            ["hub"] = HubAddress,
            ["printer"] = printer.Address,
            ["printerProfile"] = printer.Profile,
        });
        WriteDevice("rater-1", new() { ["http"] = Local(options.RaterPort), ["hub"] = HubAddress, ["counter"] = 1 });
        var box = new { role = "rater", path = options.DataPath("desk-2", "rater") };
        WriteDevice("desk-2", new() { ["counter"] = 2, ["serial"] = new[] { box } });
    }

    private object Province()
    {
        var secret = options.ProvinceTokenAddress is null ? null : options.DataPath("secrets", "province.secret");
        if (secret is not null && !File.Exists(secret))
        {
            WriteWhole(secret, RandomNumberGenerator.GetHexString(SecretDigits, lowercase: true), OwnerOnly);
        }

        return new
        {
            address = options.Province ?? $"{ReceiverAddress}/events",
            tokenAddress = options.ProvinceTokenAddress,
            clientId = secret is null ? null : "reception",
            clientSecretFile = secret,
        };
    }

    private void WriteDevice(string device, Dictionary<string, object?> own)
    {
        var settings = new Dictionary<string, object?>
        {
            ["device"] = device,
            ["data"] = options.DataPath(device),
            ["broker"] = Broker(options.DataPath("secrets", $"{device}.secret")),
        };
        Write(device, settings.Concat(own).ToDictionary());
    }

    private object Broker(string secretFile) => new { host = "127.0.0.1", port = options.MqttPort, secretFile };

    private void Write(string name, object settings) => WriteWhole(
        options.DataPath($"{name}.json"),
        JsonSerializer.Serialize(settings, Json),
        OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

    /// <summary>All of the text or, on a full disk, nothing: a file of an earlier start stays.</summary>
    private static void WriteWhole(string path, string text, UnixFileMode mode)
    {
        var fresh = path + ".new";
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = mode };
        using (var file = new FileStream(fresh, create))
        {
            file.Write(Encoding.UTF8.GetBytes(text + "\n"));
        }

        File.Move(fresh, path, overwrite: true);
    }

    private static string Local(int port) => $"http://127.0.0.1:{port}";
}
