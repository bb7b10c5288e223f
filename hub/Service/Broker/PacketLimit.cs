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
        var size = Size(read.Buffer);
        if (size > limit())
        {
            throw new InvalidDataException($"A packet of {size} bytes or more is larger than the {limit()} bytes that are allowed.");
        }

        // The reader of packets would ask for the rest for ever.
        return read.IsCompleted && size > read.Buffer.Length
            ? throw new EndOfStreamException("The connection ended in the middle of a packet.")
            : read;
    }

    /// <summary>How long the first packet is, head included, or must be at least where its head is not complete.</summary>
    private static long Size(ReadOnlySequence<byte> unread)
    {
        var bytes = new SequenceReader<byte>(unread);
        if (!bytes.TryRead(out _))
        {
            return 0;
        }

        var length = 0L;
        for (var place = 0; place < LongestLength; place++)
        {
            if (!bytes.TryRead(out var seven))
            {
                return unread.Length + 1;
            }

            length |= (long)(seven & 0x7F) << (7 * place);
            if (seven < 0x80)
            {
                break;
            }
        }

        return bytes.Consumed + length;
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
