import Chat
import FCGIApp
import JSON

/// One client's reading of a chat completion.
///
/// Nothing is sent before the first word is there or a heartbeat is due: what fails before that has its own HTTP status,
/// which is what these clients' retries go by.
struct CompletionReader: EventReader {
    private let log: TurnLog
    private var encoder: CompletionEncoder
    /// Events of the log that are dealt with.
    private var read = 0
    /// Number of the event that took back what came before it, so that this is not sent at all; nil before anything is sent. What is
    /// taken back later cannot be: a stored answer may be one that another kind of client began, or lose its end to another process.
    private var void: Int?
    private var hasGiven = false

    private static let takenBack = ReplyFailure(
        code: ReplyFailure.interruptedCode, message: "The answer was interrupted before its end. Please ask again.",
        isRetryable: true, isPartial: true)

    init(_ log: TurnLog, _ encoder: CompletionEncoder) {
        self.log = log
        self.encoder = encoder
    }

    var canBegin: Bool { log.isEnded || hasOutput }

    var refusal: Response? {
        guard log.isEnded, !hasOutput, case .failed(let failure) = EndedTurn(log).terminal else { return nil }
        return CompletionError(failure).response
    }

    /// Before the first word, another provider may take over still.
    var fields: [(name: String, value: String)] { hasOutput ? OriginField.fields(log.provider) : [] }

    /// Nothing is said of who answers before that is known.
    mutating func next(atMost limit: Int, merging: Bool = false) -> (bytes: [UInt8], isMore: Bool, isEnd: Bool) {
        if void == nil {
            guard canBegin else { return ([], false, false) }
            void = lastReset
        }
        let void = void ?? 0
        var json = JSONWriter(reservingCapacity: 512)
        // Who said what is read now is known by the time that it is read.
        var isModelKnown = false
        var isVoid = false
        let mergedText = merging && read >= void ? EventStreamHead.mergedText : 0
        let (last, isEnd) = log.read(after: read, merging: mergedText) { number, view in
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
            return json.bytes.count < limit
        }
        let isMore = last > read
        read = last
        return (json.bytes, isMore, isEnd || isVoid)
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
}
