using Reception.Hub.Province;

namespace Reception.Unit.Tests.Province;

public sealed class ExchangeTests
{
    [Fact]
    public async Task A_connection_that_is_reset_is_an_answer_that_did_not_come()
    {
        await using var nobody = new ResettingListener();
        using var exchange = new Exchange(TimeProvider.System);
        for (var i = 0; i < ResettingListener.Enough; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, nobody.Address);
            var answer = await exchange.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.StartsWith("could not be reached", answer.Words, StringComparison.Ordinal);
        }
    }
}
