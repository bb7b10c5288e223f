using Reception.Hub.Options;
using Reception.Hub.Site;
using Xunit;

namespace Reception.Unit.Tests.Site;

public sealed class DiskSpaceTests
{
    private const long Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(200, false, false)]
    [InlineData(199, true, false)]
    [InlineData(50, true, false)]
    [InlineData(49, true, true)]
    [InlineData(0, true, true)]
    public void Little_space_is_kept_for_the_hall_and_very_little_is_an_alarm(long freeMb, bool isLow, bool isAlarming)
    {
        var disk = new DiskSpace(new DiskOptions(), () => freeMb * Mebibyte);
        Assert.Equal((isLow, isAlarming), (disk.IsLow, disk.IsAlarming));
    }

    [Fact]
    public void A_limit_of_0_is_none()
    {
        var disk = new DiskSpace(new DiskOptions { LowMb = 0, AlarmMb = 0 }, () => 0);
        Assert.False(disk.IsLow || disk.IsAlarming);
    }

    [Fact]
    public void An_alarm_above_the_other_limit_is_a_fault_of_the_settings()
    {
        var options = new HubOptions { Data = Path.GetTempPath(), Http = "http://127.0.0.1:1", Disk = new DiskOptions { LowMb = 100, AlarmMb = 150 } };
        Assert.Equal("disk.alarmMb: 150 is more than disk.lowMb (100); set it lower.", options.Fault());
    }
}
