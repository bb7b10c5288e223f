using System.Globalization;
using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Voice;

/// <summary>The spoken calls, for displays.</summary>
internal static class VoiceEndpoints
{
    public static IServiceCollection AddVoice(this IServiceCollection services) => services
        .AddSingleton(provider => new VoiceOptions { Folder = Path.Combine(provider.GetRequiredService<HubOptions>().Data, "voice") })
        .AddSingleton<Speaker>();

    public static void MapVoice(this WebApplication app) =>
        app.MapGet("/voice/{number}/{counter:int}.wav", async Task<IResult> (string number, int counter, HttpContext context, HallBoard board, Speaker speaker) =>
        {
            if (!WasIssued(board.Current.State, number) || !board.Current.State.Counters.ContainsKey(counter))
            {
                return TypedResults.NotFound();
            }

            if (await speaker.SpeakAsync(Announcement.Text(number, counter)) is not { } path)
            {
                return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }

            context.Response.Headers.CacheControl = "max-age=3600";
            return TypedResults.PhysicalFile(path, "audio/wav");
        }).ExcludeFromDescription();

    /// <summary>Only numbers of today are spoken: nobody can fill the disk with sentences.</summary>
    private static bool WasIssued(HallState hall, string number) =>
        hall.Services.Values.FirstOrDefault(service => number.StartsWith(service.Setup.Prefix, StringComparison.Ordinal)) is { } service
        && int.TryParse(number.AsSpan(service.Setup.Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
        && sequence >= 1 && sequence <= service.Issued && number == Hall.Ticket.NumberOf(service.Setup.Prefix, sequence);
}
