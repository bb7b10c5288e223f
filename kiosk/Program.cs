using System.Globalization;
using Reception.Device.Startup;
using Reception.Hosting;
using Reception.Kiosk;
using Reception.Kiosk.Startup;
using Reception.Pairing;
using Reception.Protocol;
using Reception.Slips;
using Reception.Slips.Files;

Terminal.UseUtf8();
switch (args)
{
    case []:
        return await ServeAsync(ProgramFolder.SettingsOf("kiosk"));
    case ["--config", var file]:
        return await ServeAsync(file);
    case ["--unpair"]:
        return new DeviceProgram("kiosk").Unpair(ProgramFolder.SettingsOf("kiosk"), "kiosk");
    case ["--unpair", "--config", var file]:
        return new DeviceProgram("kiosk").Unpair(file, "kiosk");
    case ["--preview-ticket", var template, var picture]:
        return await PreviewAsync(template, picture, width: 576);
    case ["--preview-ticket", var template, var picture, "--width", "384" or "576"]:
        return await PreviewAsync(template, picture, int.Parse(args[4], CultureInfo.InvariantCulture));
    default:
        await Console.Error.WriteLineAsync("Usage: kiosk [--unpair] [--config FILE] | kiosk --preview-ticket TEMPLATE.json OUT.png [--width 384|576]");
        return 2;
}

static Task<int> ServeAsync(string file) => new DeviceProgram("kiosk").RunAsync<KioskOptions>(
    file, "kiosk", KioskProgram.Build, options => PairingScreen.RunAsync(options, DeviceKinds.Kiosk));

static async Task<int> PreviewAsync(string template, string picture, int width)
{
    try
    {
        await File.WriteAllBytesAsync(picture, TicketPreview.Draw(TicketPreview.Sample, SlipTemplate.Read(template), width));
        return 0;
    }
    catch (Exception exception) when (exception is CheckedFileException or IOException or UnauthorizedAccessException)
    {
        Supervision.Tell("kiosk", exception.Message);
        return 1;
    }
}
