namespace Reception.Device.Reporting;

/// <summary>A fact as it lies on the disk: its report, byte for byte as it is sent each time.</summary>
internal sealed record KeptFact(Guid Id, string Type, byte[] Report);
