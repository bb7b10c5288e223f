namespace Reception.Device.Serial;

/// <summary>How the other end of a line says that it can take no more for now.</summary>
internal enum FlowControl
{
    /// <summary>It doesn't: it is as fast as the line.</summary>
    None,

    /// <summary>By the wire CTS.</summary>
    RtsCts,

    /// <summary>By the bytes XOFF and XON.</summary>
    XonXoff,
}
