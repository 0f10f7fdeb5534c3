import Chat
import EventStream
import JSON

/// Reads an answer of one kind of provider as its bytes arrive. Pure: no clock, no connection.
///
/// What all kinds share is here: framing, limits, errors in the stream, what is skipped, and what counts as an end.
struct AnswerDecoder<Reader: AnswerReader>: Sendable {
    /// What has come. Its pieces stay until `Answer.removePieces`.
    var answer: Answer
    private var reader: Reader
    private var framing = Reader.framing
    private var events: EventStreamParser
    private var lines: DocumentLines
    private var repeated = RepeatedEvent()
    private let provider: String
    private let secrets: [String]

    /// - Parameters:
    ///   - secrets: texts that must not come into an error's detail.
    ///   - maximumTextBytes: of the answer; a longer one ends there, with reason `length`.
    ///   - maximumEventBytes: of one event, or one line.
    init(
        _ reader: Reader, provider: String, secrets: [String] = [], maximumTextBytes: Int, maximumEventBytes: Int,
        rules: AnswerRules = AnswerRules()
    ) {
        self.reader = reader
        self.provider = provider
        self.secrets = secrets
        answer = Answer(maximumBytes: maximumTextBytes, rules: rules)
        events = EventStreamParser(maximumEventBytes: maximumEventBytes)
        lines = DocumentLines(maximumLineBytes: maximumEventBytes)
    }

    /// Reads the next bytes of a streamed answer; its pieces are then in `answer`.
    ///
    /// - Throws: `ModelError` when the provider reports an error in its stream, an event cannot be read, or one is over its
    ///   limit. The pieces that came before it are in `answer` all the same. When the answer had its end before, the error
    ///   is in `Answer.lateError`.
    mutating func feed(_ bytes: RawSpan) throws(ModelError) {
        guard !answer.isDone else { return }
        do {
            switch framing {
            case .eventStream:
                try bytes.withUnsafeBytes { bytes in
                    try events.feed(bytes) { event in
                        try Self.take(event.type, event.data, &reader, &repeated, &answer)
                    }
                }
            case .lines:
                try bytes.withUnsafeBytes { bytes in
                    try lines.feed(bytes) { line in
                        try Self.take(Span(), line, &reader, &repeated, &answer)
                    }
                }
            }
        } catch {
            guard answer.isFinished else { throw modelError(error) }
            answer.lateError = modelError(error)
            answer.isTerminated = true
        }
    }

    /// The answer comes as an event stream, whatever is usual for its kind.
    mutating func expectEvents() { framing = .eventStream }

    /// Reads an answer that came as one document, or as one on each line.
    /// - Throws: `ModelError` when it reports an error, or is no answer.
    mutating func readWhole(_ body: [UInt8]) throws(ModelError) {
        let isAnswer: Bool
        do {
            isAnswer = try Self.withDocument(body.span, &answer) { root, answer throws in
                if let report = Self.report(in: root, isError: false) { throw report }
                if try reader.readWhole(root, into: &answer) { return true }
                if let report = ProviderReport(refusal: root) { throw report }
                return false
            }
        } catch let error as JSONError {
            guard body.contains(0x0A) else {
                throw ModelError(kind: .malformed, provider: provider, detail: "the answer is no JSON: \(error.detail)")
            }
            framing = .lines
            return try feed(body.span.bytes)
        } catch {
            throw modelError(error)
        }
        guard isAnswer else {
            throw ModelError(
                kind: .malformed, provider: provider,
                detail: "the answer is JSON of \(body.count) bytes, but no answer of this kind of provider")
        }
        answer.documents += 1
        answer.isTerminated = true
    }

    /// The answer, asked when nothing more will come. A last event without its line end is read now; its pieces are in what
    /// is given back.
    /// - Parameter breakage: how the connection broke, when it did: why an answer that did not reach its end is none.
    /// - Throws: `ModelError` when the answer did not reach its end, no answer came at all, or there is nothing in it.
    mutating func finish(_ end: ResponseEnd = .body, _ breakage: ModelError? = nil) throws(ModelError) -> Answer {
        try readRest()
        answer.end()
        let counts = "\(answer.documents) chunks, \(answer.malformedEvents) events that are none"
        guard answer.isComplete(at: end, hasTerminator: Reader.hasTerminator) else {
            if let breakage { throw breakage }
            if answer.documents == 0 {
                throw ModelError(
                    kind: .malformed, provider: provider, detail: "the stream has no answer in it (\(counts))")
            }
            throw ModelError(
                kind: .interrupted, provider: provider,
                detail: answer.isTerminated
                    ? "the answer ended without a finish reason (\(counts)); if this server never sends one, "
                        + "set finish_reason: \"optional\" for it"
                    : "the stream ended without a finish reason (\(counts))")
        }
        if let fault = answer.fault {
            throw ModelError(kind: fault.kind, provider: provider, detail: "\(fault.detail) (\(counts))")
        }
        return answer
    }

