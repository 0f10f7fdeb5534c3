import Configuration
import JSON

/// What `chat-fcgi top` shows: what is so now, and what happened a second between two looks.
struct TopPicture {
    private struct Provider {
        var name: String
        var model: String
        var state: String
        var callsPerSecond: Double
        var failuresPerSecond: Double
        var callSeconds: Double?
    }

    private struct Stream {
        var route: String
        var open: Double
    }

    private let version: String
    private let workers: Int
    private let isSound: Bool
    /// Each figure with the word for it, in the order in which they are shown.
    private var figures: [(word: String, key: String, value: Double?, unit: String)] = []
    private var streams: [Stream] = []
    private var providers: [Provider] = []

    init(from before: TopFigures, to now: TopFigures) {
        let seconds = Double(max(1, now.at.milliseconds(since: before.at))) / 1000
        // A worker that ended takes its counters along: then there is nothing to tell a rate from.
        func rate(_ name: String, _ labels: [String: String] = [:]) -> Double {
            max(0, now.sum(name, where: labels) - before.sum(name, where: labels)) / seconds
        }
        func mean(_ name: String, _ labels: [String: String] = [:]) -> Double? {
            let count = rate(name + "_count", labels)
            return count > 0 ? rate(name + "_sum", labels) / count : nil
        }
        version = now.values(of: "version", in: "chat_fcgi_build_info").joined(separator: ", ")
        workers = now.samples("chat_fcgi_build_info").count
        isSound = now.sum("chat_fcgi_store_sound") >= Double(workers)
        let served = rate("chat_fcgi_requests_total")
        figures = [
            ("streams open", "streams_open", now.sum("chat_fcgi_streams_open"), ""),
            ("answers under way", "turns_running", now.sum("chat_fcgi_turns_running"), ""),
            ("connections", "connections_open", now.sum("chat_fcgi_connections_open"), ""),
            ("requests", "requests_per_second", served, "/s"),
            ("refused", "refusals_per_second", rate("chat_fcgi_refusals_total"), "/s"),
            ("answers", "turns_per_second", rate("chat_fcgi_turns_total"), "/s"),
            ("failed answers", "failed_turns_per_second", rate("chat_fcgi_turns_total", ["ending": "failed"]), "/s"),
            ("tokens", "tokens_per_second", rate("chat_fcgi_tokens_total", ["kind": "completion"]), "/s"),
            ("first token after", "first_token_seconds", mean("chat_fcgi_turn_first_token_seconds"), "s"),
            (
                "store writes", "store_writes_per_second",
                rate("chat_fcgi_store_seconds_count", ["operation": "write"]), "/s"
            ),
            ("a write takes", "store_write_seconds", mean("chat_fcgi_store_seconds", ["operation": "write"]), "s"),
            (
                "writes waiting", "store_writes_waiting",
                now.sum("chat_fcgi_queue_length", where: ["queue": "store_writes"]), ""
            ),
            ("processors", "cpu", rate("process_cpu_seconds_total"), ""),
            ("memory", "resident_memory_bytes", now.sum("process_resident_memory_bytes"), "B"),
        ]
        streams = now.values(of: "route", in: "chat_fcgi_streams_open")
            .map { Stream(route: $0, open: now.sum("chat_fcgi_streams_open", where: ["route": $0])) }
            .filter { $0.open > 0 }
        let breakers = now.samples("chat_fcgi_provider_breaker_state").filter { $0.value > 0 }
        let named = now.samples("chat_fcgi_provider_calls_total") + breakers
        let pairs = Set(named.map { [$0.labels["provider"] ?? "", $0.labels["model"] ?? ""] })
        providers = pairs.sorted { $0.lexicographicallyPrecedes($1) }.map { pair in
            let labels = ["provider": pair[0], "model": pair[1]]
            func calls(_ outcome: String) -> Double {
                rate("chat_fcgi_provider_calls_total", labels.merging(["outcome": outcome]) { $1 })
            }
            let all = rate("chat_fcgi_provider_calls_total", labels)
            let state = Set(
                breakers.filter { $0.labels["provider"] == pair[0] && $0.labels["model"] == pair[1] }
                    .compactMap { $0.labels["state"] }
            ).sorted().joined(separator: ", ")
            return Provider(
                name: pair[0], model: pair[1], state: state.isEmpty ? "closed" : state, callsPerSecond: all,
                failuresPerSecond: max(0, all - calls("ok") - calls("cancelled")),
                callSeconds: mean("chat_fcgi_provider_call_seconds", ["provider": pair[0]]))
        }
    }

    // MARK: - Showing

    func lines(_ url: String) -> [String] {
        var lines = [
            "chat-fcgi \(version) at \(url), \(counted(workers, "process", "processes"))"
                + (isSound ? "" : "; THE STORE IS DAMAGED"),
            "",
        ]
        // Two columns of figures.
        let half = (figures.count + 1) / 2
        let texts = figures.map { [$0.word, $0.value.map { Self.text($0) } ?? "-", $0.value == nil ? "" : $0.unit] }
        for place in 0..<half {
            let right = place + half < texts.count ? texts[place + half] : ["", "", ""]
            lines.append(Self.padded(texts[place]) + "    " + Self.padded(right))
        }
        if !streams.isEmpty {
            lines +=
                [""] + Columns.lines(["streams", "open"], streams.map { [$0.route, Self.text($0.open)] }, texts: 1)
        }
        if !providers.isEmpty {
            let rows = providers.map { provider in
                [
                    provider.name, provider.model, provider.state, Self.text(provider.callsPerSecond),
                    Self.text(provider.failuresPerSecond), provider.callSeconds.map { Self.text($0) } ?? "-",
                ]
            }
            let head = ["provider", "model", "circuit", "calls/s", "failed/s", "seconds"]
            lines += [""] + Columns.lines(head, rows, texts: 3)
        }
        return lines
    }

    private static func padded(_ texts: [String]) -> String {
        func space(_ width: Int, _ text: String) -> String { String(repeating: " ", count: max(0, width - text.count)) }
        return texts[0] + space(18, texts[0]) + space(9, texts[1]) + texts[1] + texts[2] + space(3, texts[2])
    }

    /// Three digits that count; of large numbers their thousands.
    static func text(_ value: Double) -> String {
        for (size, unit) in [(1e9, "G"), (1e6, "M"), (1e4, "k")] where value >= size {
            return "\((value / (size == 1e4 ? 1e3 : size) * 10).rounded() / 10)\(unit)"
        }
        let places = value >= 100 ? 1.0 : value >= 1 ? 100.0 : 10_000.0
        let rounded = (value * places).rounded() / places
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }

    var json: JSONValue {
        var object = JSONObject([
            ("version", .string(version)), ("workers", .integer(Int64(workers))), ("store_sound", .bool(isSound)),
        ])
        for figure in figures { object[figure.key] = figure.value.map { .number($0) } ?? .null }
        object["streams"] = .object(JSONObject(streams.map { ($0.route, .number($0.open)) }))
        object["providers"] = .array(
            providers.map { provider in
                [
                    "provider": .string(provider.name), "model": .string(provider.model),
                    "circuit": .string(provider.state),
                    "calls_per_second": .number(provider.callsPerSecond),
                    "failures_per_second": .number(provider.failuresPerSecond),
                    "call_seconds": provider.callSeconds.map { .number($0) } ?? .null,
                ]
            })
        return .object(object)
    }
}
