using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Reception.Device.Printing;

namespace Reception.Device.Platform;

/// <summary>Windows' print spooler by winspool.drv, which .NET has no class for; names and numbers are those of winspool.h.</summary>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class Spooler : ISpooler
{
    private const string Library = "winspool.drv";

    private const int UnknownPrinter = 1801;
    private const int NoSuchJob = 87;
    private const int DeleteJob = 5;
    private const uint WorkOffline = 0x400;

    // Level 5 and a job's level 1 end with texts of any length.
    private const int RoomForTexts = 8192;

    /// <inheritdoc/>
    public SpooledStatus Look(string printer)
    {
        using var handle = Open(printer);
        uint status;
        Demand(GetPrinter(handle, 6, (byte*)&status, sizeof(uint), out _));
        var buffer = stackalloc byte[RoomForTexts];
        Demand(GetPrinter(handle, 5, buffer, RoomForTexts, out _));
        return (SpooledStatus)status | ((((PrinterInfo5*)buffer)->Attributes & WorkOffline) != 0 ? SpooledStatus.Offline : 0);
    }

    /// <inheritdoc/>
    public int Send(string printer, string document, ReadOnlySpan<byte> bytes)
    {
        using var handle = Open(printer);
        fixed (char* name = document, raw = "RAW")
        {
            var about = new DocInfo1 { Name = name, DataType = raw };
            var job = StartDocPrinter(handle, 1, &about);
            Demand(job != 0);
            try
            {
                fixed (byte* pointer = bytes)
                {
                    for (var at = 0; at < bytes.Length;)
                    {
                        Demand(WritePrinter(handle, pointer + at, bytes.Length - at, out var written) && written > 0);
                        at += written;
                    }
                }

                Demand(EndDocPrinter(handle));
                return job;
            }
            catch
            {
                // Half a slip stays in no queue.
                SetJob(handle, job, 0, null, DeleteJob);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public SpooledJob? Follow(string printer, int job)
    {
        using var handle = Open(printer);
        var buffer = stackalloc byte[RoomForTexts];
        if (GetJob(handle, job, 1, buffer, RoomForTexts, out _))
        {
            return (SpooledJob)((JobInfo1*)buffer)->Status;
        }

        // Wine gives no error.
        return Marshal.GetLastPInvokeError() is NoSuchJob or 0 ? null : throw LastError();
    }

    /// <inheritdoc/>
    public void Cancel(string printer, int job)
    {
        using var handle = Open(printer);
        SetJob(handle, job, 0, null, DeleteJob);
    }

    private static PrinterHandle Open(string printer)
    {
        if (OpenPrinter(printer, out var handle, 0))
        {
            return handle;
        }

        handle.Dispose();
        throw Marshal.GetLastPInvokeError() == UnknownPrinter
            ? new IOException($"Windows has no printer named '{printer}': its name is the one in Settings, Printers & scanners.")
            : LastError();
    }

    private static void Demand(bool done)
    {
        if (!done)
        {
            throw LastError();
        }
    }

    private static IOException LastError() => new($"The print spooler: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

    [LibraryImport(Library, EntryPoint = "OpenPrinterW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool OpenPrinter(string printer, out PrinterHandle handle, nint defaults);

    [LibraryImport(Library, EntryPoint = "ClosePrinter")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ClosePrinter(nint handle);

    [LibraryImport(Library, EntryPoint = "GetPrinterW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetPrinter(PrinterHandle handle, int level, byte* buffer, int room, out int needed);

    [LibraryImport(Library, EntryPoint = "StartDocPrinterW", SetLastError = true)]
    private static partial int StartDocPrinter(PrinterHandle handle, int level, DocInfo1* about);

    [LibraryImport(Library, EntryPoint = "WritePrinter", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool WritePrinter(PrinterHandle handle, byte* bytes, int count, out int written);

    [LibraryImport(Library, EntryPoint = "EndDocPrinter", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool EndDocPrinter(PrinterHandle handle);

    [LibraryImport(Library, EntryPoint = "GetJobW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetJob(PrinterHandle handle, int job, int level, byte* buffer, int room, out int needed);

    [LibraryImport(Library, EntryPoint = "SetJobW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetJob(PrinterHandle handle, int job, int level, byte* about, int control);

    [StructLayout(LayoutKind.Sequential)]
    private struct DocInfo1
    {
        public char* Name;
        public char* OutputFile;
        public char* DataType;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PrinterInfo5
    {
        public char* Name;
        public char* Port;
        public uint Attributes;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct JobInfo1
    {
        public int Job;
        public char* Printer;
        public char* Machine;
        public char* User;
        public char* Document;
        public char* DataType;
        public char* StatusText;
        public uint Status;
    }

    private sealed class PrinterHandle : SafeHandle
    {
        public PrinterHandle()
            : base(0, ownsHandle: true)
        {
        }

        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle() => ClosePrinter(handle);
    }
}
