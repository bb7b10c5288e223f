using System.Text;
using Reception.Protocol.Serial;
using Xunit;

namespace Reception.Unit.Tests.Protocol;

public sealed class RaterMessageTests
{
    [Fact]
    public void Every_message_of_a_rater_is_read()
    {
        Assert.Equal(new RaterMessage.Hello("R2611042", "1.0.0", 17, 3, 'B'), Read("HELLO,1,R2611042,1.0.0,17,3,B"));
        Assert.Equal(new RaterMessage.Press(4294967295, 5, 340), Read("PRESS,4294967295,5,340"));
        Assert.Equal(new RaterMessage.Press(7, 1, null), Read("PRESS,7,1,-1"));
        Assert.Equal(new RaterMessage.Beat(3600, 2, 1), Read("BEAT,3600,2,1"));
        Assert.Equal(new RaterMessage.Stuck(4), Read("STUCK,4"));
        Assert.Equal(new RaterMessage.Freed(4), Read("FREED,4"));
    }

    [Theory]
    [InlineData("HELLO,2,R1,1.0,0,0,P")]
    [InlineData("HELLO,1,R12345678,1.0,0,0,P")]
    [InlineData("HELLO,1,R1,1.0,0,0,X")]
    [InlineData("HELLO,1,R1,1.0,0,0,PE")]
    [InlineData("PRESS,1,6,0")]
    [InlineData("PRESS,1,0,0")]
    [InlineData("PRESS,4294967296,5,0")]
    [InlineData("PRESS,1,5,-2")]
    [InlineData("PRESS,1,5")]
    [InlineData("PRESS, 1,5,0")]
    [InlineData("press,1,5,0")]
    [InlineData("STUCK,")]
    [InlineData("")]
    public void What_is_no_message_is_none(string body) => Assert.Null(Read(body));

    [Fact]
    public void A_keypad_s_key_is_read()
    {
        Assert.Equal(new KeypadKey(9, "no-show"), KeypadKey.Read("KEY,9,no-show"u8));
        Assert.Null(KeypadKey.Read("KEY,9,undo"u8));
    }

    private static RaterMessage? Read(string body) => RaterMessage.Read(Encoding.ASCII.GetBytes(body));
}
