using System.Text;
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

    [Theory]
    [InlineData("""{"counter":70000}""", "agent: counter đang là 70000; chỉ nhận số nguyên từ 1 đến 999.")]
    [InlineData("""{"count":1}""", "agent: thiếu counter; cần số nguyên từ 1 đến 999.")]
    [InlineData("[1]", "agent: nội dung không phải là một đối tượng JSON.")]
    [InlineData("{\n  \"counter\": }", "agent: sai cú pháp JSON ở dòng 2, cột 14.")]
    [InlineData("""{"counter":"\udc00"}""", "agent: có chữ bị cắt mất nửa mã (surrogate lẻ).")]
    public void A_line_is_in_the_language_of_whoever_reads_it(string json, string line) =>
        Assert.Equal(line, Assert.Throws<SettingsException>(() => SettingsFile.Parse(Encoding.UTF8.GetBytes(json), "agent", "vi").Number("counter", 1, 999)).Message);

    [Fact]
    public void A_value_of_many_lines_is_shown_on_one_and_cut_where_it_is_long()
    {
        var fault = Assert.Throws<SettingsException>(() => Open("{\"port\": [\n  1,\n  " + new string('2', 300) + "\n]}").Number("port", 1, 9));
        Assert.Matches(@"port is \[ 1, 2{100,}…; allowed is a whole number from 1 to 9\.$", fault.Message);
    }

    [Fact]
    public void An_editors_byte_order_mark_is_passed_over() =>
        Assert.Equal(7, SettingsFile.Parse(new byte[] { 0xEF, 0xBB, 0xBF }.Concat(Encoding.UTF8.GetBytes("""{"counter":7}""")).ToArray(), "agent").Number("counter", 1, 999));

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
