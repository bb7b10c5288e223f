using Reception.Device.Pairing;
using Reception.Hosting.Settings;
using Reception.Hub.Site;
using Reception.Protocol;
using Reception.Rater;

namespace Reception.Unit.Tests.Pairing;

/// <summary>What a device keeps of its pairing: settings like any other, which the settings file overrides.</summary>
public sealed class PairedSettingsTests : IDisposable
{
    private static readonly Uri Hub = new("https://192.168.1.10:8443");

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-paired-").FullName;
    private readonly string _hall = Directory.CreateTempSubdirectory("reception-hall-").FullName;
    private readonly string _authority;

    public PairedSettingsTests() => _authority = File.ReadAllText(HallAuthority.Make(_hall, ["localhost"], []).AuthorityCertificate);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_hall, recursive: true);
    }

    [Fact]
    public void A_paired_device_has_all_settings_that_it_needs()
    {
        Keep(new PairedDevice("rater-5", "secret", 5, _authority, new PairedBroker("192.168.1.10", 8883)));

        var options = Open().Read<RaterOptions>();

        Assert.Equal(("rater-5", 5, Hub), (options.Device, options.Counter, options.Hub));
        var broker = options.Broker.Address();
        Assert.Equal(("192.168.1.10", 8883, "secret"), (broker.Host, broker.Port, broker.Secret));
        Assert.NotNull(broker.Authority);
    }

    [Fact]
    public void Without_TLS_the_authority_is_left_out()
    {
        Keep(new PairedDevice("rater-5", "secret", 5, _authority, new PairedBroker("127.0.0.1", 1883) { Tls = false }));

        Assert.Null(Open().Read<RaterOptions>().Broker.Authority);
    }

    [Fact]
    public void What_is_kept_only_the_program_s_own_user_reads()
    {
        Keep(new PairedDevice("rater-5", "secret", 5, _authority, new PairedBroker("192.168.1.10", 8883)));

        Assert.All(
            Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("settings.json", StringComparison.Ordinal)),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_second_pairing_takes_the_place_of_the_first_whole()
    {
        Keep(new PairedDevice("rater-5", "secret", 5, _authority, new PairedBroker("192.168.1.10", 8883)));
        Keep(new PairedDevice("rater-6", "other", 6, _authority, new PairedBroker("192.168.1.11", 8884)));

        var options = Open().Read<RaterOptions>();

        Assert.Equal(("rater-6", 6, "other"), (options.Device, options.Counter, options.Broker.Address().Secret));
        Assert.Single(Directory.EnumerateDirectories(Path.Combine(_folder, "paired")));
    }

    [Fact]
    public void A_moved_device_has_another_counter_and_the_same_secret()
    {
        Keep(new PairedDevice("rater-5", "secret", 5, _authority, new PairedBroker("192.168.1.10", 8883)));

        Assert.True(PairedSettings.Move(_folder, 7));
        Assert.False(PairedSettings.Move(_folder, 7));

        var options = Open().Read<RaterOptions>();
        Assert.Equal(("rater-5", 7, "secret"), (options.Device, options.Counter, options.Broker.Address().Secret));
    }

    [Fact]
    public void A_device_that_was_not_paired_is_not_moved() => Assert.False(PairedSettings.Move(_folder, 7));

    [Fact]
    public void Forgotten_nothing_is_left()
    {
        Keep(new PairedDevice("rater-5", "secret", 5, _authority, new PairedBroker("192.168.1.10", 8883)));

        Assert.True(PairedSettings.Forget(_folder));
        Assert.False(PairedSettings.Forget(_folder));

        Assert.Equal(["settings.json"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void The_settings_file_overrides_what_was_paired()
    {
        Keep(new PairedDevice("rater-5", "secret", 5, _authority, new PairedBroker("192.168.1.10", 8883)));

        Assert.Equal(new Uri("https://hub.example.vn"), Open(""", "hub": "https://hub.example.vn" """).Read<RaterOptions>().Hub);
    }

    private void Keep(PairedDevice paired)
    {
        WriteSettings("");
        PairedSettings.Keep(_folder, Hub, paired, hasCounter: true);
    }

    private ProgramSettings Open(string more = "")
    {
        WriteSettings(more);
        return ProgramSettings.Open(SettingsFile, "rater").With(PairedSettings.FileIn(_folder));
    }

    private string SettingsFile => Path.Combine(_folder, "settings.json");

    private void WriteSettings(string more) => File.WriteAllText(SettingsFile, $$"""{"data": ".", "http": "http://127.0.0.1:8082"{{more}}}""");
}
