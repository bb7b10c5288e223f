using System.Text;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests;

public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_refuses_with_not_ready_answers_no_device_and_recovers_by_itself()
    {
        var folder = Directory.CreateTempSubdirectory("reception-full-").FullName;
        var (mounted, said) = await RunAsync("mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", folder);
        if (mounted != 0)
        {
            Directory.Delete(folder);
            Assert.Skip($"No small disk can be made here: {said}");
        }

        try
        {
            await using var hall = await RunningHall.StartAsync(HallPlan.Json(1), folder);
            hall.Expect("Not written");
            await using var kiosk = await hall.ConnectAsync("kiosk-1");
            await kiosk.TakeNumberAsync("S01");
            Fill(Path.Combine(folder, "filler"));

            var http = hall.Client("bench-1");
            await Eventually.TrueAsync(
                async () => (await http.PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Brief == "503 not-ready", () => "still written");
            var fact = kiosk.Send(ReportTypes.TicketRequest, new { service = "S01", lane = "normal" });
            Assert.Equal("503 not-ready", (await http.PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Brief);
            Assert.Equal(200, (await hall.Anyone.GetAsync("/api/v1/hall")).Status);
            Assert.Equal(503, (await hall.Anyone.GetAsync("/readyz")).Status);
            Assert.DoesNotContain(kiosk.Answers, answer => answer.Report == fact);
            var last = hall.Query<string>("SELECT number FROM ticket ORDER BY number DESC LIMIT 1");

            File.Delete(Path.Combine(folder, "filler"));
            var next = (await kiosk.AskAsync(ReportTypes.TicketRequest, new { service = "S01", lane = "normal" }, fact)).Ok().GetProperty("number").GetString()!;
            Assert.Equal(int.Parse(last[1..], System.Globalization.CultureInfo.InvariantCulture) + 1, int.Parse(next[1..], System.Globalization.CultureInfo.InvariantCulture));
            (await http.PostAsync("/api/v1/tickets", new { service = "S01", lane = "normal" })).Ok(201);
            hall.DemandNoErrors();
        }
        finally
        {
            await RunAsync("umount", "-l", folder);
            Directory.Delete(folder);
        }
    }

    /// <summary>Writes until nothing more fits.</summary>
    private static void Fill(string path)
    {
        var piece = Encoding.ASCII.GetBytes(new string('x', 4096));
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(piece);
            }
        }
        catch (IOException)
        {
            // The disk is full, as it should be.
        }
    }

    private static async Task<(int Code, string Said)> RunAsync(string program, params string[] arguments)
    {
        using var run = Spawned.Start(program, arguments);
        await run.EndedAsync();
        return (run.ExitCode, run.All);
    }
}
