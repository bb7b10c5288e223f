using System.ComponentModel.DataAnnotations;
using Reception.Hall;
using Reception.Protocol;

namespace Reception.Unit.Tests.Protocol;

/// <summary>The codes that the OpenAPI document names are those that the hub reads and writes.</summary>
public sealed class FieldCodesTests
{
    public static TheoryData<AllowedValuesAttribute, string[]> Fields => new()
    {
        { new LaneCodesAttribute(), All<Lane>(Codes.Code) },
        { new TicketStateCodesAttribute(), All<TicketState>(Codes.Code) },
        { new PrintStateCodesAttribute(), All<PrintState>(Codes.Code) },
        { new OutcomeCodesAttribute(), All<Outcome>(Codes.Code) },
        { new CounterStateCodesAttribute(), All<CounterStatus>(Codes.Code) },
        { new ClosedReasonCodesAttribute(), All<ClosedReason>(Codes.Code) },
        { new ReasonCodesAttribute(), [.. Reasons.All] },
        { new DeviceKindCodesAttribute(), [.. DeviceKinds.All] },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_field_allows_the_codes_that_the_hub_knows(AllowedValuesAttribute field, string[] codes) =>
        Assert.Equal(codes, field.Values);

    private static string[] All<T>(Func<T, string> code) where T : struct, Enum => [.. Enum.GetValues<T>().Select(code)];
}
