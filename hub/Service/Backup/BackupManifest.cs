using System.Security.Cryptography;
using System.Text.Json;

namespace Reception.Hub.Backup;

/// <summary>What a backup holds, and how far its journal goes: <c>manifest.json</c> beside its files.</summary>
/// <param name="Made">When.</param>
/// <param name="Site">The hall's code.</param>
/// <param name="Journal">The journal's id.</param>
/// <param name="Sequence">The newest row.</param>
/// <param name="Chain">Its chain hash, in hex.</param>
/// <param name="Files">Every file but the manifest.</param>
internal sealed record BackupManifest(
    DateTimeOffset Made, string Site, Guid Journal, long Sequence, string Chain, IReadOnlyList<BackupFile> Files)
{
    public const string Name = "manifest.json";

    /// <summary>Whether the files are encrypted.</summary>
    public bool Encrypted { get; init; }

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Readable) ?? throw new JsonException("It is empty.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new StartException($"DIR: {folder} is not a whole backup; {Name} can't be read: {exception.Message}");
        }
    }

    public void Write(string folder) => File.WriteAllBytes(Path.Combine(folder, Name), JsonSerializer.SerializeToUtf8Bytes(this, Readable));

    /// <summary>What is not as the manifest says, a line for each file.</summary>
    public IEnumerable<string> Faults(string folder) =>
        from file in Files
        let path = Path.Combine(folder, file.Path)
        let fault = !File.Exists(path) ? "is missing"
            : new FileInfo(path).Length != file.Bytes ? $"has {new FileInfo(path).Length} bytes, and had {file.Bytes}"
            : BackupFile.HashOf(path) != file.Sha256 ? "was changed"
            : null
        where fault is not null
        select $"{file.Path} {fault}";
}

/// <summary>A file of a backup.</summary>
/// <param name="Path">Relative to the backup's folder, with <c>/</c>.</param>
/// <param name="Sha256">In hex.</param>
internal sealed record BackupFile(string Path, long Bytes, string Sha256)
{
    private static BackupFile Of(string folder, string path) => new(
        System.IO.Path.GetRelativePath(folder, path).Replace(System.IO.Path.DirectorySeparatorChar, '/'), new FileInfo(path).Length, HashOf(path));

    /// <summary>Every file of a backup but its manifest.</summary>
    public static IReadOnlyList<BackupFile> AllOf(string folder) =>
    [
        .. from path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
           where System.IO.Path.GetRelativePath(folder, path) != BackupManifest.Name
           select Of(folder, path),
    ];

    public static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
