using Reception.Hub.Api;
using Reception.Hub.Journal;
using Reception.Hub.Screens.Leader.Admin;
using Reception.Hub.Site;
using Reception.Hub.Staff;
using Reception.Theme;

namespace Reception.Hub.Screens.Account;

/// <summary>Changes the own PIN of somebody who is signed in and knows the present one; guesses count as at the sign-in.</summary>
internal sealed class OwnPin(
    SetupBook book, TryPin pin, KnownBrowsers browsers, Sessions sessions, JournalWriter journal, Words words)
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
    private async Task<string?> CheckAsync(HttpContext context, Person person, Filled form, string present)
    {
        var setup = book.Current;
        if (await pin.RunAsync(context, setup, person.Code, present) is not { } failed)
        {
            return setup.Pins[person.Code];
        }

        var isWrong = failed == Refusals.WrongPin;
        form.Wrong(isWrong ? "present" : "", isWrong ? words["account.pin.wrong"] : failed.In(words.Language));
        return null;
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
