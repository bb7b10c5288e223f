using System.Security.Cryptography.X509Certificates;
using Reception.Hub.Pairing;
using Reception.Hub.Site;
using Reception.Protocol;
using Reception.Unit.Tests.Clocks;

namespace Reception.Unit.Tests.Pairing;

/// <summary>Devices that ask to be paired: how many, how long, and who is given the secret.</summary>
public sealed class PairingsTests : IDisposable
{
    private const string Nonce = "5pmv2c7k3x9q4n8w";
    private static readonly Hub.Site.Device Paired = new("rater-5", DeviceKinds.Rater, 5, "hash");

    private readonly string _data = Directory.CreateTempSubdirectory("reception-pairings-").FullName;
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.FromHours(7)));
    private readonly HallAuthority _authority;
    private readonly Pairings _pairings;

    public PairingsTests()
    {
        _authority = HallAuthority.Make(_data, ["localhost"], []);
        _pairings = new Pairings(_authority, _time);
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public void Both_sides_compute_the_same_code()
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_authority.AuthorityCertificate);
        var device = Open();

        Assert.Equal(PairingCode.Of(authority.RawData, device.Id, Nonce), device.Code);
    }

    [Fact]
    public void One_address_has_five_open_pairings_and_all_have_twenty()
    {
        for (var address = 1; address <= 4; address++)
        {
            for (var count = 0; count < 5; count++)
            {
                Open($"192.168.1.{address}");
            }

            Assert.Equal("too-many", TryOpen($"192.168.1.{address}").Refusal?.Code);
        }

        Assert.Equal("too-many", TryOpen("192.168.1.99").Refusal?.Code);
    }

    [Fact]
    public void Who_was_refused_hears_when_the_next_place_is_free()
    {
        Open();
        _time.Advance(TimeSpan.FromMinutes(4));
        for (var count = 0; count < 4; count++)
        {
            Open();
        }

        Assert.Equal(TimeSpan.FromMinutes(6), TryOpen().Refusal?.RetryAfter);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(TryOpen().Refusal);
    }

    [Fact]
    public void A_rejected_device_takes_no_place()
    {
        for (var count = 0; count < 5; count++)
        {
            _pairings.Decide(_pairings.Take(Open().Id)!, new PairingState.Rejected());
        }

        Assert.Null(TryOpen().Refusal);
    }

    [Fact]
    public void After_ten_minutes_a_pairing_has_ended()
    {
        var device = Open();
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.IsType<PairingState.Waiting>(_pairings.Ask(device.Id, Nonce));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<PairingState.Ended>(_pairings.Ask(device.Id, Nonce));
        Assert.Null(_pairings.Take(device.Id));
        Assert.Empty(_pairings.Waiting());
    }

    [Fact]
    public void The_secret_is_given_once_and_to_nobody_else()
    {
        var device = Open();
        _pairings.Decide(_pairings.Take(device.Id)!, new PairingState.Accepted(Paired, "secret"));

        Assert.IsType<PairingState.Stranger>(_pairings.Ask(device.Id, "another nonce"));
        Assert.Equal(new PairingState.Accepted(Paired, "secret"), _pairings.Ask(device.Id, Nonce));
        Assert.IsType<PairingState.Ended>(_pairings.Ask(device.Id, Nonce));
    }

    [Fact]
    public void Two_administrators_do_not_decide_about_one_device()
    {
        var device = Open();
        var taken = _pairings.Take(device.Id)!;

        Assert.Null(_pairings.Take(device.Id));
        Assert.Empty(_pairings.Waiting());
        Assert.IsType<PairingState.Waiting>(_pairings.Ask(device.Id, Nonce));

        _pairings.Decide(taken, new PairingState.Waiting());
        Assert.Equal(device.Id, Assert.Single(_pairings.Waiting()).Id);
    }

    [Fact]
    public void Two_devices_with_one_name_have_two_codes()
    {
        var (one, other) = (Open("192.168.1.1"), Open("192.168.1.2"));

        Assert.NotEqual(one.Code, other.Code);
        Assert.Equal([one.Id, other.Id], _pairings.Waiting().Select(device => device.Id));
    }

    private WaitingDevice Open(string address = "192.168.1.47") => TryOpen(address).Value;

    private Hub.Journal.Result<WaitingDevice> TryOpen(string address = "192.168.1.47") => _pairings.Open(DeviceKinds.Rater, "Máy đánh giá", Nonce, address);
}
