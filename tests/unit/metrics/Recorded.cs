using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Reception.Hub.Metrics;

namespace Reception.Unit.Tests.Metrics;

/// <summary>What a hub's meter records from now on, by metric and label values: <c>reception.hub.commands CallNext refused</c>.</summary>
internal sealed class Recorded : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _counts = [];
    private readonly ConcurrentDictionary<string, Instrument> _instruments = [];
    private readonly MeterListener _listener = new();

    public Recorded(HubMeter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter.Meter))
            {
                _instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Add(instrument, value, labels));
        _listener.SetMeasurementEventCallback<double>((instrument, _, labels, _) => Add(instrument, 1, labels));
        _listener.Start();
    }

    public IEnumerable<Instrument> Instruments => _instruments.Values;

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public long this[string figure] => _counts.GetValueOrDefault(figure);

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var values = new List<object?> { instrument.Name };
        foreach (var label in labels)
        {
            values.Add(label.Value);
        }

        _counts.AddOrUpdate(string.Join(' ', values), value, (_, sum) => sum + value);
    }
}
