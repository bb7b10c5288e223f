using System.Globalization;
using Reception.Hosting;
using Reception.Kiosk;
using Reception.Settings;
using Reception.Slips;

Terminal.UseUtf8();
try
{
    switch (args)
    {
        case []:
            return await ServeAsync(KioskOptions.Read(ProgramFolder.SettingsOf("kiosk")));
        case ["--config", var file]:
            return await ServeAsync(KioskOptions.Read(file));
        case ["--preview-ticket", var template, var picture]:
            return await PreviewAsync(template, picture, width: 576);
        case ["--preview-ticket", var template, var picture, "--width", "384" or "576"]:
            return await PreviewAsync(template, picture, int.Parse(args[4], CultureInfo.InvariantCulture));
        default:
            await Console.Error.WriteLineAsync("Usage: kiosk [--config FILE] | kiosk --preview-ticket TEMPLATE.json OUT.png [--width 384|576]");
            return 2;
    }
}
catch (Exception failure) when (failure is SettingsException or IOException or UnauthorizedAccessException)
{
    Supervision.Tell("kiosk", failure.Message);
    return 1;
}

static async Task<int> ServeAsync(KioskOptions options)
{
    try
    {
        ListenAddress.Demand(options.Http);
        await using var kiosk = KioskProgram.Build(options);
        await kiosk.RunAsync();
        return 0;
    }
    catch (Exception failure) when (FolderFault.Is(failure))
    {
        Supervision.Tell("kiosk", FolderFault.Line(options.Data, failure));
        return 1;
    }
}

static async Task<int> PreviewAsync(string template, string picture, int width)
{
    await File.WriteAllBytesAsync(picture, TicketPreview.Draw(TicketPreview.Sample, SlipTemplate.Read(template), width));
    return 0;
}
