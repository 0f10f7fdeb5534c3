import Synchronization

/// Something that tells figures when it is asked.
public protocol MetricSource: Sendable {
    func write(to text: inout MetricsText)
}

/// Asks a closure: for figures that somebody else keeps.
public struct Figures: MetricSource {
    private let body: @Sendable (inout MetricsText) -> Void

    public init(_ body: @escaping @Sendable (inout MetricsText) -> Void) { self.body = body }

    public func write(to text: inout MetricsText) { body(&text) }
}

/// Numbers by labels: what has been counted, or how many there are now. One short lock for each change.
///
/// The labels' values come from the program and its configuration, never from a client: each makes a time series.
public final class Counters: MetricSource {
    private let name: String
    private let kind: MetricsText.Kind
    private let help: String
    private let labels: [String]
    private let values: Mutex<[[String]: Int]>

    /// - Parameter kind: `.counter`, whose name ends in `_total`, or `.gauge`.
    public init(_ name: String, _ help: String, kind: MetricsText.Kind = .counter, labels: [String] = []) {
        self.name = name
        self.kind = kind
        self.help = help
        self.labels = labels
        // Without labels there is one, from the beginning on: a rate needs a first value.
        values = Mutex(labels.isEmpty ? [[]: 0] : [:])
    }

    /// - Parameter values: those of the labels, in their order.
    public func add(_ count: Int = 1, _ values: [String] = []) {
        precondition(values.count == labels.count)
        self.values.withLock { $0[values, default: 0] += count }
    }

    public func value(_ values: [String] = []) -> Int { self.values.withLock { $0[values] ?? 0 } }

    public func write(to text: inout MetricsText) {
        text.family(name, kind, help)
        for (values, count) in values.withLock({ $0 }).sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            text.sample(name, zip(labels, values).map { ($0, $1) }, count)
        }
    }
}

/// How often values fell below given bounds, by labels. One short lock for each value.
public final class Histograms: MetricSource {
    private struct Series {
        var counts: [Int]
        var sum = 0.0
    }

    private let name: String
    private let help: String
    private let labels: [String]
    private let bounds: [Double]
    private let series = Mutex<[[String]: Series]>([:])

    /// - Parameter bounds: rising; a value on a bound counts below it.
    public init(_ name: String, _ help: String, labels: [String] = [], bounds: [Double]) {
        self.name = name
        self.help = help
        self.labels = labels
        self.bounds = bounds
    }

    public func observe(_ value: Double, _ values: [String] = []) {
        precondition(values.count == labels.count)
        let bucket = bounds.firstIndex { value <= $0 } ?? bounds.count
        series.withLock { series in
            series[values, default: Series(counts: [Int](repeating: 0, count: bounds.count + 1))].counts[bucket] += 1
            series[values]!.sum += value
        }
    }

    public func write(to text: inout MetricsText) {
        text.family(name, .histogram, help)
        for (values, series) in series.withLock({ $0 }).sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
            let labels = zip(labels, values).map { (name: $0, value: $1) }
            var count = 0
            for (bound, more) in zip(bounds + [.infinity], series.counts) {
                count += more
                text.sample(name + "_bucket", labels + [("le", MetricsText.number(bound))], count)
            }
            text.sample(name + "_sum", labels, series.sum)
            text.sample(name + "_count", labels, count)
        }
    }
}
