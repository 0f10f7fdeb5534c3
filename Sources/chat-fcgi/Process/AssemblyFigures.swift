// A process that serves: assembled from the settings, started, reloaded, drained, watched.

import Chat
import FCGIApp
import Providers
import Scheduling
import Storage
import Synchronization
import Telemetry

/// What this process counts, and what its parts tell when they are asked: everything behind `GET /metrics`.
final class AssemblyFigures: Sendable {
    private static let turnBounds = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120, 300]
    private static let rateBounds: [Double] = [1, 2, 5, 10, 20, 40, 60, 80, 100, 150, 200, 400, 1000]
    private static let storeBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 20]

    private let turns = Counters(
        "chat_fcgi_turns_total", "Turns that have ended.", labels: ["agent", "provider", "ending"])
    private let firstText = Histograms(
        "chat_fcgi_turn_first_token_seconds", "From a turn's beginning to its first text.", labels: ["provider"],
        bounds: turnBounds)
    private let durations = Histograms(
        "chat_fcgi_turn_duration_seconds", "From a turn's beginning to its end.", labels: ["provider"],
        bounds: turnBounds)
    private let rates = Histograms(
        "chat_fcgi_turn_tokens_per_second", "Tokens a second, from a turn's first text to its end.",
        labels: ["provider"],
        bounds: rateBounds)
    private let tokens = Counters(
        "chat_fcgi_tokens_total", "Tokens that turns took, reported by the provider or estimated.",
        labels: ["provider", "kind"])
    private let calls = Counters(
        "chat_fcgi_provider_calls_total", "Calls of providers that have ended, by route and outcome.",
        labels: ["provider", "model", "outcome"])
    private let callDurations = Histograms(
        "chat_fcgi_provider_call_seconds", "How long calls of providers took, however they ended.",
        labels: ["provider"],
        bounds: turnBounds)
    private let hedges = Counters(
        "chat_fcgi_hedges_total", "Calls that were made beside another one that had shown nothing, by who was asked.",
        labels: ["provider", "model", "outcome"])
    private let storeTimes = Histograms(
        "chat_fcgi_store_seconds", "How long the store's reads and writes took, the wait for their turn included.",
        labels: ["operation"], bounds: storeBounds)
    private let storeErrors = Counters(
        "chat_fcgi_store_errors_total", "Reads and writes that the store did not do.", labels: ["operation", "kind"])
    private let further = Mutex<[any MetricSource]>([])

    init() {
        _ = ProcessFigures.startTime
        // From the beginning on: Prometheus sees no rise in a series that begins with 1, so the first error would ring no alarm.
        for operation in SQLiteChatStore.Work.Kind.allCases {
            for kind in StoreError.Kind.allCases { storeErrors.add(0, [operation.rawValue, kind.rawValue]) }
        }
    }

    // MARK: - Counting

    func turnEnded(_ report: TurnReport) {
        let account = report.account
        let provider = [account.provider]
        turns.add(1, [report.agent, account.provider, report.ending.rawValue])
        durations.observe(Double(report.durationMS) / 1000, provider)
        if let milliseconds = report.timeToFirstTextMS { firstText.observe(Double(milliseconds) / 1000, provider) }
        if let rate = report.tokensPerSecond { rates.observe(rate, provider) }
        guard !account.isCached else { return }
        tokens.add(account.usage.promptTokens, provider + ["prompt"])
        tokens.add(account.usage.completionTokens, provider + ["completion"])
    }

    func called(_ call: RouteCall) {
        calls.add(1, [call.provider, call.model, call.outcome])
        callDurations.observe(Double(call.durationMS) / 1000, [call.provider])
        if call.isHedge { hedges.add(1, [call.provider, call.model, call.outcome]) }
    }

    /// A route that may be called: its series begin with 0, as those of the store's errors.
    private func knows(_ provider: String, _ model: String) {
        for outcome in RouteCall.outcomes {
            calls.add(0, [provider, model, outcome])
            hedges.add(0, [provider, model, outcome])
        }
    }

    func stored(_ work: SQLiteChatStore.Work) {
        storeTimes.observe(work.seconds, [work.kind.rawValue])
        if let error = work.error { storeErrors.add(1, [work.kind.rawValue, error.kind.rawValue]) }
    }

    // MARK: - Telling

    func add(_ source: any MetricSource) { further.withLock { $0.append(source) } }

    func add(_ server: FastCGIServer) {
        add(
            Figures { [weak server] text in
                guard let load = server?.load else { return }
                text.gauge("chat_fcgi_connections_open", "Connections of web servers.", Double(load.connections))
                text.gauge(
                    "chat_fcgi_requests_waiting", "Requests that have arrived and wait for a thread that reads them.",
                    Double(load.waiting))
            })
    }

    /// What the parts of the program tell when they are asked.
    func add(store: SQLiteChatStore, engine: ConversationEngine, breakers: CircuitBreakers) {
        add(
            Figures { [weak self, weak engine] text in
                text.gauge(
                    "chat_fcgi_store_sound", "1 unless damage was found in the store.", store.damage == nil ? 1 : 0)
                let waiting = store.waiting
                text.family("chat_fcgi_queue_length", .gauge, "Pieces of work that wait for their turn.")
                text.sample("chat_fcgi_queue_length", [("queue", "store_writes")], waiting.writes)
                text.sample("chat_fcgi_queue_length", [("queue", "store_reads")], waiting.reads)
                text.sample("chat_fcgi_queue_length", [("queue", "apart")], offloadQueueLength)
                text.gauge("chat_fcgi_turns_running", "Turns that run in this process.", Double(engine?.liveTurns ?? 0))
                text.family(
                    "chat_fcgi_provider_breaker_state", .gauge, "1 for how a provider's circuit breaker stands, else 0."
                )
                for (route, condition) in breakers.conditions {
                    // "provider/model"; a provider's name has no slash.
                    let parts = route.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
                    let (provider, model) = (String(parts[0]), String(parts.last!))
                    self?.knows(provider, model)
                    for state in SharedCircuitBreaker.Condition.allCases {
                        text.sample(
                            "chat_fcgi_provider_breaker_state",
                            [("provider", provider), ("model", model), ("state", state.rawValue)],
                            state == condition ? 1 : 0)
                    }
                }
            })
    }

    /// This process's figures, with a label that tells whose they are.
    func text(worker: WorkerID) -> String {
        var text = MetricsText(constant: [("worker", worker.label)])
        text.family("chat_fcgi_build_info", .gauge, "1, for the version in its label.")
        text.sample("chat_fcgi_build_info", [("version", version)], 1)
        let own: [any MetricSource] = [
            turns, firstText, durations, rates, tokens, calls, callDurations, hedges, storeTimes, storeErrors,
        ]
        // The further ones first: the breakers know which routes there are.
        for source in further.withLock({ $0 }) + own { source.write(to: &text) }
        ProcessFigures().write(to: &text)
        return text.text
    }
}

