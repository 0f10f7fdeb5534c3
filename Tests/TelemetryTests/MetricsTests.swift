import Synchronization
import Telemetry
import Testing

final class Lines: Sendable {
    private let entries = Mutex<[Log.Entry]>([])
    func add(_ entry: Log.Entry) { entries.withLock { $0.append(entry) } }
    var all: [Log.Entry] { entries.withLock { $0 } }
}

@Suite struct MetricsTests {
    private func text(_ source: some MetricSource, constant: MetricsText.Labels = []) -> String {
        var text = MetricsText(constant: constant)
        source.write(to: &text)
        return text.text
    }

    @Test func `counters are told by their labels`() {
        let counters = Counters("x_total", "How many.", labels: ["route", "status"])
        counters.add(1, ["/b", "200"])
        counters.add(2, ["/a", "500"])
        counters.add(3, ["/b", "200"])
        #expect(
            text(counters, constant: [("worker", "1")]) == """
                # HELP x_total How many.
                # TYPE x_total counter
                x_total{worker="1",route="/a",status="500"} 2
                x_total{worker="1",route="/b",status="200"} 4

                """)
    }

    @Test func `a counter without labels is there before anything is counted`() {
        #expect(text(Counters("x_total", "H")).hasSuffix("\nx_total 0\n"))
    }

    @Test func `a histogram counts what is on a bound below it, and the rest above all`() {
        let histogram = Histograms("t_seconds", "Time.", labels: ["p"], bounds: [0.1, 1])
        for value in [0.1, 0.2, 1, 7] { histogram.observe(value, ["a"]) }
        #expect(
            text(histogram) == """
                # HELP t_seconds Time.
                # TYPE t_seconds histogram
                t_seconds_bucket{p="a",le="0.1"} 1
                t_seconds_bucket{p="a",le="1"} 3
                t_seconds_bucket{p="a",le="+Inf"} 4
                t_seconds_sum{p="a"} 8.3
                t_seconds_count{p="a"} 4

                """)
    }

    @Test func `what a label says cannot end it`() {
        let counters = Counters("x_total", "H", labels: ["l"])
        counters.add(1, ["a\"} 9\n\\x"])
        #expect(text(counters).hasSuffix(#"x_total{l="a\"} 9\n\\x"} 1"# + "\n"))
    }

    @Test func `several processes' figures stand family by family`() {
        func figures(_ worker: String, _ second: Bool) -> String {
            var text = MetricsText(constant: [("worker", worker)])
            text.gauge("a", "First.", 1)
            text.family("c", .counter, "In one of them only.")
            if second { text.sample("c", [], 3) }
            if second { text.gauge("b", "Second.", 2) }
            return text.text
        }
        #expect(
            MetricsText.merged([figures("1", false), figures("2", true), "torn{", ""]) == """
                # HELP a First.
                # TYPE a gauge
                a{worker="1"} 1
                a{worker="2"} 1
                # HELP c In one of them only.
                # TYPE c counter
                c{worker="2"} 3
                # HELP b Second.
                # TYPE b gauge
                b{worker="2"} 2

                """)
    }

    @Test func `many threads lose no count`() async {
        let (counters, histogram) = (Counters("x_total", "H"), Histograms("t", "H", bounds: [1]))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        counters.add()
                        histogram.observe(0.5)
                    }
                }
            }
        }
        #expect(counters.value() == 8000)
        #expect(text(histogram).contains("t_count 8000\n"))
    }
}
