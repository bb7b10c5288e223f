using Reception.Hall;
using Reception.Hub.Journal;

namespace Reception.Hub.Staff;

/// <summary>Somebody who knows the present PIN gives the own account another one. The session goes on, the others of the account end.</summary>
/// <param name="Person">Whose account it is.</param>
/// <param name="Present">The hash of the PIN that was just checked.</param>
/// <param name="Hash">What is kept of the new one.</param>
/// <param name="TokenHash">The session.</param>
/// <param name="Sessions">All sessions.</param>
internal sealed record ChangeOwnPin(string Person, string Present, string Hash, byte[] TokenHash, Sessions Sessions) : JournalCommand<Done>
{
    public override Result<Done> Execute(HallTransaction transaction)
    {
        if (transaction.Setup.Pins.GetValueOrDefault(Person) != Present)
        {
            return Refusal.NotNow("mã PIN vừa được đổi ở nơi khác; hãy đăng nhập lại", "the PIN was just changed elsewhere; sign in again");
        }

        Pins.Set(transaction, Person, Hash, by: Person, keep: TokenHash);
        transaction.AfterCommit(() => Sessions.Renew(TokenHash, Hash));
        return default(Done);
    }
}
