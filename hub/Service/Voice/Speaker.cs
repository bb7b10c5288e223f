using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Reception.Hub.Voice;

/// <summary>Speaks sentences with espeak-ng's offline Vietnamese into WAV files, each once.</summary>
internal sealed class Speaker(VoiceOptions options, ILogger<Speaker> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Lazy<Task<string?>>> _speaking = new();

    /// <summary>The path of the spoken sentence, or null where espeak-ng is missing or fails; the next call tries again.</summary>
    public async Task<string?> SpeakAsync(string sentence)
    {
        var path = Path.Combine(options.Folder, Name(sentence) + ".wav");
        if (File.Exists(path))
        {
            return path;
        }

        // Several displays ask for the same call in the same instant: one process makes it for all.
        var one = _speaking.GetOrAdd(path, _ => new Lazy<Task<string?>>(() => MakeAsync(sentence, path)));
        try
        {
            return await one.Value;
        }
        finally
        {
            _speaking.TryRemove(new KeyValuePair<string, Lazy<Task<string?>>>(path, one));
        }
    }

    private async Task<string?> MakeAsync(string sentence, string path)
    {
        Directory.CreateDirectory(options.Folder);
        var unfinished = path + ".part";
        try
        {
            using var process = Process.Start(new ProcessStartInfo("espeak-ng")
            {
                ArgumentList =
                {
                    "-v", "vi", "-s", options.WordsPerMinute.ToString(CultureInfo.InvariantCulture), "-g", "2", "-b", "1",
                    "--stdin", "-w", unfinished,
                },
                RedirectStandardInput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(false),
            })!;
            await process.StandardInput.WriteAsync(sentence);
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                var complaint = await process.StandardError.ReadToEndAsync(patience.Token);
                await process.WaitForExitAsync(patience.Token);
                if (process.ExitCode != 0)
                {
                    log.LogWarning("espeak-ng ended with {ExitCode}: {Complaint}", process.ExitCode, complaint.Trim());
                    return null;
                }
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                log.LogWarning("espeak-ng did not finish a sentence within {Patience}", Patience);
                return null;
            }
        }
        catch (Win32Exception missing)
        {
            log.LogWarning("espeak-ng does not start, calls are made with the chime alone: {Reason}", missing.Message);
            return null;
        }

        File.Move(unfinished, path, overwrite: true);
        Prune();
        return path;
    }

    private void Prune()
    {
        foreach (var old in new DirectoryInfo(options.Folder).EnumerateFiles("*.wav").OrderByDescending(file => file.LastWriteTimeUtc).Skip(options.Kept))
        {
            old.Delete();
        }
    }

    private string Name(string sentence) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{options.WordsPerMinute}|{sentence}")).AsSpan(0, 12));
}
