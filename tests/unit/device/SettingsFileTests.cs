using Reception.Device.Settings;
using Reception.Settings;

namespace Reception.Unit.Tests.Device;

public sealed class SettingsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("""{"device":"Rater 1"}""", "device is \"Rater 1\"; allowed is 1 to 32 of a-z, 0-9 and -.")]
    [InlineData("""{}""", "device is missing; allowed is 1 to 32 of a-z, 0-9 and -.")]
    public void A_wrong_value_is_one_line_with_key_value_and_what_is_allowed(string json, string line) =>
        Assert.EndsWith(line, Assert.Throws<SettingsException>(() => Open(json).Device()).Message, StringComparison.Ordinal);

    [Fact]
    public void A_port_is_a_number_in_its_range()
    {
        Write("secret", "abc", UnixFileMode.UserRead);
        var fault = Assert.Throws<SettingsException>(() => BrokerAddress.Read(Open("""{"broker":{"host":"127.0.0.1","port":70000,"secretFile":"secret"}}""")));
        Assert.EndsWith("broker.port is 70000; allowed is a whole number from 1 to 65535.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_others_can_read_is_refused()
    {
        Write("secret", "abc", UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Throws<SettingsException>(() => Open("""{"secretFile":"secret"}""").Secret("secretFile"));
        Write("secret", "abc\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal("abc", Open("""{"secretFile":"secret"}""").Secret("secretFile"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8082")]
    [InlineData("http://192.168.1.4:8082")]
    [InlineData("https://127.0.0.1:8082")]
    [InlineData("8082")]
    public void A_screen_is_served_on_this_machine_only(string address) =>
        Assert.Throws<SettingsException>(() => Open($$"""{"http":"{{address}}"}""").LoopbackAddress());

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "no JSON object")]
    public void A_broken_file_is_said_in_one_line(string json, string words)
    {
        var line = Assert.Throws<SettingsException>(() => Open(json)).Message;
        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void A_broker_is_never_printed_with_its_secret() => Assert.Equal("127.0.0.1:1883", new BrokerAddress("127.0.0.1", 1883, "abc").ToString());

    private SettingsFile Open(string json)
    {
        Write("rater-1.json", json, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return SettingsFile.Open(Path.Combine(_folder, "rater-1.json"));
    }

    private void Write(string name, string text, UnixFileMode mode)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, mode);
    }
}