    /// Reads what stands after the last line end. A document that is whole needs none behind it; half of one is what a stream
    /// that was cut off leaves.
    private mutating func readRest() throws(ModelError) {
        guard !answer.isDone else { return }
        do {
            switch framing {
            case .eventStream:
                try events.end { event in
                    try Self.take(event.type, event.data, isRest: true, &reader, &repeated, &answer)
                }
            case .lines:
                try lines.end { line in try Self.take(Span(), line, isRest: true, &reader, &repeated, &answer) }
            }
        } catch {
            guard answer.isFinished else { throw modelError(error) }
            answer.lateError = modelError(error)
        }
    }

    /// Static, so that the parser, the reader and the answer can be changed at the same time.
    private static func take(
        _ type: Span<UInt8>, _ data: Span<UInt8>, isRest: Bool = false, _ reader: inout Reader,
        _ repeated: inout RepeatedEvent, _ answer: inout Answer
    ) throws {
        guard !answer.isDone else { return }
        if Reader.isTerminator(data) {
            answer.isTerminated = true
            return
        }
        if let text = repeated.text(of: data, type: type) {
            data.extracting(text).withUnsafeBufferPointer { answer.append(text: $0) }
            answer.documents += 1
            return
        }
        repeated.forget()
        let before = Reader.textIsAll ? answer.extent : nil
        let isTaken: Bool
        do {
            isTaken = try withDocument(data, &answer) { root, answer throws in
                if let report = Self.report(in: root, isError: type.isText("error")) { throw report }
                if try reader.read(type: type, root, into: &answer) { return true }
                if let report = ProviderReport(refusal: root) { throw report }
                return false
            }
        } catch let error as JSONError {
            return try takeUnreadable(type, data, error, isRest: isRest, &answer)
        }
        if isTaken { answer.documents += 1 } else { answer.malformedEvents += 1 }
        if isTaken, let before, let start = answer.onlyPiece(since: before) {
            repeated.keep(data, type: type, text: answer.text.bytes.span.extracting(start...))
        }
    }

    /// Reads a document; where characters are cut in two, with marks for their halves.
    private static func withDocument<R>(
        _ bytes: Span<UInt8>, _ answer: inout Answer,
        _ body: (borrowing JSONElement, inout Answer) throws -> R
    ) throws -> R {
        do {
            return try JSONReader().withDocument(bytes) { root in try body(root, &answer) }
        } catch let error as JSONError {
            guard let marked = TextHalves.marked(bytes) else { throw error }
            answer.isMarked = true
            defer { answer.isMarked = false }
            return try JSONReader().withDocument(marked) { root in try body(root, &answer) }
        }
    }

    /// An event that is no JSON: nothing, the terminator of another kind, or an error told in plain words. Else words may be lost
    /// with it, and the answer is damaged.
    private static func takeUnreadable(
        _ type: Span<UInt8>, _ data: Span<UInt8>, _ error: JSONError, isRest: Bool, _ answer: inout Answer
    ) throws {
        let text = data.withUnsafeBufferPointer {
            String(decoding: $0.prefix(ProviderReport.maximumMessageBytes), as: UTF8.self)
        }
        let start = text.drop(while: \.isWhitespace)
        let isError = type.isText("error")
        if start.isEmpty, !isError { return }
        if start.hasPrefix("[DONE]") {
            answer.isTerminated = true
            return
        }
        // The beginning of an event whose end did not come.
        if isRest, !isError { return }
        let isPlain = !(start.first.map { "{[\"".contains($0) } ?? false)
        guard isPlain || isError else { throw UnreadableEvent(detail: error.detail) }
        if type.isText("ping") || type.isText("heartbeat") || type.isText("keepalive") { return }
        throw ProviderReport(text: String(start), isQuotable: isError)
    }

    /// Every kind reports an error in the answer as a member `error`, or as an event of that type.
    private static func report(in document: borrowing JSONElement, isError: Bool) -> ProviderReport? {
        if let error = document["error"], !error.isNull, error.bool != false { return ProviderReport(error) }
        return isError ? ProviderReport(document) : nil
    }

    private func modelError(_ error: any Error) -> ModelError {
        switch error {
        case let error as ModelError: error
        case let error as ProviderReport: error.modelError(provider: provider, secrets: secrets)
        case let error as UnreadableEvent:
            ModelError(kind: .malformed, provider: provider, detail: "an event cannot be read: \(error.detail)")
        case let error as EventStreamError: ModelError(kind: .tooLarge, provider: provider, detail: error.detail)
        default: ModelError(kind: .malformed, provider: provider, detail: "\(type(of: error))")
        }
    }
}

/// An event in which words of the answer may have been.
private struct UnreadableEvent: Error {
    var detail: String
}

extension Span<UInt8> {
    /// Whether these bytes are exactly this text.
    func isText(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        return withUnsafeBufferPointer { bytes in
            bytes.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
    }
}
