using Reception.Hub.Api;
using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Options;
using Reception.Hub.Screens.Leader.Dashboard;
using Reception.Hub.Site;
using Reception.Theme;

namespace Reception.Hub.Screens.Leader.Admin;

/// <summary>What every page of the administrator works with, for one request.</summary>
internal sealed class Desk(IHttpContextAccessor accessor, SetupBook book, HallBoard board, JournalWriter journal, HubOptions options, Words words)
{
    private readonly HttpContext _context = accessor.HttpContext ?? throw new InvalidOperationException("There is no request.");

    public Words Words => words;

    public HallSetup Setup => book.Current;

    public HallFile File => book.Current.File;

    public HallBoard Board => board;

    public HubOptions Options => options;

    public Names Names => new Names(book.Current, words);

    public Reader Reader => _context.Reader(book.Current);

    /// <summary>Whether the page comes after a change that was kept.</summary>
    public bool Saved => _context.Request.Query.ContainsKey("saved");

    /// <summary>Whether a part of the page is asked for, and not the whole.</summary>
    public bool IsPart => _context.IsPart();

    /// <summary>Who is at the page, behind the filter that lets administrators alone through.</summary>
    public string Me => _context.Person()!.Code;

    /// <summary>How many wait for some services.</summary>
    public int Waiting(IEnumerable<string> services) =>
        services.Sum(code => board.Current.State.Services.TryGetValue(code, out var queue) ? queue.WaitingCount : 0);

    public async Task<Filled> ReadAsync() => new(words, await _context.Request.ReadFormAsync(_context.RequestAborted));

    /// <summary>
    /// Carries a form out: <paramref name="read"/> makes an edit of it and notes what is wrong; a set-up that can't be is told in words.
    /// The page follows that comes after it, or the form again.
    /// </summary>
    public async Task<IResult> SaveAsync(Filled form, Func<Filled, Func<HallFile, HallFile>> read, string then, Func<Filled, IResult> again)
    {
        var edit = read(form);
        if (form.IsRight)
        {
            await ChangeAsync(form, edit);
        }

        return form.IsRight ? Results.Redirect(then + "?saved") : again(form);
    }

    private async Task ChangeAsync(Filled form, Func<HallFile, HallFile> edit)
    {
        var next = edit(book.Current.File);
        if (book.Current.Fault(next, board.Current.State) is { } fault)
        {
            form.Wrong("", words["admin.refused", words.Language == "en" ? fault.English : fault.Vietnamese]);
            return;
        }

        var forThoseWhoWait = form.Is(WhoWait.Name);
        if (!forThoseWhoWait && book.Current.Reorders(next, board.Current.State) is > 0 and var waiting)
        {
            form.Wrong(WhoWait.Name, words["admin.waiting.wrong", waiting]);
            return;
        }

        // The hall may have moved on meanwhile: the writer looks again.
        await ExecuteAsync(form, new ChangeSetup(edit, Me, forThoseWhoWait));
    }

    /// <summary>Executes a command; where it is refused, or could not be stored, the form shows that, and this is false.</summary>
    public async Task<bool> ExecuteAsync<T>(Filled form, JournalCommand<T> command, Action<T>? then = null)
    {
        try
        {
            var result = await journal.ExecuteAsync(command);
            if (result.Refusal is { } refusal)
            {
                form.Wrong("", words["admin.refused", refusal.In(words.Language)]);
            }
            else
            {
                then?.Invoke(result.Value);
            }
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the person may try again.
            form.Wrong("", Refusals.NotReady.In(words.Language));
        }

        return form.IsRight;
    }
}
