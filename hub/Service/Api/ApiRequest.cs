using System.Security.Cryptography;
using System.Text.Json;
using Reception.Hall;
using Reception.Hub.Journal;
using Reception.Protocol;
using Reception.Theme;

namespace Reception.Hub.Api;

/// <summary>
/// One command over HTTP on its way: who calls, the body, the Idempotency-Key. The endpoint parses it into a command and encodes the
/// result; the writer decides it, and with a key a refusal goes the same way, so that a repeat gets the same.
/// </summary>
internal sealed class ApiRequest
{
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

    /// <summary>Reads a request, executes the command that <paramref name="parse"/> makes of it, and encodes the result.</summary>
    /// <param name="context">The request.</param>
    /// <param name="allowed">Who may call.</param>
    /// <param name="parse">The command, or the refusal of a field that is missing or wrong.</param>
    /// <param name="encode">The response to a success.</param>
    public static async Task<IResult> RunAsync<T>(
        HttpContext context, Func<Caller, Refusal?> allowed, Func<ApiRequest, JsonFields, Result<JournalCommand<T>>> parse, Func<T, EncodedResult> encode)
    {
        if (context.RequestServices.GetRequiredService<Callers>().Read(context) is not { } caller)
        {
            return Problems.Response(Refusals.UnknownDevice);
        }

        return allowed(caller) is { } forbidden ? Problems.Response(forbidden) : await RunAsync(context, caller, parse, encode);
    }

    /// <summary>The same for a caller who is known, and may call.</summary>
    public static async Task<IResult> RunAsync<T>(
        HttpContext context, Caller caller, Func<ApiRequest, JsonFields, Result<JournalCommand<T>>> parse, Func<T, EncodedResult> encode)
    {
        var read = await ReadBodyAsync(context);
        if (read.Refusal is { } unreadable)
        {
            return Problems.Response(unreadable);
        }

        string? key = context.Request.Headers["Idempotency-Key"];
        if (key is not null && (key.Length is 0 or > LongestKey || key.Any(character => character is < '!' or > '~')))
        {
            return Problems.Response(Refusals.WrongKey);
        }

        var request = new ApiRequest(context, caller, read.Value, Parse(read.Value));
        var asked = request.Fields is null ? Refusals.NoJson : parse(request, request.Fields);
        // What a stranger sent in vain is not stored for repeats: it would fill the disk.
        if ((key is null || !caller.IsKnown) && asked.Refusal is { } refused)
        {
            return Problems.Response(refused);
        }

        try
        {
            return new EncodedResponse(await request.ExecuteAsync(asked, key, encode));
        }
        catch (NotCommittedException)
        {
            // The writer has logged it; the person may try again.
            return Problems.Response(Refusals.NotReady);
        }
    }

    private async ValueTask<EncodedResult> ExecuteAsync<T>(Result<JournalCommand<T>> asked, string? key, Func<T, EncodedResult> encode)
    {
        var journal = _context.RequestServices.GetRequiredService<JournalWriter>();
        if (key is not null)
        {
            var command = asked.Refusal is { } refusal ? new Refuse<T>(refusal) : asked.Value;
            return await journal.ExecuteAsync(command, new RequestKey(Caller.Principal, $"{_context.Request.Path}\n{key}", SHA256.HashData(_body)), Keep);
        }

        return Encode(await journal.ExecuteAsync(asked.Value));

        EncodedResult Encode(Result<T> result) => result.Refusal is { } refusal ? Problems.Encode(refusal) : encode(result.Value);

        EncodedResult Keep(Result<T> result) => Encode(result) is var encoded && result.Refusal is not null && !Caller.IsKnown ? encoded with { IsStored = false } : encoded;
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

    /// <summary>The fields of a body that is a JSON object; a refusal where it is none.</summary>
    internal static async Task<Result<JsonFields>> ReadFieldsAsync(HttpContext context)
    {
        var body = await ReadBodyAsync(context);
        return body.Refusal is { } unreadable ? unreadable : Parse(body.Value) is { } fields ? fields : Refusals.NoJson;
    }

    /// <summary>The whole body, which has at most <see cref="BrowserRules.LargestBody"/> bytes; a refusal where it says that it is not JSON.</summary>
    internal static async Task<Result<byte[]>> ReadBodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.Length == 0 || context.Request.HasJsonContentType() ? body.ToArray() : Refusals.NoJsonType;
    }
}
