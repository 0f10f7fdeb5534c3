import Chat
import HTTPClient
import JSON
import Scheduling
import Synchronization

/// Takes a provider's response on the HTTP client's thread and gives its pieces to the sink, a batch for each piece of the
/// response.
final class AnswerReceiver<Reader: AnswerReader, Sink: ModelSink>: HTTPResponseReceiver {
    private let sink: Sink
    /// As it was asked for.
    private let model: String
    private let state: Mutex<Reception<Reader>>

    /// - Parameters:
    ///   - secrets: texts that must not come into an error's detail.
    ///   - streams: whether the answer was asked for as it is written.
    init(
        _ reader: Reader, sink: Sink, provider: String, model: String, secrets: [String], streams: Bool,
        limits: ProviderOptions.Limits, rules: AnswerRules = AnswerRules()
    ) {
        self.sink = sink
        self.model = model
        state = Mutex(
            Reception(
                reader, provider: provider, secrets: secrets, streams: streams, limits: limits, rules: rules,
                start: .now()))
    }

    func receive(_ head: HTTPResponseHead) -> HTTPReception { state.withLock { $0.begin(head) } }

    func receive(_ bytes: RawSpan) -> HTTPReception {
        Reader.receive(bytes, in: state) { answer in
            answer.givePieces(to: sink, model: model)
            return sink.wantsMore
        }
    }

    /// Whether anything has gone to the sink.
    var hasGiven: Bool { state.withLock { $0.hasGiven } }

    func patience(at now: MonotonicTime) -> HTTPClientError? {
        state.withLock { state in
            guard !state.isClosed, let expiry = state.clocks.expiry(at: now) else { return nil }
            return HTTPClientError(kind: .timeout, detail: expiry.description)
        }
    }

    /// Closes the way to the sink and says what came.
    ///
    /// - Parameter transportError: how the exchange failed; nil when it ended.
    /// - Throws: `ModelError`.
    func finish(transportError: HTTPClientError?) throws -> Answer {
        try state.withLock { state in
            state.isClosed = true
            var answer = try state.finish(transportError)
            // What only the end completed: a whole answer, or the last line of one in lines.
            answer.givePieces(to: sink, model: model)
            return answer
        }
    }
}

extension AnswerReader {
    static func receive(
        _ bytes: RawSpan, in state: borrowing Mutex<Reception<Self>>, give: (inout Answer) -> Bool
    ) -> HTTPReception {
        // The sink is called with the lock held, so that no text comes after `finish`.
        state.withLock { $0.receive(bytes, at: .now(), give: give) }
    }
}

extension Answer {
    /// - Parameter asked: the model that was asked for, which counts until the provider names one.
    fileprivate mutating func givePieces(to sink: some ModelSink, model asked: String) {
        if hasPieces, !isModelTold {
            isModelTold = true
            sink.model(model ?? asked.withoutFolders)
        }
        if !reasoning.isEmpty { sink.reasoning(reasoning) }
        if !reasoningDetails.isEmpty {
            var json = JSONWriter()
            json.beginArray()
            for detail in reasoningDetails { json.rawJSON(detail) }
            json.endArray()
            sink.reasoningDetails(json.bytes)
        }
        if !text.isEmpty { sink.text(text) }
        if !toolCalls.isEmpty { sink.toolCalls(toolCalls) }
        removePieces()
    }
}

/// What has come of a response.
struct Reception<Reader: AnswerReader> {
    enum Form {
        /// As it is written.
        case stream
        /// In one document.
        case whole
        /// An error, or a page that is none of ours.
        case other
    }

    /// How much is kept of a response that is no answer.
    private static var maximumOtherBytes: Int { 16 * 1024 }

    var clocks: AnswerClocks
    /// `finish` has been called: nothing may reach the sink any more.
    var isClosed = false
    private(set) var hasGiven = false

    private let provider: String
    private let secrets: [String]
    private let streams: Bool
    private let maximumWholeBytes: Int
    private var head: HTTPResponseHead?
    /// As the response's head has it, until the body's first character tells.
    private var form = Form.other
    private var isFormKnown = false
    private var decoder: AnswerDecoder<Reader>
    /// The body of a response that is no stream.
    private var body: [UInt8] = []
    private var failure: ModelError?

    init(
        _ reader: Reader, provider: String, secrets: [String], streams: Bool, limits: ProviderOptions.Limits,
        rules: AnswerRules, start: MonotonicTime
    ) {
        self.provider = provider
        self.secrets = secrets
        self.streams = streams
        maximumWholeBytes = limits.answerBytes + limits.eventBytes
        clocks = AnswerClocks(limits.clocks, start: start)
        decoder = AnswerDecoder(
            reader, provider: provider, secrets: secrets, maximumTextBytes: limits.answerBytes,
            maximumEventBytes: limits.eventBytes, rules: rules)
    }

    mutating func begin(_ head: HTTPResponseHead) -> HTTPReception {
        self.head = head
        if let compression = head.compression {
            // No decompressor is ever run on what a provider sends, so no small response becomes a large one (CWE-409,
            // cwe.mitre.org/data/definitions/409.html).
            failure = refusal("the response is compressed, which was not asked for (\(compression))", head)
            return .abort
        }
        form = Self.form(of: head, streams: streams)
        isFormKnown = !head.isSuccess
        clocks.isWhole = form != .stream
        return .taken
    }

