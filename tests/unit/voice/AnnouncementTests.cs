using Reception.Hub.Voice;
using Xunit;

namespace Reception.Unit.Tests.Voice;

public sealed class AnnouncementTests
{
    private static readonly string[] Languages = ["vi", "en"];

    [Theory]
    [InlineData("A012", 3, "call letter-a digit-0 digit-1 digit-2 to-counter number-3",
        "Mời công dân có số thứ tự a không một hai đến quầy số ba", "Ticket number A zero one two please go to counter three")]
    [InlineData("B105", 15, "call letter-b digit-1 digit-0 digit-5 to-counter number-15",
        "Mời công dân có số thứ tự bê một không năm đến quầy số mười lăm", "Ticket number B one zero five please go to counter fifteen")]
    [InlineData("C021", 21, "call letter-c digit-0 digit-2 digit-1 to-counter number-21",
        "Mời công dân có số thứ tự xê không hai một đến quầy số hai mươi mốt", "Ticket number C zero two one please go to counter twenty-one")]
    [InlineData("K115", 105, "call letter-k digit-1 digit-1 digit-5 to-counter number-105",
        "Mời công dân có số thứ tự ca một một năm đến quầy số một trăm linh năm",
        "Ticket number K one one five please go to counter one hundred and five")]
    [InlineData("M1000", 300, "call letter-m digit-1 digit-0 digit-0 digit-0 to-counter number-300",
        "Mời công dân có số thứ tự mờ một không không không đến quầy số ba trăm",
        "Ticket number M one zero zero zero please go to counter three hundred")]
    [InlineData("W999", 304, "call letter-w digit-9 digit-9 digit-9 to-counter hundreds-3 ones-4",
        "Mời công dân có số thứ tự vê kép chín chín chín đến quầy số ba trăm linh bốn",
        "Ticket number W nine nine nine please go to counter three hundred and four")]
    [InlineData("H124", 915, "call letter-h digit-1 digit-2 digit-4 to-counter hundreds-9 number-15",
        "Mời công dân có số thứ tự hát một hai bốn đến quầy số chín trăm mười lăm",
        "Ticket number H one two four please go to counter nine hundred and fifteen")]
    public void A_call_is_these_clips_which_say_this_sentence(string number, int counter, string clips, string vietnamese, string english)
    {
        var call = Announcement.Of(number, counter)!;
        Assert.Equal(clips, string.Join(' ', call));
        Assert.Equal([vietnamese, english], Languages.Select(language => string.Join(' ', call.Select(name => ClipList.Text(language, name)))));
    }

    [Theory]
    [InlineData("A012", 0)]
    [InlineData("A012", -3)]
    [InlineData("A012", 1000)]
    [InlineData("A12", 3)]
    [InlineData("A1234567", 3)]
    [InlineData("012", 3)]
    [InlineData("", 3)]
    [InlineData("a012", 3)]
    [InlineData("Đ012", 3)]
    [InlineData("A01x", 3)]
    [InlineData("A٠١٢", 3)]
    [InlineData("A-12", 3)]
    [InlineData("../..", 3)]
    public void What_is_not_a_number_and_a_counter_is_not_a_call(string number, int counter) => Assert.Null(Announcement.Of(number, counter));

    [Fact]
    public void The_lists_have_the_text_of_every_clip_that_a_call_can_have_and_no_other() =>
        Assert.All(Languages, language => Assert.Equal(Announcement.Names.Order(), ClipList.Of(language).Keys.Order()));

    [Fact]
    public void Every_counter_to_999_is_said_as_a_number_in_both_languages() => Assert.All(Enumerable.Range(1, 999), counter =>
    {
        var clips = Announcement.Of("A001", counter)!.Skip(6).ToList();
        Assert.Equal(SpokenNumbers.Vietnamese(counter), string.Join(' ', clips.Select(name => ClipList.Text("vi", name))));
        Assert.Equal(SpokenNumbers.English(counter), string.Join(' ', clips.Select(name => ClipList.Text("en", name))));
    });

    [Fact]
    public void Letters_and_digits_of_a_ticket_have_names_of_their_own() => Assert.All(Languages, language =>
    {
        var names = ClipList.Of(language).Keys.Where(name => name.Split('-')[0] is "letter" or "digit");
        Assert.Equal(36, names.Select(name => ClipList.Text(language, name)).Distinct().Count());
    });
}
