using Microsoft.Net.Http.Headers;
using Reception.Hub.Options;
using Reception.Protocol;

namespace Reception.Hub.Voice;

/// <summary>The spoken calls, for displays: which clips make one, and the clips.</summary>
internal static class VoiceEndpoints
{
    public static IServiceCollection AddVoice(this IServiceCollection services) => services
        .AddSingleton(provider => new Clips(
            Path.Combine(AppContext.BaseDirectory, "voice"), Path.Combine(provider.GetRequiredService<HubOptions>().Data, "voice")));

    public static void MapVoice(this IEndpointRouteBuilder app, ILogger logger)
    {
        foreach (var error in app.ServiceProvider.GetRequiredService<Clips>().Errors)
        {
            logger.LogWarning("voice: {Error}", error);
        }

        app.MapGet("/voice/{language}/{number}/{counter:int}",
            IResult (string language, string number, int counter, HttpContext context, Clips clips) =>
            {
                if (clips.Call(language, number, counter) is not { } call)
                {
                    return TypedResults.NotFound();
                }

                // The hall's own recordings may be others after a restart.
                context.Response.Headers.CacheControl = "no-cache";
                return TypedResults.Json(call.Select(clip => clip.Address), ProtocolJson.Options);
            }).ExcludeFromDescription();

        app.MapGet("/voice/{language}/{name}.wav", IResult (string language, string name, string? v, HttpContext context, Clips clips) =>
        {
            if (clips.Find(language, name) is not { } clip || !File.Exists(clip.Path))
            {
                return TypedResults.NotFound();
            }

            context.Response.Headers.CacheControl = v == clip.Version ? "public, max-age=31536000, immutable" : "no-cache";
            return TypedResults.PhysicalFile(clip.Path, "audio/wav", entityTag: new EntityTagHeaderValue($"\"{clip.Version}\""));
        }).ExcludeFromDescription();
    }
}