    /// - Parameter give: takes the pieces that the bytes brought, when they brought some, and says whether more is wanted.
    mutating func receive(
        _ bytes: RawSpan, at now: MonotonicTime, give: (inout Answer) -> Bool
    ) -> HTTPReception {
        guard !isClosed else { return .abort }
        let reception = take(bytes, at: now)
        guard decoder.answer.hasPieces else { return reception }
        hasGiven = true
        let wantsMore = give(&decoder.answer)
        // An answer that has its end already only waits for its usage.
        if wantsMore || reception != .taken || decoder.answer.isFinished { return reception }
        failure = ModelError(kind: .interrupted, provider: provider, detail: "no more was wanted")
        return .abort
    }

    private mutating func take(_ given: RawSpan, at now: MonotonicTime) -> HTTPReception {
        var bytes = given
        if !isFormKnown {
            let blank = Self.blankBytes(before: bytes)
            guard blank < bytes.byteCount else { return .taken }
            bytes = bytes.extracting(droppingFirst: blank)
            look(at: bytes.unsafeLoad(as: UInt8.self))
        }
        switch form {
        case .stream: return takeEvents(bytes, at: now)
        case .whole: return takeWhole(bytes, at: now)
        case .other:
            let room = Self.maximumOtherBytes - body.count
            bytes.withUnsafeBytes { body.append(contentsOf: $0.prefix(room)) }
            return bytes.byteCount > room ? .abort : .taken
        }
    }

    mutating func finish(_ transportError: HTTPClientError?) throws(ModelError) -> Answer {
        if let failure { throw failure }
        guard let head else {
            let error = transportError ?? HTTPClientError(kind: .reset, detail: "no response")
            throw ModelError(error, provider: provider, hasBegun: false)
        }
        switch form {
        case .stream:
            guard let transportError else { return try decoder.finish(head.hasFraming ? .body : .close) }
            // A line that breaks after the answer's end takes nothing away from the answer.
            return try decoder.finish(.broken, ModelError(transportError, provider: provider, hasBegun: true))
        case .whole:
            if let transportError { throw ModelError(transportError, provider: provider, hasBegun: true) }
            try decoder.readWhole(body)
            return try decoder.finish(head.hasFraming ? .body : .close)
        case .other:
            throw .refusal(head, body, of: Reader.self, provider: provider, secrets: secrets)
        }
    }

    private mutating func takeEvents(_ bytes: RawSpan, at now: MonotonicTime) -> HTTPReception {
        let before = decoder.answer.textBytes
        do {
            try decoder.feed(bytes)
        } catch {
            failure = error
            return .abort
        }
        let bytes = decoder.answer.textBytes - before
        // A tool's call that is not told yet is output as well; white space before the text, which is held back, is no progress.
        if bytes > 0, decoder.answer.hasPieces || !decoder.answer.calls.isEmpty {
            let pieces = decoder.answer.text.count + decoder.answer.reasoning.count + decoder.answer.toolCalls.count
            clocks.produced(pieces: max(1, pieces), bytes: bytes, at: now)
        }
        clocks.tell(hasEnded: decoder.answer.isFinished, at: now)
        guard decoder.answer.isDone else { return .taken }
        // After its terminator the response ends by itself; an answer that is cut off for its length does not.
        return decoder.answer.wasCutOff ? .abort : .enough
    }

    private mutating func takeWhole(_ bytes: RawSpan, at now: MonotonicTime) -> HTTPReception {
        guard body.count + bytes.byteCount <= maximumWholeBytes else {
            failure = ModelError(
                kind: .tooLarge, provider: provider, detail: "the answer is larger than \(maximumWholeBytes) bytes")
            return .abort
        }
        clocks.produced(pieces: 1, bytes: bytes.byteCount, at: now)
        bytes.withUnsafeBytes { body.append(contentsOf: $0) }
        return .taken
    }

    private func refusal(_ message: String, _ head: HTTPResponseHead) -> ModelError {
        guard head.isSuccess else {
            return ProviderReport(message: message, status: head.status)
                .modelError(provider: provider, secrets: secrets, retryAfterSeconds: head.retryAfterSeconds())
        }
        return ModelError(kind: .malformed, provider: provider, detail: message)
    }

    /// Media types are often wrong, so the body's first character decides what it can. HTML under 200 is a proxy's page.
    private mutating func look(at first: UInt8) {
        isFormKnown = true
        switch first {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            // One document on one line reads alike as a stream of lines.
            form = streams && Reader.framing == .lines ? .stream : .whole
        case UInt8(ascii: "<"): form = .other
        // data:, event:, error:, id:, retry:, a comment.
        case UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "r"), UInt8(ascii: ":"):
            form = .stream
            decoder.expectEvents()
        default: break
        }
        clocks.isWhole = form != .stream
    }

    /// How many bytes are white space, which DeepSeek sends to keep the line open, or of a byte order mark.
    private static func blankBytes(before bytes: RawSpan) -> Int {
        bytes.withUnsafeBytes { bytes in
            bytes.firstIndex { ![0x20, 0x0A, 0x0D, 0x09, 0xEF, 0xBB, 0xBF].contains($0) } ?? bytes.count
        }
    }

    /// What a response is by its head. Servers that name no media type, or one of their own, are believed to do what they
    /// were asked.
    private static func form(of head: HTTPResponseHead, streams: Bool) -> Form {
        guard head.isSuccess else { return .other }
        switch head.mediaType {
        case "text/html": return .other
        case "text/event-stream", "application/x-ndjson", "application/jsonl": return .stream
        case "application/json": return streams && Reader.framing == .lines ? .stream : .whole
        default: return streams ? .stream : .whole
        }
    }
}
