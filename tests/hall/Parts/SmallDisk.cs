using System.Text;

namespace Reception.Hall.Tests.Parts;

/// <summary>A disk of a few megabytes that a test can fill: a tmpfs, where this machine lets us mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Filler => Path.Combine(Folder, "filler");

    /// <param name="size">As mount(8) takes it: <c>80m</c>.</param>
    public static async Task<SmallDisk> MakeAsync(string size)
    {
        var folder = Directory.CreateTempSubdirectory("reception-full-").FullName;
        using var mount = Spawned.Start("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", folder);
        await mount.EndedAsync();
        if (mount.ExitCode != 0)
        {
            Directory.Delete(folder);
            Assert.Skip($"No small disk can be made here: {mount.All}");
        }

        return new SmallDisk(folder);
    }

    /// <summary>Writes until nothing more fits.</summary>
    public void Fill()
    {
        var piece = Encoding.ASCII.GetBytes(new string('x', 4096));
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
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

    /// <summary>Makes room again.</summary>
    public void Empty() => File.Delete(Filler);

    /// <summary>From now on nothing can be written.</summary>
    public async Task LetReadOnlyAsync()
    {
        await Spawned.DoneAsync("mount", "-o", "remount,ro", Folder);
    }

    public void Dispose()
    {
        using var unmount = System.Diagnostics.Process.Start("umount", ["-l", Folder]);
        unmount.WaitForExit();
        Directory.Delete(Folder);
    }
}
