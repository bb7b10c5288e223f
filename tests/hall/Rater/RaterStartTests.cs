using System.Diagnostics;

namespace Reception.Hall.Tests.Rater;

public sealed class RaterStartTests
{
    [Fact]
    public async Task A_wrong_setting_ends_the_program_with_one_plain_line()
    {
        var settings = Path.GetTempFileName();
        await File.WriteAllTextAsync(settings, """{"device":"rater-1","counter":"one"}""", TestContext.Current.CancellationToken);
        using var program = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rating-device.dll"), "--config", settings])
        {
            RedirectStandardError = true,
        })!;

        var said = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"rating-device: {settings}: counter is \"one\"; allowed is a whole number from 1 to 999.\n", said);
        Assert.NotEqual(0, program.ExitCode);
        File.Delete(settings);
    }
}
