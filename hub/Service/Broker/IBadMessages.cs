namespace Reception.Hub.Broker;

/// <summary>Counts what devices sent and the hub could not use.</summary>
internal interface IBadMessages
{
    /// <summary>Counts a message; true where it is to be logged, once a minute for a device.</summary>
    bool Add(string device);
}
