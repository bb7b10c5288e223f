using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Devices;

/// <summary>Whatever a device sends: an id that can be read is answered under its own spelling, and the hub goes on.</summary>
public sealed class ReportAnswersTests(ITestOutputHelper output)
{
    private const int Messages = 1500;
    private const string Id = "0197a2b4-6c1e-7d3f-8a5b-9c0d1e2f3a4b";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    private static readonly string[] Bodies =
    [
        """ "type":"ticket.request","data":{"service":"HT","lane":"normal","services":[],"language":"vi"} """,
        """ "type":"ticket.request","data":{"appointment":"ABCDEFGH"} """,
        """ "type":"ticket.withdraw","data":{"report":"0197a2b4-6c1e-7d3f-8a5b-000000000001"} """,
        """ "type":"ticket.printed","data":{"ticket":"0197a2b4-6c1e-7d3f-8a5b-000000000002","outcome":"printed","copy":true} """,
        """ "type":"rating.pressed","data":{"level":5,"ticket":"0197a2b4-6c1e-7d3f-8a5b-000000000003","timeKnown":true} """,
        """ "type":"rating.reasoned","data":{"rating":"0197a2b4-6c1e-7d3f-8a5b-000000000004","reason":"wait"} """,
        """ "type":"keypad.pressed","data":{"key":"next"} """,
        """ "type":"printer.status","data":{"paper":"ok","cover":"closed","online":true,"fault":"other"} """,
        """ "type":"device.fault","data":{"code":"a","message":"b"} """,
        """ "type":"no.such.type","data":{} """,
    ];

