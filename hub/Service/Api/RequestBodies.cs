using System.ComponentModel.DataAnnotations;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>The body of a request, as the OpenAPI document describes it. A field that may be null may be left out.</summary>
internal abstract record RequestBody;

/// <summary>The body of a request for a number.</summary>
/// <param name="Service">The service's code; an appointment knows its own.</param>
/// <param name="Lane"><c>normal</c> or <c>priority</c>; with an appointment <c>normal</c> where it is left out.</param>
/// <param name="Language">The language of the slip: <c>vi</c> or <c>en</c>.</param>
/// <param name="Services">The codes of further services, in order.</param>
/// <param name="Appointment">The code of a booked time; service and lane may then be left out.</param>
internal sealed record TicketRequestBody(
    string? Service,
    [property: LaneCodes] string? Lane,
    [property: AllowedValues("vi", "en")] string? Language,
    [property: MaxLength(10)] IReadOnlyList<string>? Services,
    string? Appointment) : RequestBody;

/// <summary>The body of a sign-in.</summary>
/// <param name="Officer">The person's code.</param>
/// <param name="Pin">The person's PIN.</param>
/// <param name="Counter">Where an officer signs in. Leaders and administrators leave it out.</param>
internal sealed record SessionBody(
    [property: Length(1, 64)] string Officer,
    [property: Length(1, 64)] string Pin,
    [property: Range(1, 999)] int? Counter) : RequestBody;

/// <summary>The body of a device's request to be paired.</summary>
/// <param name="Kind">Which kind of device it is.</param>
/// <param name="Name">What the device calls itself; without control characters and characters that can't be seen.</param>
/// <param name="Nonce">8 to 128 visible ASCII characters, made at random: by them the device asks again.</param>
internal sealed record PairingBody(
    [property: DeviceKindCodes] string Kind,
    [property: Length(1, DeviceName.MaximumLength)] string Name,
    [property: Length(PairingNonce.MinimumLength, PairingNonce.MaximumLength)] string Nonce) : RequestBody;

/// <summary>A command that needs nothing more.</summary>
/// <param name="Reason">Why, in the person's words.</param>
internal sealed record ReasonBody([property: MaxLength(500)] string? Reason) : RequestBody;

/// <summary>The body of a request for a copy.</summary>
/// <param name="Device">The id of the device that prints it.</param>
internal sealed record ReprintBody([property: RegularExpression(FieldForms.DeviceId)] string Device) : RequestBody;

/// <summary>The body of a call of the next ticket.</summary>
/// <param name="Service">The code of the only service that is called; every service of the counter where it is left out.</param>
/// <param name="Reason">Why, in the officer's words.</param>
internal sealed record CallNextBody(string? Service, [property: MaxLength(500)] string? Reason) : RequestBody;

/// <summary>The body of a call of a chosen ticket.</summary>
/// <param name="Ticket">The ticket's id.</param>
/// <param name="Reason">Why, in the officer's words.</param>
internal sealed record CallBody(Guid Ticket, [property: MaxLength(500)] string? Reason) : RequestBody;

/// <summary>The body of a finish.</summary>
/// <param name="Outcome"><c>received</c>, <c>supplement</c>, <c>refused</c> or <c>returned</c>.</param>
/// <param name="Reason">Why, in the officer's words.</param>
internal sealed record FinishBody([property: OutcomeCodes] string? Outcome, [property: MaxLength(500)] string? Reason) : RequestBody;

/// <summary>The body of a transfer: to a service or to a counter, not both.</summary>
/// <param name="Service">The code of the service that the ticket waits for now.</param>
/// <param name="Counter">The number of the only counter that may call it now.</param>
/// <param name="Reason">Why, in the officer's words.</param>
internal sealed record TransferBody(string? Service, int? Counter, [property: MaxLength(500)] string? Reason) : RequestBody;

/// <summary>The body of a request for a number by phone.</summary>
/// <param name="Code">The 6 digits that the hall's screens show; spaces are ignored.</param>
/// <param name="Service">The service's code.</param>
/// <param name="Lane"><c>normal</c> or <c>priority</c>.</param>
/// <param name="Language"><c>vi</c> or <c>en</c>.</param>
/// <param name="Services">The codes of further services, in order.</param>
internal sealed record JoinBody(
    [property: MaxLength(64)] string Code,
    string Service,
    [property: LaneCodes] string Lane,
    [property: AllowedValues("vi", "en")] string? Language,
    [property: MaxLength(10)] IReadOnlyList<string>? Services) : RequestBody;

/// <summary>A list of booked times.</summary>
/// <param name="Appointments">The booked times.</param>
internal sealed record AppointmentsBody(
    [property: Length(1, AppointmentsBody.Most)] IReadOnlyList<AppointmentBody> Appointments) : RequestBody
{
    public const int Most = 500;
}

/// <summary>A booked time.</summary>
/// <param name="At">RFC 3339, or a local time of the hall such as <c>2026-11-26T08:30</c>.</param>
/// <param name="Service">The service's code.</param>
/// <param name="Code">4 to 12 digits; spaces and hyphens are ignored.</param>
internal sealed record AppointmentBody(string At, string Service, string Code) : RequestBody;
