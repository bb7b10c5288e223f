using Reception.Hall;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>Who may call what: each rule gives the refusal, or null.</summary>
internal static class Access
{
    public static Refusal? Anyone(Caller caller) => null;

    public static Refusal? TicketDevice(Caller caller) => caller switch
    {
        { Device.Kind: DeviceKinds.Kiosk or DeviceKinds.CounterAgent } => null,
        _ => Unless(caller),
    };

    public static Refusal? SignedIn(Caller caller) => caller.IsKnown ? null : Refusals.NotSignedIn;

    public static Refusal? AnyPerson(Caller caller) => caller.Person is not null ? null : Unless(caller);

    public static Refusal? Leads(Caller caller) => caller.Person is { Leads: true } ? null : Unless(caller);

    public static Refusal? Administers(Caller caller) => caller.Person is { Administers: true } ? null : Unless(caller);

    /// <summary>The officer at a counter; a counter that is not there is told first.</summary>
    public static Refusal? OfficerAt(Caller caller, int? counter, HallState hall)
    {
        if (caller.Person is not { } person)
        {
            return Unless(caller);
        }

        if (counter is not { } number || !hall.Counters.ContainsKey(number))
        {
            return Refusal.UnknownCounter;
        }

        return person.Role == Roles.Officer && person.Counter == number ? null : Refusal.NotAllowed;
    }

    private static Refusal Unless(Caller caller) => caller.IsKnown ? Refusal.NotAllowed : Refusals.NotSignedIn;
}

/// <summary>Who is signed in, for the screens.</summary>
internal static class PersonOfRequest
{
    /// <summary>The person of the request's session, or null.</summary>
    public static Person? Person(this HttpContext context) =>
        context.RequestServices.GetRequiredService<Sessions>().Find(SessionCookie.Read(context));

    /// <summary>The address that the request came from, for limits and the security log; an IPv4 address as people write it.</summary>
    public static string Address(this HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };
}
