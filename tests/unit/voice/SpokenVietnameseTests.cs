using Reception.Hub.Voice;
using Xunit;

namespace Reception.Unit.Tests.Voice;

public sealed class SpokenVietnameseTests
{
    [Theory]
    [InlineData("A012", "a không một hai")]
    [InlineData("B105", "bê một không năm")]
    [InlineData("C021", "xê không hai một")]
    [InlineData("H124", "hát một hai bốn")]
    [InlineData("K115", "ca một một năm")]
    [InlineData("M789", "mờ bảy tám chín")]
    [InlineData("A1000", "a một không không không")]
    [InlineData("Đ036", "đê không ba sáu")]
    public void A_ticket_number_is_said_letter_by_letter_and_digit_by_digit(string number, string spoken) =>
        Assert.Equal(spoken, SpokenVietnamese.Spell(number));

    [Theory]
    [InlineData(1, "một")]
    [InlineData(4, "bốn")]
    [InlineData(5, "năm")]
    [InlineData(10, "mười")]
    [InlineData(11, "mười một")]
    [InlineData(14, "mười bốn")]
    [InlineData(15, "mười lăm")]
    [InlineData(20, "hai mươi")]
    [InlineData(21, "hai mươi mốt")]
    [InlineData(24, "hai mươi tư")]
    [InlineData(25, "hai mươi lăm")]
    [InlineData(44, "bốn mươi tư")]
    [InlineData(51, "năm mươi mốt")]
    [InlineData(55, "năm mươi lăm")]
    [InlineData(60, "sáu mươi")]
    [InlineData(100, "một trăm")]
    [InlineData(105, "một trăm linh năm")]
    [InlineData(110, "một trăm mười")]
    [InlineData(115, "một trăm mười lăm")]
    [InlineData(121, "một trăm hai mươi mốt")]
    [InlineData(999, "chín trăm chín mươi chín")]
    public void A_counter_is_said_as_a_number(int counter, string spoken) => Assert.Equal(spoken, SpokenVietnamese.Count(counter));

    [Fact]
    public void Every_letter_that_may_be_a_prefix_has_a_name() =>
        Assert.All("ABCDEFGHIJKLMNOPQRSTUVWXYZĐ", letter => Assert.NotEmpty(SpokenVietnamese.Spell(letter.ToString())));

    [Fact]
    public void A_call_is_one_whole_sentence() =>
        Assert.Equal("Mời công dân có số thứ tự a không một hai, đến quầy số ba.", Announcement.Text("A012", 3));
}
