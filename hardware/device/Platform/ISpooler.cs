namespace Reception.Device.Platform;

/// <summary>A system's queue of print jobs. Every call throws <see cref="IOException"/> where the queue refuses it.</summary>
internal interface ISpooler
{
    /// <summary>How a printer is, as far as the system knows.</summary>
    SpooledStatus Look(string printer);

    /// <summary>Puts bytes into the queue that reach the printer as they are; gives the job's number.</summary>
    int Send(string printer, string document, ReadOnlySpan<byte> bytes);

    /// <summary>What becomes of a job; null once it has left the queue.</summary>
    SpooledJob? Follow(string printer, int job);

    /// <summary>Takes a job out of the queue.</summary>
    void Cancel(string printer, int job);
}

/// <summary>A printer's state in the queue; 0 is ready. The numbers are those of PRINTER_STATUS.</summary>
[Flags]
internal enum SpooledStatus : uint
{
    Ready = 0,
    Paused = 0x1,
    Error = 0x2,
    PaperJam = 0x8,
    PaperOut = 0x10,
    PaperProblem = 0x40,
    Offline = 0x80,
    NotAvailable = 0x1000,
    DoorOpen = 0x40_0000,
}

/// <summary>A job's state in the queue; 0 waits. The numbers are those of JOB_STATUS.</summary>
[Flags]
internal enum SpooledJob : uint
{
    Waiting = 0,
    Error = 0x2,
    Printing = 0x10,
    Offline = 0x20,
    PaperOut = 0x40,
    Printed = 0x80,
    Complete = 0x1000,
}
