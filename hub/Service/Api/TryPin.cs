using Reception.Hall;
using Reception.Hub.Security;
using Reception.Hub.Site;
using Reception.Hub.Staff;

namespace Reception.Hub.Api;

/// <summary>One try of a PIN, at the sign-in or to change it: within the limits, and with an entry in the security log where it failed.</summary>
internal sealed class TryPin(PinCheck pins, PinAttempts attempts, KnownBrowsers browsers, SecurityNotes notes)
{
    /// <summary>Null where the PIN is the account's; else why the try failed, or was not made.</summary>
    /// <param name="context">The request.</param>
    /// <param name="setup">The accounts.</param>
    /// <param name="officer">The account's code, as it was typed.</param>
    /// <param name="pin">The PIN.</param>
    public async Task<Refusal?> RunAsync(HttpContext context, HallSetup setup, string officer, string pin)
    {
        var (address, hash) = (context.Address(), setup.Pins.GetValueOrDefault(officer));
        var browser = browsers.Find(context, officer, hash);
        // A PIN may have been typed as a name: only names that are known are written.
        var account = setup.Officer(officer)?.Code;
        if (attempts.TryBegin(officer, address, browser) is { } wait)
        {
            notes.Add(SecurityKind.SignInLimited, account, new SecurityDetail { From = address });
            return Refusals.TooManyPins(wait);
        }

        var isRight = await pins.VerifyAsync(address, officer, hash, pin, context.RequestAborted);
        if (isRight is null)
        {
            attempts.TakeBack(officer, address, browser);
            return Refusals.TooManySignIns;
        }

        if (isRight is false || account is null)
        {
            notes.Add(SecurityKind.SignInFailed, account, new SecurityDetail { From = address });
            return Refusals.WrongPin;
        }

        attempts.Succeeded(officer, address, browser);
        return null;
    }
}
