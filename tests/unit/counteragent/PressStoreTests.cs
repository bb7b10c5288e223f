using Microsoft.Extensions.Logging.Abstractions;
using Reception.CounterAgent.Rater;
using Reception.Device.Reporting;
using Reception.Device.Storage;

namespace Reception.Unit.Tests.CounterAgent;

/// <summary>A press is known by (serial, epoch, sequence), over restarts, and gets one report.</summary>
public sealed class PressStoreTests : IDisposable
{
    private const string Port = "/dev/serial/by-id/usb-FTDI";

    private readonly string _folder = Directory.CreateTempSubdirectory("reception-presses-").FullName;
    private DeviceDatabase _database;
    private PressStore _presses;

    public PressStoreTests() => (_database, _presses) = Open();

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_press_that_comes_again_has_the_same_report_even_after_a_restart()
    {
        var (box, _) = _presses.Meet("R1", 8, Port);
        var first = Add(box, 7);
        Assert.Equal(first, Add(box, 7));
        Restart();
        Assert.Equal(first, Add(box, 7));
    }

    [Fact]
    public void A_press_whose_report_is_not_kept_is_not_kept_either()
    {
        var (box, _) = _presses.Meet("R1", 8, Port);
        Assert.Throws<FactNotKeptException>(() => _presses.Add(box, 8, () =>
        {
            _database.Execute("INSERT INTO command (id) VALUES (x'01')");
            throw new FactNotKeptException("The disk is full.", new IOException());
        }));
        Assert.False(_presses.IsBehind(box, 8));
        Assert.Empty(_database.Select("SELECT id FROM command", row => row.GetValue(0)));
    }

    [Fact]
    public void Sequences_may_jump_and_come_in_any_order()
    {
        var (box, _) = _presses.Meet("R1", 0, Port);
        uint[] sequences = [3, 900, 12, uint.MaxValue, 0];
        Assert.Equal(sequences.Length, sequences.Select(sequence => Add(box, sequence)).Distinct().Count());
    }

    [Fact]
    public void A_next_sequence_below_what_was_seen_starts_a_new_epoch_and_the_same_or_a_higher_one_none()
    {
        var (box, _) = _presses.Meet("R1", 5, Port);
        var before = Add(box, 5);
        Assert.Equal((box, false), _presses.Meet("R1", 6, Port));
        Assert.Equal((box, false), _presses.Meet("R1", 9, Port));

        Restart();
        var (again, isForgetful) = _presses.Meet("R1", 8, Port);
        Assert.True(isForgetful);
        Assert.Equal(box.Epoch + 1, again.Epoch);
        Assert.NotEqual(before, Add(again, 5));
        Assert.Equal((again, false), _presses.Meet("R1", 8, Port));
    }

    [Fact]
    public void What_a_press_alone_has_shown_counts_as_seen()
    {
        var (box, _) = _presses.Meet("R1", 0, Port);
        Add(box, 41);
        Assert.True(_presses.Meet("R1", 41, Port).IsForgetful);
    }

    [Fact]
    public void A_press_before_any_hello_is_the_boxs_own_once_it_says_who_it_is()
    {
        var nameless = _presses.Nameless(Port, 4);
        Assert.Equal(Port, nameless.Name);
        var early = Add(nameless, 4);
        var (box, _) = _presses.Meet("R1", 5, Port);
        Assert.Equal(early, Add(box, 4));

        // What the next nameless box on that port counts alike is another press, once another box was seen there.
        _presses.Meet("R2", 1, Port);
        Assert.NotEqual(early, Add(_presses.Nameless(Port, 4), 4));
    }

    [Fact]
    public void A_nameless_press_that_the_box_has_not_reached_is_not_its_own()
    {
        var early = Add(_presses.Nameless(Port, 4), 4);
        var (box, _) = _presses.Meet("R2", 4, Port);
        Assert.NotEqual(early, Add(box, 4));
    }

