using System.Net;
using System.Net.Sockets;
using Reception.Hall.Tests.History;
using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests.Sweep;

/// <summary>The hub killed at each sync of a short scenario that writes everything that it can write.</summary>
[Collection(Alone.Name)]
public sealed class HubSweepTests
{
    [Fact]
    public async Task Killed_at_any_sync_the_hub_keeps_what_it_answered_and_the_rest_acts_once()
    {
        await using var hall = await RunningHall.StartAsync(HallPlan.Json(1));
        var place = hall.NextPlace();
        var officer = await place.SignInAsync();
        var administrator = await hall.SignInAsync(HallPlan.Administrator, null);
        await using var rater = await hall.ConnectAsync(place.Rater);
        await SyncSweep.RunAsync(usual: 4, async sync =>
        {
            await hall.KillHubAsync();
            var doomed = await hall.StartDoomedHubAsync(sync);
            var scenario = new HubScenario(place, officer, administrator, rater, sync);
            await scenario.RunAsync(doomed);
            var wasKilled = doomed.WasKilled;
            Assert.True(wasKilled || scenario.IsWhole, doomed.All);
            await hall.RestartHubAsync();
            await scenario.DemandKeptAsync();
            var (code, said) = await Spawned.RunAsync("hub", "verify", "--data", hall.Folder);
            Assert.True(code == 0, said);
            return wasKilled;
        });
        hall.DemandNoErrors();
    }

    /// <summary>A ticket, its visit and its rating, and a change of the lanes, each with an id of its own.</summary>
    private sealed class HubScenario(Place place, ApiClient officer, string administrator, TestDevice rater, int round)
    {
        private readonly HallHistory _history = new();
        private readonly ApiClient _taker = place.Hall.Client("bench-1");
        private readonly Guid _press = Guid.CreateVersion7();
        private DateTimeOffset? _pressedAt;
        private DeviceAnswer? _rated;
        private bool _isChanged;

        // Another one each round.
        private int WaitLimit => 30 + round;

        /// <summary>Whether all of it was answered.</summary>
        public bool IsWhole => _history.Requests.All(request => request.Answer is not null) && _rated is not null && _isChanged;

        public async Task RunAsync(Spawned hub)
        {
            var before = rater.Answers.Count;
            await Eventually.TrueAsync(() => hub.HasEnded || rater.IsConnected, () => hub.All);
            await AskAsync("bench-1", "/api/v1/tickets", new { service = place.Service, lane = "normal" });
            await AskAsync(place.Officer, $"/api/v1/counters/{place.Counter}/call-next");
            await AskAsync(place.Officer, $"/api/v1/counters/{place.Counter}/start");
            await AskAsync(place.Officer, $"/api/v1/counters/{place.Counter}/finish");
            if (_history.Requests.All(request => request.Answer is not null))
            {
                _pressedAt = TimeProvider.System.GetUtcNow();
                rater.Send(ReportTypes.RatingPressed, new { level = 5 }, _press, _pressedAt);
                await Eventually.TrueAsync(() => hub.HasEnded || Rated(before) is not null, () => hub.All);
                _rated = Rated(before);
            }

            _isChanged = await ChangeAsync();
            if (!IsWhole)
            {
                await hub.EndedAsync();
            }
        }

        public async Task DemandKeptAsync()
        {
            Assert.Equal(0, place.Hall.Query<long>("SELECT count(*) FROM (SELECT 1 FROM ticket GROUP BY day, number HAVING count(*) > 1)"));
            foreach (var request in _history.Requests)
            {
                var first = request.Answer;
                var again = await ClientOf(request.Caller).PostAsync(request.Path, request.Body, request.Key);
                var isSame = first is null ? again.Status is 200 or 201 : first.Bytes.AsSpan().SequenceEqual(again.Bytes);
                Assert.True(isSame, $"{request}: {first?.Text}, {again.Text}");
            }

            await DemandRatingAsync();
            var entries = place.Hall.Query<long>(
                "SELECT count(*) FROM audit WHERE part = 'lanes.waitLimitMinutes' AND new = $p0", $"{WaitLimit}");
            Assert.InRange(entries, _isChanged ? 1 : 0, 1);
            Assert.Equal(
                entries, place.Hall.Query<long>("SELECT coalesce(body ->> '$.lanes.waitLimitMinutes', 0) = $p0 FROM site", WaitLimit));
        }

        private async Task DemandRatingAsync()
        {
            if (_pressedAt is not { } at)
            {
                return;
            }

            var again = await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5 }, _press, at);
            Assert.True(again.Ok().GetProperty("attributed").GetBoolean(), again.Text);
            Assert.Equal(_rated?.Bytes ?? again.Bytes, again.Bytes);
            Assert.Equal(1, place.Hall.Query<long>("SELECT count(*) FROM rating WHERE id = $p0", _press.ToByteArray(bigEndian: true)));
        }

        private Task AskAsync(string caller, string path, object? body = null) =>
            _history.AnswerAsync(ClientOf(caller), _history.Ask(caller, path, body), givesUp: true);

        private ApiClient ClientOf(string caller) => caller == place.Officer ? officer : _taker;

        private DeviceAnswer? Rated(int before) => rater.Answers.Skip(before).FirstOrDefault(answer => answer.Report == _press);

        private async Task<bool> ChangeAsync()
        {
            using var form = new FormUrlEncodedContent([new("in-a-row", "2"), new("limit", $"{WaitLimit}"), new("late", "15")]);
            try
            {
                return (await place.Hall.SendAsync(administrator, HttpMethod.Post, "/admin/lanes", form)).Status == HttpStatusCode.Found;
            }
            catch (Exception failure) when (failure is HttpRequestException or SocketException)
            {
                // Nobody was told that it is kept.
                return false;
            }
        }
    }
}
