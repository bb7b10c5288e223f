using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Reception.Device.Settings;
using Reception.Hosting.Settings;

namespace Reception.Unit.Tests.Settings;

/// <summary>A program's settings: what is wrong is one line that names the key, the value and what is allowed.</summary>
public sealed class ProgramSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reception-settings-").FullName;
    private readonly string _program = $"test{Guid.NewGuid():N}";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File => Path.Combine(_folder, "box.json");

    [Theory]
    [InlineData("""{"port":70000}""", "port is 70000; allowed is a whole number from 1 to 65535.")]
    [InlineData("""{"port":"many"}""", "port is \"many\"; allowed is a whole number from 1 to 65535.")]
    [InlineData("""{"port":1.5}""", "port is 1.5; allowed is a whole number from 1 to 65535.")]
    [InlineData("""{"port":[1]}""", "port is \"an object or a list\"; allowed is a whole number from 1 to 65535.")]
    [InlineData("""{}""", "port is missing; allowed is a whole number from 1 to 65535.")]
    [InlineData("""{"port":null}""", "port is missing; allowed is a whole number from 1 to 65535.")]
    [InlineData("""{"port":1,"loud":"yes"}""", "loud is \"yes\"; allowed is true or false.")]
    [InlineData("""{"port":1,"inner":7}""", "inner is 7; allowed is an object.")]
    [InlineData("""{"port":1,"inner":{"word":"One"}}""", "inner.word is \"One\"; allowed is one or two.")]
    [InlineData("""{"port":1,"most":-1}""", "most is -1; allowed is a whole number of at least 0; 0 sets no limit.")]
    [InlineData("""{"port":1,"file":"a\u0000b"}""", "allowed is the path of a file (")]
    [InlineData("""{"port":1,"parts":[{"word":null}]}""", "parts[0].word is missing; allowed is one or two.")]
    [InlineData("""{"port":1,"parts":{"word":"one"}}""", "parts is \"1 items\"; allowed is a list of at most 2 objects.")]
    [InlineData("""{"port":1,"parts":[{"word":"one"},{"word":"three"}]}""", "parts[1].word is \"three\"; allowed is one or two.")]
    [InlineData("""{"port":1,"parts":[{"word":"one"},{"word":"one"},{"word":"one"}]}""", "parts is \"3 items\"; allowed is a list of at most 2 objects.")]
    [InlineData("""{"port":1,"device":"Rater 1"}""", "device is \"Rater 1\"; allowed is 1 to 32 of a-z, 0-9 and -.")]
    [InlineData("""{"port":1,"screen":"http://192.168.1.4:8082"}""", "screen is \"http://192.168.1.4:8082\"; allowed is an http address on this machine")]
    [InlineData("""{"port":1,"screen":"https://127.0.0.1:8082"}""", "screen is \"https://127.0.0.1:8082\"; allowed is an http address on this machine")]
    [InlineData("""{"port":1,"screen":"8082"}""", "screen is 8082; allowed is an http address on this machine")]
    [InlineData("""{"port":1,"port2":2}""", "port2 is not a known key; did you mean port? Known are port, loud, most, inner, parts, device, screen, file, secret.")]
    [InlineData("""{"port":1,"inner":{"word":"one","wrod":"two"}}""", "inner.wrod is not a known key; did you mean word? Known are word.")]
    [InlineData("""{"port":1,"file":"nowhere"}""", "allowed is the path of a file (this one does not exist).")]
    [InlineData("""{"port":1,"loud":true,"inner":{"word":"two"}}""", "inner.word must not be two while loud is true.")]
    [InlineData("""[1]""", "Top-level JSON element must be an object.")]
    [InlineData("""{"port":1,"port":2}""", "duplicate key")]
    [InlineData("""{"port":"\udc00"}""", "a text holds half a character (a lone surrogate).")]
    [InlineData("{\n  \"port\": }", "the settings are not valid JSON: line 2, column 11.")]
    public void A_wrong_key_is_one_line_with_the_file_the_key_the_value_and_what_is_allowed(string json, string line)
    {
        var message = FaultOf(json);
        Assert.StartsWith(File, message, StringComparison.Ordinal);
        Assert.Contains(line, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_good_file_is_read_with_its_comments_its_byte_order_mark_and_paths_relative_to_it()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder, "there"), "x");
        var options = Read("\uFEFF{\n// the port\n\"port\":7,\"loud\":true,\"file\":\"there\",\"parts\":[],\"inner\":{\"word\":\"one\"}}");
        Assert.Equal((7, true, Path.Combine(_folder, "there"), "one"), (options.Port, options.Loud, options.File, options.Inner!.Word));
        Assert.Empty(options.Parts);
    }

    [Fact]
    public void An_environment_variable_overrides_a_key_and_a_wrong_one_is_named()
    {
        using var port = new Variable(Name("PORT"), "9");
        Assert.Equal(9, Read("""{"port":7}""").Port);
        using var word = new Variable(Name("INNER__WORD"), "three");
        Assert.Equal($"environment variable {Name("INNER__WORD")} is \"three\"; allowed is one or two.", FaultOf("""{"port":7}"""));
        using var unknown = new Variable(Name("PROT"), "1");
        Assert.StartsWith($"environment variable {Name("PROT")} is not a known key; did you mean port?", FaultOf("""{"port":7}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_of_many_lines_is_shown_on_one_and_cut_where_it_is_long() => Assert.Matches(
        @"port is ""1 2{100,}…""; allowed is a whole number from 1 to 65535\.$", FaultOf($$"""{"port":"1\n {{new string('2', 300)}}"}"""));

    [Fact]
    public void A_file_that_is_not_there_is_one_line() => Assert.Contains(
        "the settings cannot be read", Assert.Throws<SettingsException>(() => ProgramSettings.Open(File, _program)).Message, StringComparison.Ordinal);

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_secret_that_others_can_read_is_refused()
    {
        var secret = Path.Combine(_folder, "secret");
        System.IO.File.WriteAllText(secret, "abc");
        System.IO.File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("(others can read this one)", FaultOf("""{"port":1,"secret":"secret"}"""), StringComparison.Ordinal);
        System.IO.File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(secret, Read("""{"port":1,"secret":"secret"}""").Secret);
        System.IO.File.WriteAllText(secret, " \n");
        Assert.Contains("(this one is empty)", FaultOf("""{"port":1,"secret":"secret"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_does_not_start_with_wrong_settings()
    {
        System.IO.File.WriteAllText(File, """{"port":0}""");
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSettings<Box>(ProgramSettings.Open(File, _program));
        using var host = builder.Build();
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"{File}: port is 0; allowed is a whole number from 1 to 65535.", refusal.Message);
    }

    [Fact]
    public void A_broker_is_never_printed_with_its_secret() => Assert.Equal("127.0.0.1:1883", new BrokerAddress("127.0.0.1", 1883, "abc").ToString());

    private string Name(string key) => $"RECEPTION_{_program.ToUpperInvariant()}_{key}";

    private Box Read(string json)
    {
        System.IO.File.WriteAllText(File, json);
        return ProgramSettings.Open(File, _program).Read<Box>();
    }

    private string FaultOf(string json) => Assert.Throws<SettingsException>(() => Read(json)).Message;

    private sealed record Box : ISettings
    {
        [WholeNumber(1, 65535)]
        public required int Port { get; init; }

        public bool Loud { get; init; }

        [WholeNumber(0, Note = "0 sets no limit")]
        public int Most { get; init; }

        public Part? Inner { get; init; }

        [List(2)]
        public IReadOnlyList<Part> Parts { get; init; } = [];

        [DeviceId]
        public string? Device { get; init; }

        [LoopbackAddress]
        public Uri? Screen { get; init; }

        [ExistingFile]
        public string? File { get; init; }

        [SecretFile]
        public string? Secret { get; init; }

        public string? Fault() => Loud && Inner?.Word == "two" ? "inner.word must not be two while loud is true." : null;
    }

    private sealed record Part
    {
        [OneOf("one", "two")]
        public required string Word { get; init; }
    }

    private sealed class Variable : IDisposable
    {
        private readonly string _name;

        public Variable(string name, string value)
        {
            _name = name;
            Environment.SetEnvironmentVariable(name, value);
        }

        public void Dispose() => Environment.SetEnvironmentVariable(_name, null);
    }
}