    [Fact]
    public void What_the_port_repeats_before_any_hello_is_the_press_of_the_box_that_was_there()
    {
        var (box, _) = _presses.Meet("R1", 7, Port);
        Assert.False(_presses.IsBehind(box, 7));
        Add(box, 7);
        Restart();
        Assert.True(_presses.IsBehind(box, 7));
        Assert.Equal(box, _presses.Nameless(Port, 7));
        Assert.Equal(Port, _presses.Nameless(Port, 8).Name);
        Assert.Equal("/dev/ttyUSB1", _presses.Nameless("/dev/ttyUSB1", 7).Name);

        var (other, _) = _presses.Meet("R2", 1, Port);
        Assert.Equal(Port, _presses.Nameless(Port, 7).Name);
        Assert.False(_presses.IsBehind(other, 7));
    }

    [Fact]
    public void What_is_not_beyond_the_highest_seen_is_behind_though_it_was_never_written_down()
    {
        var (box, _) = _presses.Meet("R1", 100, Port);
        Assert.True(_presses.IsBehind(box, 1));
        Assert.False(_presses.IsBehind(box, 100));
        var (forgetful, _) = _presses.Meet("R1", 2, Port);
        Assert.False(_presses.IsBehind(forgetful, 2));
    }

    [Fact]
    public void A_nameless_press_is_no_later_boxs_either()
    {
        var early = Add(_presses.Nameless(Port, 50), 50);
        _presses.Meet("R1", 10, Port);
        var (later, _) = _presses.Meet("R2", 60, Port);
        Assert.NotEqual(early, Add(later, 50));
    }

    [Fact]
    public void Two_boxes_count_each_for_itself()
    {
        var (one, _) = _presses.Meet("R1", 1, Port);
        var (two, _) = _presses.Meet("R2", 1, "/dev/ttyUSB1");
        Assert.NotEqual(Add(one, 0), Add(two, 0));
    }

    [Fact]
    public void Two_ports_that_claim_one_serial_are_two_boxes_until_one_is_closed()
    {
        var known = new HashSet<string>();
        var names = new BoxNames();
        Assert.Equal(("R1", false), names.Claim("R1", "/dev/ttyUSB0", known.Contains));
        Assert.Equal(("R1@/dev/ttyUSB1", true), names.Claim("R1", "/dev/ttyUSB1", known.Contains));
        Assert.Equal(("R1", false), names.Claim("R1", "/dev/ttyUSB0", known.Contains));
        names.Release("/dev/ttyUSB0");
        Assert.Equal(("R1", false), names.Claim("R1", "/dev/ttyUSB1", known.Contains));
        // The box on that port was replaced.
        Assert.Equal(("R2", false), names.Claim("R2", "/dev/ttyUSB1", known.Contains));
        Assert.Equal(("R1", false), names.Claim("R1", "/dev/ttyUSB0", known.Contains));

        // Both were met: whichever comes back first keeps the name under which its presses stand.
        known.UnionWith(["R1", "R1@/dev/ttyUSB1"]);
        names = new BoxNames();
        Assert.Equal(("R1@/dev/ttyUSB1", false), names.Claim("R1", "/dev/ttyUSB1", known.Contains));
        Assert.Equal(("R1", false), names.Claim("R1", "/dev/ttyUSB0", known.Contains));
        Assert.Equal(("R1@/dev/ttyUSB1", true), names.Claim("R1", "/dev/ttyUSB1", known.Contains));
    }

    private Guid Add(Box box, uint sequence) => _presses.Add(box, sequence, Guid.CreateVersion7);

    private void Restart()
    {
        _database.Dispose();
        (_database, _presses) = Open();
    }

    private (DeviceDatabase Database, PressStore Presses) Open()
    {
        var database = DeviceDatabase.Open(_folder, TimeProvider.System, NullLogger<DeviceDatabase>.Instance);
        return (database, new PressStore(database));
    }
}
