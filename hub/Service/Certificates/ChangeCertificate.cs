using Reception.Hub.Configuration;
using Reception.Hub.Journal;
using Reception.Hub.Site;

namespace Reception.Hub.Certificates;

/// <summary>An administrator brings a certificate of the ward's own, or goes back to the one of the hall's authority.</summary>
/// <param name="Ward">Where the certificate is.</param>
/// <param name="Certificate">The certificate, which was written beside the one in force; null to go back.</param>
/// <param name="Officer">The administrator's code, for the audit log.</param>
internal sealed record ChangeCertificate(WardCertificate Ward, BroughtCertificate? Certificate, string Officer) : JournalCommand<Done>
{
    /// <summary>The certificate's part in the audit log; its value is the names that it is for, and when it ends.</summary>
    public const string Part = "certificate";

    public override Result<Done> Execute(HallTransaction transaction)
    {
        AuditLog.Add(transaction, Officer, new SetupChange(Part, Written(Ward.Current), Written(Certificate)));
        transaction.AfterCommit(() =>
        {
            if (Certificate is null)
            {
                Ward.Remove();
            }
            else
            {
                Ward.Use(Certificate);
            }
        });
        return new Done();
    }

    private static string? Written(BroughtCertificate? certificate) =>
        certificate is null ? null : $"{string.Join(", ", certificate.Names)}, {certificate.Leaf.NotAfter.ToUniversalTime():yyyy-MM-dd}";
}
