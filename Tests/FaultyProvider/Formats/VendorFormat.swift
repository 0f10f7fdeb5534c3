import JSON

/// One event of a streamed answer.
struct Part {
    enum Role {
        case opening, reasoning, token, toolCall, finish, usage, terminator, other
    }

    var role: Role
    /// The event's type, where the vendor sends one.
    var type: String?
    var data: [UInt8]

    init(_ role: Role, type: String? = nil, _ document: JSONValue) {
        self.role = role
        self.type = type
        data = document.encoded
    }

    init(_ role: Role, type: String? = nil, text: String) {
        self.role = role
        self.type = type
        data = Array(text.utf8)
    }
}

/// What a call asks for.
struct Terms {
    var model: String
    var streams: Bool
    var wantsUsage: Bool
}

/// Writes a vendor's answers and refusals as the vendor's documentation and servers have them.
protocol VendorFormat: Sendable {
    /// False: a document a line.
    var isEventStream: Bool { get }
    var lineEnd: Behaviour.LineEnd { get }
    /// Nil when the vendor's server does not know the path.
    func terms(of call: ReceivedCall) -> Terms?
    func stream(_ answer: ScriptedAnswer, _ terms: Terms) -> [Part]
    func whole(_ answer: ScriptedAnswer, _ terms: Terms) -> JSONValue
    func refusal(_ cause: Cause) -> RefusalBody
    /// The error object in a stream.
    func failure(_ cause: Cause) -> Part
    /// What keeps a quiet stream alive; nil for a comment.
    var ping: Part? { get }
}

extension VendorFormat {
    var isEventStream: Bool { true }
    var lineEnd: Behaviour.LineEnd { .lf }
    var ping: Part? { nil }
    var contentType: String { isEventStream ? "text/event-stream; charset=utf-8" : "application/x-ndjson" }

    func failure(_ cause: Cause) -> Part { Part(.other, text: refusal(cause).body) }
}

extension ProviderKind {
    var format: any VendorFormat {
        switch self {
        case .openai: OpenAIFormat(isAzure: false)
        case .azure: OpenAIFormat(isAzure: true)
        case .anthropic: AnthropicFormat()
        case .gemini: GeminiFormat()
        case .ollama: OllamaFormat()
        }
    }
}

extension String {
    /// Of a call's target.
    var pathOfTarget: Substring { prefix { $0 != "?" } }
}

extension JSONValue {
    static func string(orNull text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    static func integer(_ value: Int) -> JSONValue { .integer(Int64(value)) }

    /// A tool call's arguments as an object, for the vendors that send no text.
    static func arguments(of call: ScriptedAnswer.ToolCall) -> JSONValue {
        (try? JSONValue(parsing: Array(call.arguments.joined().utf8))) ?? [:]
    }
}
