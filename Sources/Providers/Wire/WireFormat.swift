import Chat
import HTTPClient
import JSON
import Synchronization

/// The protocol that a kind of provider speaks: how it is asked, and how its answer reads.
///
/// A kind maps names and shapes, nothing else: framing, limits, clocks, the text's way to the sink, and what is done about
/// an error are the same for all of them (`ProviderModel`, `AnswerDecoder`).
protocol WireFormat: Sendable {
    associatedtype Reader: AnswerReader

    /// As the configuration has it: `openai`.
    var kind: String { get }

    /// The request that asks `model`. Keys go into headers, never into the URL.
    ///
    /// The configuration's own headers are no concern of the kind: `ProviderModel` adds them.
    /// - Parameter streams: whether the answer is to come as it is written, or whole.
    func call(_ request: ModelRequest, model: String, streams: Bool) -> ProviderCall

    /// Whether the kind takes such a thing in a message.
    func takes(_ attachment: Attachment) -> Bool

    /// The same for a model that refuses these parameters, as far as they are the format's own affair.
    func without(_ parameters: Set<RequestParameter>) -> Self

    /// A request that costs nothing and tells whether the provider answers and takes the key; nil when there is none.
    func probe() -> ProviderCall?

    /// A request for the list of all models that can be asked; nil when there is none.
    func listing() -> ProviderCall?

    /// Begins to read an answer.
    func reader() -> Reader
}

extension WireFormat {
    func takes(_ attachment: Attachment) -> Bool { false }

    func without(_ parameters: Set<RequestParameter>) -> Self { self }
    func listing() -> ProviderCall? { probe() }
}

/// What is sent to a provider.
struct ProviderCall: Sendable, Equatable {
    var method = HTTPRequest.Method.post
    /// Absolute.
    var url: String
    /// The key's among them.
    var headers: [HTTPHeader]
    /// In pieces that are sent one after the other.
    var segments: [ArraySlice<UInt8>] = []

    /// All of it.
    var body: [UInt8] { Array(segments.joined()) }
}

extension ProviderCall {
    init(url: String, headers: [HTTPHeader], json: JSONWriter) {
        self.init(url: url, headers: headers, segments: json.segments)
    }
}

/// How the events of an answer follow each other.
enum AnswerFraming: Sendable {
    /// Server-sent events, each with a JSON document as its data.
    case eventStream
    /// A JSON document on each line (ndjson.org).
    case lines
}

/// Reads the JSON documents of one kind's answer. Pure: no clock, no connection.
///
/// Tolerant by rule: members and events that it does not know are passed over. Documents with a member `error` that is not
/// null, and events of the type `error`, never get to a reader: `AnswerDecoder` has told of them. One that the reader does
/// not know is looked at for an error in another form.
protocol AnswerReader: Sendable {
    static var framing: AnswerFraming { get }

    /// Whether an event's data, which need be no JSON, says that nothing more comes (OpenAI's `[DONE]`).
    static func isTerminator(_ data: Span<UInt8>) -> Bool

    /// Whether something ends a streamed answer besides its finish reason.
    static var hasTerminator: Bool { get }

    /// Whether a document that brings a piece of text, and is the one before but for that text, does nothing else.
    static var textIsAll: Bool { get }

    /// Reads one document of a streamed answer.
    /// - Parameter type: the event's type as sent; empty for none, and with `lines`.
    /// - Returns: false when the document is none that this kind sends; it is then counted as malformed.
    /// - Throws: `ProviderReport` when it reports an error.
    mutating func read(
        type: Span<UInt8>, _ document: borrowing JSONElement, into answer: inout Answer
    ) throws -> Bool

    /// Reads an answer that came as one document.
    /// - Returns: false when the document is no answer.
    /// - Throws: `ProviderReport` when it reports an error.
    mutating func readWhole(_ document: borrowing JSONElement, into answer: inout Answer) throws -> Bool

    /// What the body of a refusal says; nil when it reports no error. `ProviderReport(refusal:status:)` does for all kinds
    /// that follow custom.
    static func report(_ document: borrowing JSONElement, status: Int) -> ProviderReport?

    /// Not for a kind to write. It is a requirement for the sake of speed: the witness of a kind knows its type, so that
    /// the whole loop over the events of a piece is compiled for that kind.
    static func receive(
        _ bytes: RawSpan, in state: borrowing Mutex<Reception<Self>>, give: (inout Answer) -> Bool
    ) -> HTTPReception
}

extension AnswerReader {
    static var hasTerminator: Bool { true }
    static var textIsAll: Bool { false }

    static func isTerminator(_ data: Span<UInt8>) -> Bool { false }

    static func report(_ document: borrowing JSONElement, status: Int) -> ProviderReport? {
        ProviderReport(refusal: document, status: status)
    }
}
