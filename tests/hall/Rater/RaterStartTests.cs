using Reception.Hall.Tests.Parts;

namespace Reception.Hall.Tests.Rater;

public sealed class RaterStartTests
{
    [Fact]
    public async Task A_wrong_setting_ends_the_program_with_one_plain_line()
    {
        var settings = Path.GetTempFileName();
        await File.WriteAllTextAsync(settings, """{"device":"rater-1","counter":"one"}""", TestContext.Current.CancellationToken);
        var (code, said) = await Spawned.RunAsync("rating-device", "--config", settings);

        Assert.Equal($"rating-device: {settings}: counter is \"one\"; allowed is a whole number from 1 to 999.", said);
        Assert.NotEqual(0, code);
        File.Delete(settings);
    }
}
