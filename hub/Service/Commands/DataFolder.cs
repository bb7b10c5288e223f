using System.CommandLine;
using Reception.Hosting;
using Reception.Hub.Journal;
using Reception.Hub.Record;

namespace Reception.Hub.Commands;

/// <summary>The hall's data folder, known by its marker file.</summary>
internal static class DataFolder
{
    private const string Marker = ".reception";

    /// <summary>The option that names the folder of a real hall.</summary>
    public static Option<string> Option(string what) => new("--data") { Description = what, DefaultValueFactory = _ => ProgramFolder.Of("hub") };

    /// <summary>The folder, made with its marker where it is not there.</summary>
    public static string Make(string path)
    {
        try
        {
            var folder = PrivateFile.MakeFolder(path);
            if (!File.Exists(Path.Combine(folder, Marker)))
            {
                File.WriteAllText(Path.Combine(folder, Marker), "This folder holds the data of a reception hall.\n");
            }

            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"--data: {path} can't be written: {exception.Message}");
        }
    }

    /// <summary>A folder that holds a hall.</summary>
    public static string Existing(string path) =>
        HubDatabase.IsIn(path) || HighWaterMark.IsIn(path)
            ? Path.GetFullPath(path)
            : throw new StartException($"--data: {path} holds no hall; make one with `hub setup`.");
}
