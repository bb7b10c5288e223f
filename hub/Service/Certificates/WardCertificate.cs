using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Reception.Hall;
using Reception.Hosting;
using Reception.Hub.Options;
using Reception.Theme;

namespace Reception.Hub.Certificates;

/// <summary>
/// The certificate that the ward brings for its browsers, <c>DATA/tls/ward.pem</c>. A browser that names one of its hosts gets it; everyone else, and so
/// every device that finds the hub by address or by the machine's name, gets the certificate that was served before.
/// </summary>
internal sealed class WardCertificate(HubOptions options, TimeProvider timeProvider, ILogger<WardCertificate> log)
{
    private volatile Served? _current;

    /// <summary>The names under which browsers find the hub.</summary>
    public IReadOnlyCollection<string> Hosts =>
    [
        .. BrowserRules.HostsOf([.. options.Addresses(), .. options.PublicAddress is { } address ? [new Uri(address)] : Array.Empty<Uri>()])
            .Where(host => !IPAddress.TryParse(host.Trim('[', ']'), out _)),
    ];

    /// <summary>The certificate in force; null where the hub serves its own alone.</summary>
    public BroughtCertificate? Current => _current?.Certificate;

    /// <summary>What is wrong with the file or the certificate in force; null where nothing is.</summary>
    public Refusal? Fault => _current is { } served ? served.Certificate.Fault(Hosts, timeProvider.GetUtcNow()) : UnreadFile;

    private Refusal? UnreadFile { get; set; }

    private string Path => System.IO.Path.Combine(options.Data, "tls", "ward.pem");

    /// <summary>Reads the file, where there is one. A broken one is told, and the hub goes on with its own certificate.</summary>
    public void Load()
    {
        if (!File.Exists(Path))
        {
            return;
        }

        try
        {
            var read = BroughtCertificate.Read(File.ReadAllBytes(Path), keyFile: null, password: "");
            (_current, UnreadFile) = read.Refusal is { } refusal ? ((Served?)null, refusal) : (new Served(read.Value), null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            UnreadFile = new Refusal("malformed", exception.Message, exception.Message);
        }

        if (Fault is { } fault)
        {
            log.LogWarning(new EventId(1017), "tls: {Path}: {Fault} {Served}", Path, fault.English,
                _current is null ? "The hub serves its own certificate instead." : "Browsers will warn of it.");
        }
    }

    /// <summary>Writes a certificate beside the one in force: after it only a rename is left to do.</summary>
    public void Prepare(BroughtCertificate certificate)
    {
        PrivateFile.MakeFolder(System.IO.Path.GetDirectoryName(Path)!);
        PrivateFile.Write(Path + ".next", certificate.ToPem());
    }

    /// <summary>Puts what was prepared in force, for each connection from now on.</summary>
    public void Use(BroughtCertificate certificate)
    {
        File.Move(Path + ".next", Path, overwrite: true);
        (_current, UnreadFile) = (new Served(certificate), null);
    }

    /// <summary>Takes what was prepared away.</summary>
    public void Drop() => File.Delete(Path + ".next");

    /// <summary>Goes back to the certificate of the hall's own authority.</summary>
    public void Remove()
    {
        File.Delete(Path);
        (_current, UnreadFile) = (null, null);
    }

    /// <summary>The certificates for a connection whose client names a host; null where the ward's is not for it.</summary>
    public SslStreamCertificateContext? For(string? host) => _current is { } served && served.Certificate.Covers(host ?? "") ? served.Context : null;

    // Connections that began with a certificate go on with it: it is not disposed of.
    private sealed class Served(BroughtCertificate certificate)
    {
        public BroughtCertificate Certificate { get; } = certificate;

        public SslStreamCertificateContext Context { get; } = SslStreamCertificateContext.Create(certificate.Leaf, certificate.Others, offline: true);
    }
}
