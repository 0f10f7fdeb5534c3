import Chat
import FCGIApp
import JSON
import Scheduling

/// One client's reading of a chat completion as it comes.
///
/// Nothing is sent before the first word is there or a heartbeat is due: what fails before that has its own HTTP status,
/// which is what these clients' retries go by.
struct CompletionStream: ReplyStream {
    let log: TurnLog
    let encoder: CompletionEncoder
    /// Called when the client leaves, or has it all.
    let left: @Sendable () -> Void
    let heartbeatMS: Int
    let timers: TimerWheel

    private static let chunk = 8000
    private static let takenBack = ReplyFailure(
        code: ReplyFailure.interruptedCode, message: "The answer was interrupted before its end. Please ask again.",
        isRetryable: true, isPartial: true)

    var turn: MessageID? { log.replyID }

    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        let waker = writer.waker
        log.follow(waker)
        defer {
            log.unfollow(waker)
            left()
        }
        let heartbeat = Heartbeat(intervalMS: heartbeatMS, timers: timers, waker: waker)
        defer { heartbeat.stop() }
        do {
            while true {
                let reasons = await writer.wait()
                if reasons.contains(.disconnection) { return }
                if log.isEnded { break }
                if hasOutput || (reasons.contains(.timer) && heartbeat.isDue()) { break }
            }
            if let failure = early {
                var response = CompletionError(failure).response
                response.head.fields += fields
                return try await writer.send(response)
            }
            try await stream(writer, heartbeat, fields)
        } catch {
            // The client is gone.
        }
    }

    /// Why the answer failed; nil when it did not, or had begun before.
    private var early: ReplyFailure? {
        guard log.isEnded, !hasOutput, case .failed(let failure) = EndedTurn(log).terminal else { return nil }
        return failure
    }

    /// Whether something of the answer is there. That another provider was asked is nothing these clients are told of.
    private var hasOutput: Bool {
        var hasOutput = false
        _ = log.read(after: lastReset) { _, view in
            hasOutput = Self.isOutput(view)
            return !hasOutput
        }
        return hasOutput
    }

    private static func isOutput(_ view: TurnLog.View) -> Bool {
        switch view {
        case .text, .event(.text), .event(.reasoning), .event(.reasoningDetails), .event(.toolCalls): true
        default: false
        }
    }

    /// Number of the last event so far that takes back what was given before it; 0 when there is none.
    private var lastReset: Int {
        var last = 0
        _ = log.read(after: 0) { number, view in
            if case .event(.providerSwitch(let change)) = view, change.resetsText { last = number }
            return true
        }
        return last
    }

    private func stream(
        _ given: consuming ResponseWriter, _ heartbeat: Heartbeat, _ fields: [(name: String, value: String)]
    ) async throws {
        var writer = given
        // Before the first word, another one may take over still.
        let origin = hasOutput ? OriginField.fields(log.provider) : []
        try await writer.start(ResponseHead(status: 200, fields: TurnStream.fields + fields + origin))
        var read = 0
        var isEnd = false
        var isDue = !hasOutput && !log.isEnded
        // What was taken back already is not sent at all. What is taken back later cannot be: a stored answer may be one
        // that another kind of client began, or lose its end to another process.
        let void = lastReset
        var hasGiven = false
        var isVoid = false
        var encoder = encoder
        // Nothing is said of who answers before that is known.
        var hasBegun = hasOutput || log.isEnded
        while true {
            if !hasBegun { hasBegun = hasOutput || log.isEnded }
            while hasBegun {
                var json = JSONWriter(reservingCapacity: 512)
                // Who said what is read now is known by the time that it is read.
                var isModelKnown = false
                let (last, ended) = log.read(after: read) { number, view in
                    if !isModelKnown, let model = log.answeringModel { encoder.answering(model) }
                    isModelKnown = true
                    if number > 1, number <= void { return true }
                    if hasGiven, case .event(.providerSwitch(let change)) = view, change.resetsText {
                        encoder.encode(.event(.failed(Self.takenBack)), to: &json)
                        isVoid = true
                        return false
                    }
                    if Self.isOutput(view) { hasGiven = true }
                    encoder.encode(view, to: &json)
                    return json.bytes.count < Self.chunk
                }
                let isMore = last > read
                read = last
                isEnd = ended
                if !json.bytes.isEmpty {
                    try await writer.write(json.bytes)
                    heartbeat.beat()
                }
                if isEnd || isVoid || !isMore { break }
            }
            if isEnd || isVoid { return try await writer.finish() }
            if isDue {
                try await writer.write(Heartbeat.ping)
                heartbeat.beat()
            }
            try await writer.flush()
            let reasons = await writer.wait()
            if reasons.contains(.disconnection) { return }
            isDue = reasons.contains(.timer) && heartbeat.isDue()
        }
    }
}
