using System.Security.Cryptography;
using System.Text.Json;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Protocol;

namespace Reception.Hub.Api;

/// <summary>
/// One command over HTTP on its way: who calls, the body, the Idempotency-Key. The endpoint says what it means; the writer
/// decides it, and a refusal goes the same way, so that a repeat gets the same.
/// </summary>
internal sealed class ApiRequest
{
    private const int LargestBody = 64 * 1024;
    private const int LongestKey = 64;

    private readonly HttpContext _context;
    private readonly byte[] _body;

    private ApiRequest(HttpContext context, Caller caller, byte[] body, JsonFields? fields)
    {
        (_context, Caller, _body, Fields) = (context, caller, body, fields);
    }

    public Caller Caller { get; }

    /// <summary>The body's fields; of an empty body, none are there. Null where the body is no JSON object.</summary>
    public JsonFields? Fields { get; }

    /// <summary>Reads a request and carries out what <paramref name="command"/> makes of it.</summary>
    /// <param name="allowed">Who may call.</param>
    /// <param name="command">The command, or the refusal of a field that is missing or wrong.</param>
    public static async Task<IResult> RunAsync(HttpContext context, Func<Caller, Refusal?> allowed, Func<ApiRequest, JsonFields, JournalCommand> command)
    {
        if (context.RequestServices.GetRequiredService<Callers>().Read(context) is not { } caller)
        {
            return new ToldResult(Problem.Tell(Refusals.UnknownDevice));
        }

        if (allowed(caller) is { } forbidden)
        {
            return new ToldResult(Problem.Tell(forbidden));
        }

        return await RunAsync(context, caller, command);
    }

    /// <summary>The same for a caller who is known, and may call.</summary>
    public static async Task<IResult> RunAsync(HttpContext context, Caller caller, Func<ApiRequest, JsonFields, JournalCommand> command)
    {
        if (await ReadBodyAsync(context) is not { } body)
        {
            return new ToldResult(Problem.Tell(Refusals.TooLarge));
        }

        string? key = context.Request.Headers["Idempotency-Key"];
        if (key is not null && (key.Length is 0 or > LongestKey || key.Any(character => character is < '!' or > '~')))
        {
            return new ToldResult(Problem.Tell(Refusals.WrongKey));
        }

        var request = new ApiRequest(context, caller, body, Parse(body));
        var asked = request.Fields is null ? new Refuse(Refusals.NoJson) : command(request, request.Fields);
        return await request.SubmitAsync(asked, key);
    }

    private async Task<IResult> SubmitAsync(JournalCommand command, string? key)
    {
        if (command is Refuse refused && key is null)
        {
            return new ToldResult(Problem.Tell(refused.Refusal));
        }

        try
        {
            var repeat = key is null ? null : new RepeatKey(Caller.Principal, $"{_context.Request.Path}\n{key}", SHA256.HashData(_body));
            return new ToldResult(await _context.RequestServices.GetRequiredService<JournalWriter>().SubmitAsync(command, repeat));
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the person may try again.
            return new ToldResult(Problem.Tell(Refusals.NotReady));
        }
    }

    /// <summary>The fields of a body; null where it is no JSON object.</summary>
    internal static JsonFields? Parse(byte[] body)
    {
        if (body.Length == 0)
        {
            return new JsonFields(default);
        }

        if (!ProtocolJson.IsReadable(body))
        {
            return null;
        }

        var json = JsonSerializer.Deserialize<JsonElement>(body);
        return json.ValueKind == JsonValueKind.Object ? new JsonFields(json) : null;
    }

    /// <summary>The whole body; null where it is too large.</summary>
    internal static async Task<byte[]?> ReadBodyAsync(HttpContext context)
    {
        if (context.Request.ContentLength is 0 || context.Request.ContentLength is > LargestBody)
        {
            return context.Request.ContentLength is 0 ? [] : null;
        }

        using var buffer = new MemoryStream();
        var piece = new byte[4096];
        int read;
        while ((read = await context.Request.Body.ReadAsync(piece, context.RequestAborted)) > 0)
        {
            if (buffer.Length + read > LargestBody)
            {
                return null;
            }

            buffer.Write(piece, 0, read);
        }

        return buffer.ToArray();
    }
}
