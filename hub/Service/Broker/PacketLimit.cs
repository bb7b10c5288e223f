using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Reception.Hub.Broker;

/// <summary>Ends a connection at the head of a packet that is too large, before any of it is kept.</summary>
internal sealed class PacketLimit(PipeReader inner, Func<int> limit) : PipeReader
{
    // MQTT 5, 2.1.4: the length of the rest of a packet, 7 bits a byte.
    private const int LongestLength = 4;

    /// <summary>Puts the limit between a connection and those who read from it.</summary>
    public static void Set(ConnectionContext context, Func<int> limit) =>
        context.Transport = new Pipes(new PacketLimit(context.Transport.Input, limit), context.Transport.Output);

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => Check(await inner.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        var isRead = inner.TryRead(out result);
        if (isRead)
        {
            Check(result);
        }

        return isRead;
    }

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    // Readers take whole packets, so what is unread begins with the head of one.
    private ReadResult Check(ReadResult read)
    {
        var bytes = new SequenceReader<byte>(read.Buffer);
        if (!bytes.TryRead(out _))
        {
            return read;
        }

        var length = 0;
        for (var place = 0; place < LongestLength && bytes.TryRead(out var seven); place++)
        {
            length |= (seven & 0x7F) << (7 * place);
            if (length > limit())
            {
                throw new InvalidDataException($"A packet of {length} bytes or more is larger than the {limit()} bytes that are allowed.");
            }

            if (seven < 0x80)
            {
                break;
            }
        }

        return read;
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
