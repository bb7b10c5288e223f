using System.Text.Json.Serialization;
using Reception.Protocol;
using Reception.Slips;

namespace Reception.Device.Printing;

/// <summary>
/// A line that ends in files: writes the byte stream as <c>NAME.bin</c> and what was drawn, all papers one below the other, as
/// <c>NAME.png</c>. A file <c>printer.json</c> beside them plays its state, as <c>{"paper":"out"}</c> or
/// <c>{"breaksAfterBytes":2000}</c> or <c>{"takesMilliseconds":3000}</c>, so that a hall can be rehearsed without paper, with an
/// open cover, a torn line or a slow head.
/// </summary>
public sealed class FilePrinter : IPrinter
{
    private static readonly PrinterStatus Ready = new() { Paper = "ok", Cover = "closed", Online = true };

    private readonly string folder;

    /// <summary>A printer whose paper falls into the folder, which is made where it is missing.</summary>
    /// <param name="folder">The folder.</param>
    public FilePrinter(string folder)
    {
        Directory.CreateDirectory(folder);
        this.folder = folder;
    }

    /// <inheritdoc/>
    public string? LineProblem => null;

    /// <inheritdoc/>
    public Task<PrinterStatus> ReadStatusAsync(CancellationToken cancellation) => Task.FromResult(ReadPlay().Status);

    /// <inheritdoc/>
    public async Task<PrintResult> PrintAsync(string name, SlipJob job, CancellationToken cancellation)
    {
        if (name.Length is 0 or > 80 || name.Any(character => !(char.IsAsciiLetterOrDigit(character) || character == '-')))
        {
            throw new ArgumentException("A job's name is letters, digits and hyphens.", nameof(name));
        }

        var (status, breaksAfter, takes) = ReadPlay();
        if (status.NotReady() is { } reason)
        {
            return new PrintResult(PrintOutcome.Failed, reason);
        }

        var sent = false;
        try
        {
            await using (var line = new FileStream(Path.Combine(folder, name + ".bin"), FileMode.Create, FileAccess.Write))
            {
                sent = true;
                await line.WriteAsync(job.Bytes.AsMemory(0, Math.Min(breaksAfter ?? int.MaxValue, job.Bytes.Length)), cancellation);
            }

            if (breaksAfter < job.Bytes.Length)
            {
                return new PrintResult(PrintOutcome.Unknown, $"The line broke after {breaksAfter} bytes.");
            }

            await Task.Delay(takes, cancellation);
            PngPicture.Write(Joined(job.Papers), Path.Combine(folder, name + ".png"));
            return new PrintResult(PrintOutcome.Printed);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            return new PrintResult(sent ? PrintOutcome.Unknown : PrintOutcome.Failed, failure.Message);
        }
    }

    /// <summary>Nothing is held between two prints.</summary>
    public void Dispose()
    {
    }

    private static Raster Joined(IReadOnlyList<SlipDrawing> papers)
    {
        var whole = new Raster(papers[0].Dots.Width, papers.Sum(paper => paper.Dots.Height));
        var top = 0;
        foreach (var paper in papers)
        {
            whole.Paste(paper.Paper(), 0, top);
            top += paper.Dots.Height;
        }

        return whole;
    }

    private (PrinterStatus Status, int? BreaksAfterBytes, TimeSpan Takes) ReadPlay()
    {
        try
        {
            var file = Path.Combine(folder, "printer.json");
            if (!File.Exists(file))
            {
                return (Ready, null, TimeSpan.Zero);
            }

            return ProtocolJson.Read<Play>(File.ReadAllBytes(file)) is { } play
                ? (new PrinterStatus { Paper = play.Paper, Cover = play.Cover, Online = play.Online, Fault = play.Fault }, play.BreaksAfterBytes, TimeSpan.FromMilliseconds(Math.Max(0, play.TakesMilliseconds)))
                : (Ready with { Online = false, Fault = "other" }, null, TimeSpan.Zero);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (Ready with { Online = false, Fault = "other" }, null, TimeSpan.Zero);
        }
    }

    private sealed record Play
    {
        public string Paper { get; init; } = Ready.Paper;

        public string Cover { get; init; } = Ready.Cover;

        public bool Online { get; init; } = Ready.Online;

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Fault { get; init; }

        public int? BreaksAfterBytes { get; init; }

        public int TakesMilliseconds { get; init; }
    }
}
