using System.Net;
using Reception.Hall.Tests.Parts;
using Reception.Unit.Tests.Voice;

namespace Reception.Hall.Tests.Screens;

/// <summary>Recordings of the hall's own in the place of built-in clips.</summary>
public sealed class VoiceTests
{
    private static readonly CancellationToken Ends = TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_restart_good_recordings_are_served_and_each_bad_one_is_a_line_of_the_log()
    {
        await using var hub = await RunningHall.StartAsync();
        var builtIn = await BytesAsync(hub, "/voice/vi/digit-3.wav");
        Assert.Contains("""{"name":"voice","ok":true,"detail":"0 recordings of the hall in use"}""", await ReadyAsync(hub), StringComparison.Ordinal);

        await hub.KillHubAsync();
        var folder = Directory.CreateDirectory(Path.Combine(hub.Folder, "voice", "vi")).FullName;
        var recording = new WavBytes().Bytes();
        await File.WriteAllBytesAsync(Path.Combine(folder, "call.wav"), recording, Ends);
        await File.WriteAllBytesAsync(Path.Combine(folder, "digit-3.wav"), new WavBytes { Channels = 2 }.Bytes(), Ends);
        await hub.StartHubAsync();

        Assert.Equal(recording, await BytesAsync(hub, "/voice/vi/call.wav"));
        Assert.Equal(builtIn, await BytesAsync(hub, "/voice/vi/digit-3.wav"));
        var line = $"voice: {Path.Combine(folder, "digit-3.wav")}: it has 2 channels; 1 (mono) is allowed. The file is ignored.";
        Assert.Single(hub.Said.Split('\n'), said => said.EndsWith($"warn: hub[0] {line}", StringComparison.Ordinal));
        Assert.Contains($"1 recordings of the hall in use; 1 errors, the first: {line[7..]}", await ReadyAsync(hub), StringComparison.Ordinal);
    }

    private static async Task<byte[]> BytesAsync(RunningHall hub, string path)
    {
        using var response = await hub.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsByteArrayAsync(Ends);
    }

    private static async Task<string> ReadyAsync(RunningHall hub) => (await hub.SendAsync(null, HttpMethod.Get, "/readyz")).Text;
}
