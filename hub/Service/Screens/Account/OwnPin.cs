using Reception.Hub.Api;
using Reception.Hub.Journal;
using Reception.Hub.Screens.Leader.Admin;
using Reception.Hub.Security;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Theme;

namespace Reception.Hub.Screens.Account;

/// <summary>Changes the own PIN of somebody who is signed in and knows the present one; guesses count as at the sign-in.</summary>
internal sealed class OwnPin(
    SetupBook book, PinCheck pins, PinAttempts attempts, KnownBrowsers browsers, Sessions sessions, JournalWriter journal, SecurityNotes notes,
    Words words)
{
    /// <summary>Changes it; notes in the form what is wrong.</summary>
    public async Task ChangeAsync(HttpContext context, Person person, Filled form)
    {
        var (present, fresh) = (form["present"], form["fresh"]);
        if (!Pins.IsGood(fresh))
        {
            form.Wrong("fresh", words["account.pin.weak"]);
        }
        else if (fresh == present)
        {
            form.Wrong("fresh", words["account.pin.same"]);
        }
        else if (fresh != form["again"])
        {
            form.Wrong("again", words["account.pin.differs"]);
        }

        if (form.IsRight && await CheckAsync(context, person, form, present) is { } hash)
        {
            await KeepAsync(context, person, form, hash, Pins.Hash(person.Code, fresh));
        }
    }

    /// <summary>The hash of the present PIN where it is right; null, and the reason in the form, where it is not.</summary>
    private async Task<string?> CheckAsync(HttpContext context, Person person, Filled form, string pin)
    {
        var (address, hash) = (context.Address(), book.Current.Pins.GetValueOrDefault(person.Code));
        var browser = browsers.Find(context, person.Code, hash);
        if (attempts.TryBegin(person.Code, address, browser) is { } wait)
        {
            notes.Add(SecurityKind.SignInLimited, person.Code, new SecurityDetail { From = address });
            form.Wrong("", Refusals.TooManyPins(wait).In(words.Language));
            return null;
        }

        switch (await pins.VerifyAsync(address, person.Code, hash, pin, context.RequestAborted))
        {
            case null:
                attempts.TakeBack(person.Code, address, browser);
                form.Wrong("", Refusals.TooManySignIns.In(words.Language));
                return null;
            case false:
                notes.Add(SecurityKind.SignInFailed, person.Code, new SecurityDetail { From = address });
                form.Wrong("present", words["account.pin.wrong"]);
                return null;
            default:
                attempts.Succeeded(person.Code, address, browser);
                return hash;
        }
    }

    private async Task KeepAsync(HttpContext context, Person person, Filled form, string present, string hash)
    {
        try
        {
            var change = new ChangeOwnPin(person.Code, present, hash, Sessions.Hash(SessionCookie.Read(context)!), sessions);
            if ((await journal.ExecuteAsync(change)).Refusal is { } refusal)
            {
                form.Wrong("", refusal.In(words.Language));
                return;
            }
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the person may try again.
            form.Wrong("", Refusals.NotReady.In(words.Language));
            return;
        }

        browsers.Mark(context, person.Code, hash);
    }
}
