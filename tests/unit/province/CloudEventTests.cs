using System.Security.Cryptography;
using System.Text;
using Reception.Hub.Journal;
using Reception.Hub.Province;
using Xunit;

namespace Reception.Unit.Tests.Province;

public sealed class CloudEventTests
{
    private static readonly JournalRow Row = new(41, 1_795_402_800_123, 20261123, "ticket.issued", "{}", SHA256.HashData("row"u8));

    [Fact]
    public void An_event_is_written_as_the_contract_says()
    {
        var data = Encoding.UTF8.GetBytes("""{"service":"HT","name":"Hộ tịch"}""");
        var json = Encoding.UTF8.GetString((CloudEvent.Of(Row, "w1", "t41", data) with { After = 38, Journal = Guid.Parse("0197a3c2-1111-7000-8000-00000000000a") }).ToJson());

        Assert.Equal(
            """
            {"specversion":"1.0","id":"ID","source":"urn:reception:w1","type":"vn.reception.ticket.issued",
            "time":"2026-11-23T03:00:00.123+00:00","subject":"t41","datacontenttype":"application/json",
            "sequence":"41","after":"38","journal":"0197a3c2-1111-7000-8000-00000000000a","chain":"CHAIN","data":{"service":"HT","name":"Hộ tịch"}}
            """
                .Replace("\n", "", StringComparison.Ordinal)
                .Replace("ID", EventIds.Of(Row), StringComparison.Ordinal)
                .Replace("CHAIN", Convert.ToHexStringLower(Row.Chain), StringComparison.Ordinal),
            json);
    }

    [Fact]
    public void An_events_id_is_a_version_7_uuid_of_its_row_and_never_another()
    {
        var id = EventIds.Of(Row);

        Assert.Equal(id, EventIds.Of(Row with { Body = "{\"more\":1}" }));
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id);
        Assert.Equal(Row.At, Convert.ToInt64(id.Replace("-", "", StringComparison.Ordinal)[..12], 16));
        Assert.NotEqual(id, EventIds.Of(Row with { Chain = SHA256.HashData("another"u8) }));
    }
}
