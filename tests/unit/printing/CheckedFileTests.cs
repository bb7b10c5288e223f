using System.Text;
using Reception.Slips.Files;

namespace Reception.Unit.Tests.Printing;

public sealed class CheckedFileTests
{
    [Theory]
    [InlineData("""{"width":70000}""", "template: width is 70000; allowed is a whole number from 1 to 999.")]
    [InlineData("""{}""", "template: width is missing; allowed is a whole number from 1 to 999.")]
    [InlineData("{", "template: the content is not valid JSON")]
    [InlineData("[]", "template: the content is not a JSON object.")]
    public void A_wrong_value_is_one_line_with_key_value_and_what_is_allowed(string json, string line)
    {
        var message = FaultOf(json, "en");
        Assert.StartsWith(line, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("""{"width":70000}""", "template: width đang là 70000; chỉ nhận số nguyên từ 1 đến 999.")]
    [InlineData("""{"widht":1}""", "template: thiếu width; cần số nguyên từ 1 đến 999.")]
    [InlineData("[1]", "template: nội dung không phải là một đối tượng JSON.")]
    [InlineData("{\n  \"width\": }", "template: sai cú pháp JSON ở dòng 2, cột 12.")]
    [InlineData("""{"width":"\udc00"}""", "template: có chữ bị cắt mất nửa mã (surrogate lẻ).")]
    public void A_line_is_in_the_language_of_whoever_reads_it(string json, string line) => Assert.Equal(line, FaultOf(json, "vi"));

    [Fact]
    public void A_value_of_many_lines_is_shown_on_one_and_cut_where_it_is_long() => Assert.Matches(
        @"width is \[ 1, 2{100,}…; allowed is a whole number from 1 to 999\.$", FaultOf("{\"width\": [\n  1,\n  " + new string('2', 300) + "\n]}", "en"));

    [Fact]
    public void An_editors_byte_order_mark_is_passed_over() => Assert.Equal(7, WidthOf([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("""{"width":7}""")], "en"));

    private static string FaultOf(string json, string language) => Assert.Throws<CheckedFileException>(() => WidthOf(Encoding.UTF8.GetBytes(json), language)).Message;

    private static int WidthOf(byte[] json, string language) => CheckedFile.Parse(json, "template", language).Number("width", 1, 999);
}
