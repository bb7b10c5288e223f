using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Reception.Hub.Site;

/// <summary>
/// For which names and addresses an authority may issue certificates (RFC 5280, 4.2.1.10): a stolen key of the hall's authority, which browsers of the
/// hall trust, is of no use for a bank's page.
/// </summary>
internal sealed record NameConstraints(IReadOnlyList<string> Names, IReadOnlyList<IPNetwork> Networks)
{
    private const string Id = "2.5.29.30";

    private static readonly Asn1Tag Permitted = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Address = new(TagClass.ContextSpecific, 7);

    // Of the machine itself, of networks that are not routed in the internet, and of one link.
    private static readonly string[] PrivateNetworks =
        ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7", "fe80::/10"];

    /// <summary>The hub's names, every name of <c>.local</c>, private networks, and the hub's IPv4 addresses that are in none of them.</summary>
    public static NameConstraints For(IEnumerable<string> names, IEnumerable<IPAddress> addresses)
    {
        var networks = PrivateNetworks.Select(text => IPNetwork.Parse(text)).ToList();
        var own = addresses.Where(address => address.GetAddressBytes().Length == 4 && !networks.Exists(network => network.Contains(address)));
        return new([.. names.Append("local")], [.. networks, .. own.Select(address => new IPNetwork(address, 32))]);
    }

    /// <summary>What a certificate says; null where it sets no constraints.</summary>
    public static NameConstraints? Of(X509Certificate2 authority)
    {
        if (authority.Extensions.FirstOrDefault(one => one.Oid?.Value == Id) is not { } extension)
        {
            return null;
        }

        var (names, networks) = (new List<string>(), new List<IPNetwork>());
        var permitted = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence().ReadSequence(Permitted);
        while (permitted.HasData)
        {
            var subtree = permitted.ReadSequence();
            if (subtree.PeekTag().HasSameClassAndValue(DnsName))
            {
                names.Add(subtree.ReadCharacterString(UniversalTagNumber.IA5String, DnsName));
            }
            else if (subtree.PeekTag().HasSameClassAndValue(Address))
            {
                var bytes = subtree.ReadOctetString(Address);
                var prefix = bytes[(bytes.Length / 2)..].Sum(part => int.PopCount(part));
                networks.Add(new IPNetwork(new IPAddress(bytes.AsSpan(0, bytes.Length / 2)), prefix));
            }
        }

        return new(names, networks);
    }

    /// <summary>Whether a certificate for the name is valid: the name is one of them, or ends with one of them after a dot.</summary>
    public bool Permits(string name) => Names.Any(one =>
        name.Equals(one, StringComparison.OrdinalIgnoreCase) || name.EndsWith($".{one}", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a certificate for the address is valid.</summary>
    public bool Permits(IPAddress address) => Networks.Any(network => network.Contains(address));

    /// <summary>The extension, which a program that does not understand it must not ignore.</summary>
    public X509Extension Build()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(Permitted))
        {
            foreach (var name in Names)
            {
                using (writer.PushSequence())
                {
                    writer.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsName);
                }
            }

            foreach (var network in Networks)
            {
                using (writer.PushSequence())
                {
                    writer.WriteOctetString([.. network.BaseAddress.GetAddressBytes(), .. Mask(network)], Address);
                }
            }
        }

        return new X509Extension(Id, writer.Encode(), critical: true);
    }

    private static byte[] Mask(IPNetwork network)
    {
        var mask = new byte[network.BaseAddress.GetAddressBytes().Length];
        for (var bit = 0; bit < network.PrefixLength; bit++)
        {
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return mask;
    }
}
