using System.Net;
using System.Net.Sockets;

namespace Reception.Runner;

/// <summary>The ports on this machine that the hall's programs listen on.</summary>
internal static class Ports
{
    private const int FirstPrinter = 9100;

    /// <exception cref="StartException">Two options name the same port.</exception>
    public static void DemandDistinct(RunnerOptions options)
    {
        if (Asked(options).GroupBy(one => one.Port).FirstOrDefault(same => same.Count() > 1)?.ToArray() is [var first, var second, ..])
        {
            throw new StartException($"--{first.Option} and --{second.Option} are the same port: {first.Port}");
        }
    }

    /// <exception cref="StartException">A port can't be listened on; the line names its option.</exception>
    public static void Demand(RunnerOptions options)
    {
        foreach (var (option, port) in Asked(options))
        {
            if (Fault(port) is { } fault)
            {
                throw new StartException($"port {port} {fault}; choose another with --{option}");
            }
        }
    }

    /// <summary>The first port from 9100 on that is free and not asked for another program.</summary>
    public static int FreePrinterPort(RunnerOptions options) =>
        Enumerable.Range(FirstPrinter, IPEndPoint.MaxPort - FirstPrinter)
            .First(port => Asked(options).All(one => one.Port != port) && Fault(port) is null);

    private static IEnumerable<(string Option, int Port)> Asked(RunnerOptions options)
    {
        yield return ("http", options.HttpPort);
        yield return ("kiosk", options.KioskPort);
        yield return ("rater", options.RaterPort);
        yield return ("mqtt", options.MqttPort);
        if (options.Province is null)
        {
            yield return ("province-port", options.ProvincePort);
        }

        if (options.PrinterPort is { } printer)
        {
            yield return ("printer-port", printer);
        }
    }

    private static string? Fault(int port)
    {
        using var probe = new TcpListener(IPAddress.Loopback, port);
        try
        {
            probe.Start();
            return null;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? "is in use by another program"
                : $"can't be listened on ({exception.Message})";
        }
    }
}
