using Reception.Protocol;

namespace Reception.Device.Printing;

/// <summary>
/// What a printer says of itself, byte by byte: answers to <c>DLE EOT 1–4</c>, automatic status of four bytes (<c>GS a</c>) and answers
/// to <c>GS r</c>. Fixed bits tell them apart (Epson's command reference, "Transmission status"): 0xx1xx10, 0xx1xx00 with three
/// bytes 0xx0xxxx after it, and 0xx0xxxx. All else is garbage, such as comes of a wrong speed.
/// </summary>
internal sealed class PrinterReplies
{
    private readonly Lock gate = new();
    private readonly Queue<int> asked = [];
    private readonly byte[] told = new byte[4];
    private int toldBytes;
    private bool offline;
    private bool cover;
    private bool low;
    private bool end;
    private bool cutter;
    private bool hot;
    private bool broken;
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when more has come.</summary>
    public Task Next
    {
        get
        {
            lock (gate)
            {
                return next.Task;
            }
        }
    }

    /// <summary>Answers to <c>DLE EOT</c> still to come.</summary>
    public int Awaited
    {
        get
        {
            lock (gate)
            {
                return asked.Count;
            }
        }
    }

    /// <summary>Answers to <c>GS r</c> so far: each says that the printer has come to the end of a job.</summary>
    public int Outs { get; private set; }

    /// <summary>How often it has told its state by itself.</summary>
    public int Tells { get; private set; }

    /// <summary>Bytes so far that no printer sends.</summary>
    public int Garbage { get; private set; }

    /// <summary>The printer's state by all that it has said.</summary>
    public PrinterStatus Status
    {
        get
        {
            lock (gate)
            {
                var fault = cutter ? "cutter" : hot ? "temperature" : broken ? "other" : null;
                return new PrinterStatus
                {
                    Paper = end ? "out" : low ? "low" : "ok",
                    Cover = cover ? "open" : "closed",
                    // A printer that is off line for a reason is told by the reason.
                    Online = !offline || end || cover || fault is not null,
                    Fault = fault,
                };
            }
        }
    }

    /// <summary>Notes that the four questions were sent.</summary>
    public void Asked()
    {
        lock (gate)
        {
            for (var question = 1; question <= 4; question++)
            {
                asked.Enqueue(question);
            }
        }
    }

    public void Take(ReadOnlySpan<byte> bytes)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            foreach (var reply in bytes)
            {
                Take(reply);
            }

            waiting = next;
            next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.SetResult();
    }

    private void Take(byte reply)
    {
        if ((reply & 0x93) == 0x12)
        {
            // An answer to no question: a picture happened to hold the bytes of one.
            toldBytes = 0;
            if (asked.TryDequeue(out var question))
            {
                Answered(question, reply);
            }
        }
        else if ((reply & 0x93) == 0x10)
        {
            (told[0], toldBytes) = (reply, 1);
        }
        else if ((reply & 0x90) != 0)
        {
            toldBytes = 0;
            Garbage++;
        }
        else if (toldBytes > 0)
        {
            told[toldBytes++] = reply;
            if (toldBytes == told.Length)
            {
                toldBytes = 0;
                Told();
            }
        }
        else
        {
            // GS r 1: bits 0 and 1 near the end, 2 and 3 at it.
            Outs++;
            (low, end) = ((reply & 0x03) != 0, (reply & 0x0C) != 0);
        }
    }

    // DLE EOT: 1 the printer, 2 why it is off line, 3 what is broken, 4 the paper's sensors.
    private void Answered(int question, byte reply)
    {
        switch (question)
        {
            case 1:
                offline = (reply & 0x08) != 0;
                break;
            case 2:
                cover = (reply & 0x04) != 0;
                break;
            case 3:
                (cutter, hot, broken) = ((reply & 0x08) != 0, (reply & 0x40) != 0, (reply & 0x24) != 0);
                break;
            default:
                (low, end) = ((reply & 0x0C) != 0, (reply & 0x60) != 0);
                break;
        }
    }

    private void Told()
    {
        Tells++;
        (offline, cover) = ((told[0] & 0x08) != 0, (told[0] & 0x20) != 0);
        (cutter, hot, broken) = ((told[1] & 0x08) != 0, (told[1] & 0x40) != 0, (told[1] & 0x24) != 0);
        (low, end) = ((told[2] & 0x03) != 0, (told[2] & 0x0C) != 0);
    }
}
