using System.Text.Json;
using Microsoft.Playwright;

namespace Reception.Hall.Tests.Parts;

/// <summary>A clip that a display has scheduled.</summary>
/// <param name="Name">As <c>vi/digit-1</c>.</param>
/// <param name="From">Seconds of the page's sound, as <paramref name="Until"/>.</param>
/// <param name="Ahead">Seconds between the scheduling and <paramref name="From"/>.</param>
/// <param name="Sample">Seconds of one sample.</param>
internal sealed record SpokenClip(string Name, double From, double Until, double Ahead, double Sample);

/// <summary>What a display says, and when.</summary>
internal static class Speech
{
    /// <summary>Notes every clip from now on.</summary>
    public static Task ListenAsync(IPage display) => display.EvaluateAsync(
        """
        () => {
          window.spoken = [];
          window.soundTime = () => 0;
          const addresses = new WeakMap();
          const read = Response.prototype.arrayBuffer;
          Response.prototype.arrayBuffer = async function () {
            const file = await read.call(this);
            addresses.set(file, this.url);
            return file;
          };
          const decode = BaseAudioContext.prototype.decodeAudioData;
          BaseAudioContext.prototype.decodeAudioData = async function (file) {
            const address = addresses.get(file);
            const clip = await decode.call(this, file);
            addresses.set(clip, address);
            return clip;
          };
          const start = AudioBufferSourceNode.prototype.start;
          AudioBufferSourceNode.prototype.start = function (from) {
            window.soundTime = () => this.context.currentTime;
            window.spoken.push({
              name: addresses.get(this.buffer).match(/\/voice\/(.+)\.wav/)[1],
              from,
              until: from + this.buffer.duration,
              ahead: from - this.context.currentTime,
              sample: 1 / this.context.sampleRate,
            });
            return start.call(this, from);
          };
        }
        """);

    public static async Task<IReadOnlyList<SpokenClip>> OfAsync(IPage display) =>
        JsonSerializer.Deserialize<List<SpokenClip>>(
            await display.EvaluateAsync<string>("() => JSON.stringify(window.spoken)"), JsonSerializerOptions.Web)!;

    /// <summary>How many clips with a name have been said to the end.</summary>
    public static Task<int> SaidAsync(IPage display, string name) =>
        display.EvaluateAsync<int>("name => window.spoken.filter(clip => clip.name === name && clip.until < window.soundTime()).length", name);
}
