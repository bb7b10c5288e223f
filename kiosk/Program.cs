using Reception.Device.Settings;
using Reception.Kiosk;

if (args is not ["--config", var file])
{
    await Console.Error.WriteLineAsync("Usage: kiosk --config FILE");
    return 2;
}

try
{
    await using var kiosk = KioskProgram.Build(KioskOptions.Read(file));
    await kiosk.RunAsync();
    return 0;
}
catch (Exception failure) when (failure is SettingsException or IOException)
{
    await Console.Error.WriteLineAsync($"kiosk: {failure.Message}");
    return 1;
}