extension WorkerID {
    /// Tells processes apart in figures: the process's number, and enough of its name that two in different containers differ.
    var label: String {
        let parts = rawValue.split(separator: "_")
        guard parts.count == 3 else { return rawValue }
        return "\(parts[1])-\(parts[2].suffix(4))"
    }
}

extension TurnReport {
    /// A line for each turn.
    func write(to log: Log) {
        let usage = account.usage
        log.info(
            "turn",
            [
                "request": Log.Value(RequestOrigin.current?.requestID), "turn": .text(turn.rawValue),
                "agent": agent.isEmpty ? nil : .text(agent),
                "provider": account.provider.isEmpty ? nil : .text(account.provider),
                "model": account.model.isEmpty ? nil : .text(loggedModel), "ended": .text(ending.rawValue),
                "error": Log.Value(error), "attempts": .number(attempts),
                "cached": account.isCached ? .flag(true) : nil, "ttft_ms": Log.Value(timeToFirstTextMS),
                "ms": .number(durationMS), "prompt_tokens": .number(usage.promptTokens),
                "completion_tokens": .number(usage.completionTokens),
                "estimated": usage.isEstimated ? .flag(true) : nil,
                "trace": Log.Value(RequestOrigin.current?.trace.map { String($0.traceID) }),
            ])
    }

    /// A client may have named the model, by any words at all.
    private var loggedModel: String {
        let isName = account.model.utf8.count <= 128 && account.model.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isName ? account.model : "other"
    }

    /// Calls of providers, those that came to nothing included.
    private var attempts: Int {
        account.failedAttempts.count + (account.outcome == .completed && !account.isCached ? 1 : 0)
    }
}
