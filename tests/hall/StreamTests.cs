using Reception.Hall.Tests.Parts;
using Reception.Protocol;

namespace Reception.Hall.Tests;

[Collection(OtherHall.Name)]
public sealed class StreamTests(SharedHall shared) : HallTest(shared)
{
    [Fact]
    public async Task The_stream_starts_with_the_hall_and_each_may_see_what_is_theirs()
    {
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();
        var leader = await Hall.SignedInAsync(HallPlan.Leader);
        await using var rater = await Hall.ConnectAsync(place.Rater);
        await using var anyone = await Hall.Anyone.ListenAsync();
        await using var ofOfficer = await officer.ListenAsync();
        await using var ofLeader = await leader.ListenAsync();
        foreach (var stream in new[] { anyone, ofOfficer, ofLeader })
        {
            var first = await stream.UntilAsync(_ => true);
            Assert.Equal("hall", first.Name);
            Assert.Equal(first.Json.GetProperty("version").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture), first.Id);
        }

        var ticket = (await place.TakeNumberAsync()).GetProperty("id").GetString();
        (await officer.AtAsync(place.Counter, "call-next")).Ok();
        (await officer.AtAsync(place.Counter, "recall")).Ok();
        (await officer.AtAsync(place.Counter, "start")).Ok();
        (await rater.AskAsync(ReportTypes.RatingPressed, new { level = 5 })).Ok();
        (await officer.AtAsync(place.Counter, "finish")).Ok();

        await ofLeader.UntilAsync(IsRating);
        await ofOfficer.UntilAsync(one => one.Name == "ticket" && one.Json.GetProperty("id").GetString() == ticket && one.Json.GetProperty("state").GetString() == "served");
        await anyone.UntilAsync(one => one.Name == "call" && one.Json.GetProperty("number").GetString() == place.Number(1) && one.Json.GetProperty("times").GetInt32() == 2);
        await anyone.UntilAsync(one => one.Name == "counter" && one.Json.GetProperty("serving").GetString() == place.Number(1));
        await anyone.UntilAsync(one => one.Name == "hall" && one.Json.GetProperty("services").EnumerateArray()
            .Any(service => service.GetProperty("code").GetString() == place.Service && service.GetProperty("lastCalled").GetString() == place.Number(1)));
        var version = Hall.Query<long>("SELECT max(sequence) FROM journal");
        await Hall.Anyone.PostAsync("/api/v1/session", new { });
        Assert.DoesNotContain(anyone.Seen, one => one.Name is "ticket" or "rating");
        Assert.DoesNotContain(ofOfficer.Seen, one => one.Name == "rating");

        foreach (var stream in new[] { anyone, ofOfficer, ofLeader })
        {
            var ids = stream.Seen.Where(one => one.Id is not null).Select(one => long.Parse(one.Id!, System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(ids.Order().Distinct(), ids);
            Assert.All(ids, id => Assert.True(id <= version));
            Assert.NotNull(stream.Seen.Last().Id);
        }

        bool IsRating(ServerEvent one) => one.Name == "rating" && one.Json.GetProperty("ticket").GetString() == ticket;
    }

    [Fact]
    public async Task Last_Event_ID_goes_on_with_what_came_after_it_and_an_unknown_one_starts_with_the_hall()
    {
        var place = Hall.NextPlace();
        var officer = await place.SignInAsync();
        string? id;
        await using (var first = await Hall.Anyone.ListenAsync())
        {
            id = (await first.UntilAsync(one => one.Id is not null)).Id;
        }

        await place.TakeNumberAsync();
        (await officer.AtAsync(place.Counter, "call-next")).Ok();
        await using var resumed = await Hall.Anyone.ListenAsync(id);
        await resumed.UntilAsync(one => one.Name == "call" && one.Json.GetProperty("number").GetString() == place.Number(1));
        Assert.Equal(1, resumed.Seen.Count(one => one.Name == "call"));
        Assert.Equal(1, resumed.Seen.Count(one => one.Name == "counter" && one.Json.GetProperty("waiting").GetInt32() == 1));

        foreach (var unknown in new[] { "999999999", "-1", "x" })
        {
            await using var anew = await Hall.Anyone.ListenAsync(unknown);
            Assert.Equal("hall", (await anew.UntilAsync(_ => true)).Name);
        }
    }
}
