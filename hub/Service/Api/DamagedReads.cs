using Microsoft.Data.Sqlite;
using Reception.Hub.Journal;

namespace Reception.Hub.Api;

/// <summary>
/// A request that meets a damaged part of the database is refused, and the damage is told once, in a line: not in a stack trace for each.
/// </summary>
internal sealed class DamagedReads(HubDatabase database, ILogger<DamagedReads> log)
{
    private int _isTold;

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (SqliteException exception) when (HubDatabase.IsDamage(exception) && !context.Response.HasStarted)
        {
            if (Interlocked.Exchange(ref _isTold, 1) == 0)
            {
                log.LogError(new EventId(1016), "{Damage}", database.Damaged(exception).Message);
            }

            context.Response.Clear();
            await Problems.Response(Refusals.NotReady).ExecuteAsync(context);
        }
    }
}
