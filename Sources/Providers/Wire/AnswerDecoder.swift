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
    private var events: EventStreamParser
    private var lines: DocumentLines
    private let provider: String
    private let secrets: [String]

    /// - Parameters:
    ///   - secrets: texts that must not come into an error's detail.
    ///   - maximumTextBytes: of the answer; a longer one ends there, with reason `length`.
    ///   - maximumEventBytes: of one event, or one line.
    init(
        _ reader: Reader, provider: String, secrets: [String] = [], maximumTextBytes: Int, maximumEventBytes: Int
    ) {
        self.reader = reader
        self.provider = provider
        self.secrets = secrets
        answer = Answer(maximumBytes: maximumTextBytes)
        events = EventStreamParser(maximumEventBytes: maximumEventBytes)
        lines = DocumentLines(maximumLineBytes: maximumEventBytes)
    }

    /// Reads the next bytes of a streamed answer; its pieces are then in `answer`.
    ///
    /// - Throws: `ModelError` when the provider reports an error in its stream, or an event is over its limit. The pieces
    ///   that came before it are in `answer` all the same.
    mutating func feed(_ bytes: RawSpan) throws(ModelError) {
        guard !answer.isDone else { return }
        do {
            switch Reader.framing {
            case .eventStream:
                try bytes.withUnsafeBytes { bytes in
                    try events.feed(bytes) { event in
                        try Self.take(event.type, event.data, &reader, &answer)
                    }
                }
            case .lines:
                try bytes.withUnsafeBytes { bytes in
                    try lines.feed(bytes) { line in
                        try Self.take(Span(), line, &reader, &answer)
                    }
                }
            }
        } catch {
            throw modelError(error)
        }
    }

    /// Reads an answer that came as one document.
    /// - Throws: `ModelError` when it reports an error, or is no answer.
    mutating func readWhole(_ body: [UInt8]) throws(ModelError) {
        let isAnswer: Bool
        do {
            isAnswer = try JSONReader().withDocument(body) { root in
                if let report = Self.report(in: root, isError: false) { throw report }
                return try reader.readWhole(root, into: &answer)
            }
        } catch let error as JSONError {
            throw ModelError(kind: .malformed, provider: provider, detail: "the answer is no JSON: \(error.detail)")
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

    /// The answer, asked when nothing more will come. A last document without its line end is read now; its pieces are in
    /// what is given back.
    /// - Throws: `ModelError` when the answer had neither a finish reason nor a terminator, or no answer came at all.
    mutating func finish() throws(ModelError) -> Answer {
        if !answer.isDone {
            do {
                try lines.end { line in try Self.take(Span(), line, &reader, &answer) }
            } catch {
                throw modelError(error)
            }
        }
        if answer.isComplete { return answer }
        let counts = "\(answer.documents) chunks, \(answer.malformedEvents) events that are none"
        if answer.documents == 0 {
            throw ModelError(kind: .malformed, provider: provider, detail: "the stream has no answer in it (\(counts))")
        }
        throw ModelError(
            kind: .interrupted, provider: provider, detail: "the stream ended without a finish reason (\(counts))")
    }

    /// Static, so that the parser, the reader and the answer can be changed at the same time.
    private static func take(
        _ type: Span<UInt8>, _ data: Span<UInt8>, _ reader: inout Reader, _ answer: inout Answer
    ) throws {
        guard !answer.isDone else { return }
        if Reader.isTerminator(data) {
            answer.isTerminated = true
            return
        }
        do {
            let isTaken = try JSONReader().withDocument(data) { root in
                if let report = Self.report(in: root, isError: type.isText("error")) { throw report }
                return try reader.read(type: type, root, into: &answer)
            }
            if isTaken { answer.documents += 1 } else { answer.malformedEvents += 1 }
        } catch is JSONError {
            // One broken event is not worth the answer: what follows it may be whole.
            answer.malformedEvents += 1
        }
    }

    /// Every kind reports an error in the answer as a member `error`, or as an event of that type.
    private static func report(in document: borrowing JSONElement, isError: Bool) -> ProviderReport? {
        if let error = document["error"], !error.isNull { return ProviderReport(error) }
        return isError ? ProviderReport(document) : nil
    }

    private func modelError(_ error: any Error) -> ModelError {
        switch error {
        case let error as ModelError: error
        case let error as ProviderReport: error.modelError(provider: provider, secrets: secrets)
        case let error as EventStreamError: ModelError(kind: .tooLarge, provider: provider, detail: error.detail)
        default: ModelError(kind: .malformed, provider: provider, detail: "\(type(of: error))")
        }
    }
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