    // JSON values that some parser, clock or counter somewhere does produce.
    private static readonly string[] Odd =
    [
        "null", "true", "[]", "{}", "\"\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"\uFEFF\"",
        "0", "-1", "-0", "1.5", "1.0", "1e2", "1e400", "-1e400", "1E-400",
        "9223372036854775807", "9223372036854775808", "18446744073709551616", new string('9', 500),
        "\"0000-02-29T00:00:00Z\"", "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+07:00\"",
        "\"9999-12-31T23:59:60Z\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"2026-11-23T08:00:00+14:00\"",
        "\"2026-11-23T08:00:00-23:59\"", "\"2026-06-30T23:59:60Z\"", "\"2026-02-30T00:00:00Z\"", "\"2026-11-23T08:00:00\"",
        $"\"{Id.ToUpperInvariant()}\"", $"\"{{{Id}}}\"", "{\"id\":\"a\",\"id\":7}", "[[[[[[[[\"deep\"]]]]]]]]",
        new string('[', 400) + new string(']', 400), string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200),
        "\"" + new string('x', 20_000) + "\"",
    ];

    private static readonly string[] Names = ["\"extra\"", "\"ageMs\"", "\"\\ud800\"", "\"at\"", "\"type\"", "\"data\""];

    // What is no id of the contract: it has 36 characters in lower case, with dashes.
    private static readonly string[] Ids =
    [
        $"\"{Id.ToUpperInvariant()}\"", $"\"{{{Id}}}\"", $"\"({Id})\"", $"\"{Id.Replace("-", "", StringComparison.Ordinal)}\"",
        $"\"{Id} \"", $"\"{Id[..^1]}\"", "\"0x97a2b4-6c1e-7d3f-8a5b-9c0d1e2f3a4b\"", "\"\"", "\"no-uuid\"", "\"Số 7\"",
        "\"\\u0041\"", "\"\\ud800\"", "\"\\udc00 \\ud800\"", "\"a\\u0000b\\n\\\"\\\\/\"", "\"" + new string('x', 9000) + "\"",
    ];

    public static TheoryData<int> Seeds() => [1, RandomNumberGenerator.GetInt32(int.MaxValue)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Every_message_whose_id_can_be_read_gets_one_answer_under_that_id(int seed)
    {
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        await using var hub = await ListeningHub.StartAsync(new ManualTimeProvider(Now));
        var briefs = new Dictionary<string, int>();
        for (var number = 0; number < Messages; number++)
        {
            var id = AnyId(random);
            var message = AnyMessage(random, id);
            hub.Presence("kiosk-1", message);
            hub.Report(Any(random, "kiosk-1", "desk-1", "rater-1"), message);
            var answer = await hub.AnswerAsync();
            Assert.True(
                Same(id, answer.Id) && Encoding.UTF8.GetByteCount(answer.Text) <= MessageLimits.MaximumBytes,
                $"Seed {seed}, message {number}: {Encoding.UTF8.GetString(message)}\nwas answered {answer.Text}");
            briefs[answer.Brief] = briefs.GetValueOrDefault(answer.Brief) + 1;
        }

        Assert.True(hub.IsListening, string.Join('\n', hub.Faults));
        Assert.Empty(hub.Faults);
        output.WriteLine(string.Join(", ", briefs));
        Assert.Superset(new HashSet<string>(["stored", "malformed", "too-large", "unknown-type", "not-allowed"]), briefs.Keys.ToHashSet());
    }

    [Fact]
    public async Task An_id_of_another_spelling_is_malformed_and_not_remembered()
    {
        await using var hub = await ListeningHub.StartAsync(new ManualTimeProvider(Now));
        foreach (var id in Ids)
        {
            hub.Report("kiosk-1", Message(id, "1", "\"2026-11-23T08:00:00+07:00\"", Bodies[0]));
            var answer = await hub.AnswerAsync();
            Assert.Equal((id, "malformed"), (answer.Id, answer.Brief));
        }

        Assert.Equal("0 0", hub.Row("SELECT (SELECT count(*) FROM report_result), (SELECT count(*) FROM ticket)"));
    }

    [Theory]
    [InlineData("\"\\u0030197a2b4-6c1e-7d3f-8a5b-9c0d1e2f3a4b\"", "{\"id\":#,&}", "stored")]
    [InlineData("\"0197a2b4-6c1e-7d3f-8a5b-9c0d1e2f3a4b\"", "{&,\"\\u0069d\":#}", "stored")]
    [InlineData("\"0197a2b4-6c1e-7d3f-8a5b-9c0d1e2f3a4b\"", "{\"id\":\"0197a2b4-6c1e-7d3f-8a5b-000000000000\",\"id\":#,&}", "stored")]
    [InlineData("\"b\"", "{\"id\":\"a\",\"id\":#", "malformed")]
    [InlineData("\"a\"", "{\"id\":#", "malformed")]
    [InlineData("\"a\"", "{\"\\ud800\":1,\"id\":#,\"id\":7} and more", "malformed")]
    [InlineData("\"a\"", "\uFEFF{\"data\":{\"id\":\"b\"},\"id\":#}", "malformed")]
    public async Task An_id_is_read_where_the_rest_is_odd(string id, string message, string brief)
    {
        await using var hub = await ListeningHub.StartAsync(new ManualTimeProvider(Now));
        const string Rest = """
            "sequence":1,"at":"2026-11-23T08:00:00+07:00","type":"device.fault","data":{"code":"a","message":"b"}
            """;
        var whole = message.Replace("#", id, StringComparison.Ordinal).Replace("&", Rest, StringComparison.Ordinal);
        hub.Report("kiosk-1", Encoding.UTF8.GetBytes(whole));
        var answer = await hub.AnswerAsync();
        Assert.Equal(brief, answer.Brief);
        Assert.True(Same(id, answer.Id), answer.Text);
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z", true)]
    [InlineData("0001-01-01T00:00:00+07:00", true)]
    [InlineData("0000-01-01T00:00:00Z", true)]
    [InlineData("1970-01-01T07:00:00+07:00", true)]
    [InlineData("2026-10-20T08:00:00+07:00", true)]
    [InlineData("2026-10-23T08:00:00+07:00", false)]
    [InlineData("2026-11-23T08:00:05+07:00", false)]
    [InlineData("2026-11-23T08:00:06+07:00", true)]
    [InlineData("2036-11-23T08:00:00+07:00", true)]
    [InlineData("9999-12-31T23:59:60Z", true)]
    public async Task A_time_that_cannot_be_is_filed_by_arrival_and_a_fault_of_the_clock(string at, bool isFault)
    {
        await using var hub = await ListeningHub.StartAsync(new ManualTimeProvider(Now));
        hub.Report("rater-1", Message($"\"{Id}\"", "1", $"\"{at}\"", """ "type":"rating.pressed","data":{"level":5} """));

        Assert.Equal("stored", (await hub.AnswerAsync()).Brief);
        var filed = at == "2026-10-23T08:00:00+07:00" ? Now.AddDays(-31) : Now;
        Assert.Equal($"{filed.ToUnixTimeMilliseconds()} 0", hub.Row("SELECT at, attributed FROM rating"));
        Assert.Equal(isFault, hub.FaultsOf("rater-1").Any(fault => fault.Code == "clock"));
    }

    private static string AnyId(Random random) => random.Next(4) > 0 ? $"\"{new Guid(Bytes(random, 16))}\"" : Any(random, Ids);

    private static byte[] AnyMessage(Random random, string id)
    {
        var (sequence, at, body) = (random.Next(9).ToString(null as IFormatProvider), "\"2026-11-23T08:00:00+07:00\"", Any(random, Bodies));
        switch (random.Next(9))
        {
            case 0:
                return Message(id, Any(random, Odd), at, body);
            case 1:
                return Message(id, sequence, Any(random, Odd), body);
            case 2:
                return Message(id, sequence, at, WithOddField(random, body));
            case 3:
                return Message(id, sequence, at, $"{body},{Any(random, Names)}:{Any(random, Odd)}");
            case 4:
                return Message(id, sequence, at, $" \"type\":{Any(random, Odd)},\"data\":{Any(random, Odd)} ");
            case 5:
                return [0xEF, 0xBB, 0xBF, .. Message(id, sequence, at, body)];
            case 6:
                var whole = Message(id, sequence, at, body);
                return whole[..random.Next(Encoding.UTF8.GetByteCount(id) + "{\"id\":".Length, whole.Length)];
            case 7:
                var spoiled = Message(id, sequence, at, body);
                // Not a quotation mark: the rest of a message could then hold another id.
                spoiled[random.Next(Encoding.UTF8.GetByteCount(id) + "{\"id\":,".Length, spoiled.Length)] = (byte)random.Next(0x80, 0x100);
                return spoiled;
            default:
                return Message(id, sequence, at, body);
        }
    }

    /// <summary>One value of the data, or all of it, is another.</summary>
    private static string WithOddField(Random random, string body)
    {
        var data = body[(body.IndexOf("\"data\":", StringComparison.Ordinal) + 7)..].Trim();
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(data)!
            .ToDictionary(field => field.Key, field => field.Value.GetRawText());
        if (fields.Count > 0)
        {
            fields[fields.Keys.ElementAt(random.Next(fields.Count))] = Any(random, Odd);
        }

        var odd = string.Join(',', fields.Select(field => $"\"{field.Key}\":{field.Value}"));
        return body.Replace(data, $"{{{odd}}}", StringComparison.Ordinal);
    }

    private static byte[] Message(string id, string sequence, string at, string body) =>
        Encoding.UTF8.GetBytes($"{{\"id\":{id},\"sequence\":{sequence},\"at\":{at},{body}}}");

    /// <summary>Whether two JSON texts are one string; half a surrogate pair has no text of its own.</summary>
    private static bool Same(string one, string other) =>
        one == other || (!one.Contains("\\ud", StringComparison.Ordinal) && Text(one) == Text(other));

    private static string? Text(string json) => JsonSerializer.Deserialize<string>(json);

    private static T Any<T>(Random random, params ReadOnlySpan<T> values) => values[random.Next(values.Length)];

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
