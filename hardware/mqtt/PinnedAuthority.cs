using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Reception.Mqtt;

/// <summary>Whether a broker's certificate was issued by the hall's own authority.</summary>
internal static class PinnedAuthority
{
    /// <summary>
    /// Whether the chain ends at the authority and the name is the broker's. The dates are not checked: a device's clock may be years
    /// wrong, and the authority issues for this hall alone.
    /// </summary>
    public static bool Accepts(X509Certificate2 authority, X509Certificate? presented, SslPolicyErrors errors)
    {
        if (presented is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return false;
        }

        using var certificate = new X509Certificate2(presented);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }
}
