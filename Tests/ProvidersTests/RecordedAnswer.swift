import Chat
import HTTPClient
import JSON
import Testing

@testable import Providers

/// A stream in the form a provider sends it, with what must come of it.
struct RecordedAnswer: Sendable, CustomTestStringConvertible {
    var name: String
    var stream: String
    var text: [String] = []
    var reasoning = ""
    var calls: [ToolCall] = []
    var finishReason: Answer.FinishReason? = .stop
    var usage: [Int]?
    var model: String?
    var malformedEvents = 0

    var testDescription: String { name }

    /// Reads it whole, cut in two at every byte, and byte by byte.
    func check(_ format: some WireFormat) throws {
        let bytes = Array(stream.utf8)
        let cuts = (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
        for pieces in cuts + [bytes.map { [$0] }] {
            let answer = try decode(pieces, format)
            #expect(answer.text.pieces == text)
            #expect(answer.reasoning.pieces.joined() == reasoning)
            #expect(answer.calls == calls)
            #expect(answer.finishReason == finishReason)
            #expect(answer.usage.map { [$0.promptTokens, $0.completionTokens] } == usage)
            #expect(answer.model == model)
            #expect(answer.malformedEvents == malformedEvents)
        }
    }

    /// The stream broken off before its last event tells why it ended: at every length the answer is known to be broken.
    func checkBrokenOff(_ format: some WireFormat, before ending: String) throws {
        let end = try #require(stream.firstRange(of: ending))
        for length in 0..<stream[..<end.lowerBound].utf8.count {
            let kind = failure(of: String(decoding: Array(stream.utf8)[..<length], as: UTF8.self), format)?.kind
            #expect(kind == .interrupted || kind == .malformed)
        }
    }
}

/// Reads a streamed answer.
func decode(
    _ pieces: [[UInt8]], _ format: some WireFormat, maximumTextBytes: Int = 1 << 20
) throws -> Answer {
    var decoder = AnswerDecoder(
        format.reader(), provider: "test", maximumTextBytes: maximumTextBytes, maximumEventBytes: 1 << 20)
    for piece in pieces { try decoder.feed(piece.span.bytes) }
    return try decoder.finish()
}

/// Reads an answer that came as one document.
func decodeWhole(_ document: String, _ format: some WireFormat) throws -> Answer {
    var decoder = AnswerDecoder(
        format.reader(), provider: "test", maximumTextBytes: 1 << 20, maximumEventBytes: 1 << 20)
    try decoder.readWhole(Array(document.utf8))
    return try decoder.finish()
}

/// Why a streamed answer is none; nil when it is one.
func failure(of stream: String, _ format: some WireFormat) -> ModelError? {
    do {
        _ = try decode([Array(stream.utf8)], format)
        return nil
    } catch {
        return error as? ModelError
    }
}

/// The kind of error that a refusal's body leads to; nil when it reports none.
func refusal<Format: WireFormat>(_ body: String, status: Int, _: Format) throws -> ModelError.Kind? {
    try JSONReader().withDocument(Array(body.utf8)) { Format.Reader.report($0, status: status) }?.kind
}

extension Answer {
    /// The calls, put together from their pieces.
    var calls: [ToolCall] {
        var calls: [ToolCall] = []
        for piece in toolCalls {
            if piece.index == calls.count {
                calls.append(
                    ToolCall(id: (piece.id ?? "").asTold, name: piece.name ?? "", arguments: piece.arguments))
            } else {
                calls[piece.index].arguments += piece.arguments
            }
        }
        return calls
    }
}

extension String {
    /// "call_?" for the name of a call that its provider gave none, which is new each time.
    var asTold: String { hasPrefix("call_") && utf8.count == 29 ? "call_?" : self }
}

/// A request and the body that a provider must be sent for it.
struct RecordedRequest: Sendable, CustomTestStringConvertible {
    var name: String
    var request: ModelRequest
    var model = "m"
    var streams = true
    var body: String

    var testDescription: String { name }

    /// Compares what is sent as JSON, in which the order of members is no difference.
    func check(_ format: some WireFormat) throws {
        let call = format.call(request, model: model, streams: streams)
        #expect(try JSONValue(parsing: call.body).sorted == JSONValue(parsing: Array(body.utf8)).sorted)
    }
}

extension JSONValue {
    var sorted: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let object):
            .object(JSONObject(object.members.map { ($0.key, $0.value.sorted) }.sorted { $0.0 < $1.0 }))
        default: self
        }
    }
}

extension ProviderCall {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

extension ModelRequest {
    /// A request with options, in few words.
    static func options(_ change: (inout Options) -> Void) -> ModelRequest {
        var request = ModelRequest(instructions: "", messages: [ModelMessage(role: .user, content: "Hi")])
        var options = Options()
        change(&options)
        request.options = options
        return request
    }

    /// A conversation in which two tools were called and have answered.
    static let withTools = ModelRequest(
        instructions: "Be brief.",
        messages: [
            ModelMessage(role: .user, content: "Weather?"),
            ModelMessage(
                role: .assistant, content: "Let me see.",
                toolCalls: [
                    ToolCall(id: "call_0", name: "weather", arguments: #"{ "city" : "Zürich" }"#),
                    ToolCall(id: "call_1", name: "clock", arguments: "not JSON"),
                ]),
            ModelMessage(role: .tool, content: #"{"degrees":7}"#, toolCallID: "call_0", name: "weather"),
            ModelMessage(role: .tool, content: "noon", toolCallID: "call_1"),
            ModelMessage(role: .user, content: "And?"),
        ])
}
