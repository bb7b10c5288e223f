using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Reception.Mqtt;

/// <summary>Whether a hub's certificate was issued by the hall's own authority.</summary>
public static class PinnedAuthority
{
    /// <summary>
    /// Whether the chain ends at the authority and the name is the hub's. The dates are not checked: a device's clock may be years
    /// wrong, and the authority issues for this hall alone.
    /// </summary>
    /// <param name="authority">The authority's certificate.</param>
    /// <param name="presented">What the other side presents, or null.</param>
    /// <param name="errors">What the system found wrong with it; its name counts.</param>
    public static bool Accepts(X509Certificate2 authority, X509Certificate? presented, SslPolicyErrors errors)
    {
        ArgumentNullException.ThrowIfNull(authority);
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
