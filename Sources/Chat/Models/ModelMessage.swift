/// One message of the conversation as a language model is given it.
public struct ModelMessage: Sendable, Equatable {
    /// Who speaks. `tool` is the answer to a tool call of the model's.
    public enum Role: String, Sendable, Equatable {
        case system, user, assistant, tool

        /// The role of a stored message.
        public init(_ role: Chat.Role) {
            self =
                switch role {
                case .user: .user
                case .assistant: .assistant
                }
        }
    }

    public var role: Role
    /// The text of it.
    public var content: String
    /// The text and what is no text, in their order. Empty for text alone.
    public var parts: [MessagePart] = []
    /// What the model called, in an `assistant` message.
    public var toolCalls: [ToolCall]
    /// What the model thought before it said an `assistant` message, as far as its provider wants it back. Nil for most, so
    /// that a request that waits is small.
    public var reasoning: Reasoning? {
        get { rare?.reasoning }
        set { rare = Rare(reasoning: newValue, cacheMarks: cacheMarks) }
    }
    /// Where the provider is asked to keep the prompt up to there for the next request, for those who ask for it (Anthropic).
    public var cacheMarks: [CacheMark] {
        get { rare?.cacheMarks ?? [] }
        set { rare = Rare(reasoning: reasoning, cacheMarks: newValue) }
    }
    /// Which call a `tool` message answers.
    public var toolCallID: String?
    /// The speaker's name where several share a role; for a `tool` message the tool's. Nil when there is none.
    public var name: String?

    private var rare: Rare?

    public init(
        role: Role, content: String, toolCalls: [ToolCall] = [], toolCallID: String? = nil, name: String? = nil
    ) {
        self.role = role
        self.content = content
        self.toolCalls = toolCalls
        self.toolCallID = toolCallID
        self.name = name
    }
}

extension ModelMessage {
    /// What is no text in it.
    public var attachments: [Attachment] {
        parts.compactMap { part in if case .attachment(let attachment) = part { attachment } else { nil } }
    }
}

extension ModelRequest {
    /// What is no text in its messages.
    public var attachments: [Attachment] { messages.flatMap(\.attachments) }
}

/// A place in a message at which a provider's cache of prompts is asked for.
public struct CacheMark: Sendable, Equatable {
    /// In bytes of UTF-8 from the beginning of the text.
    public var end: Int
    /// Which of the message's attachments it is at, from 0; nil for the text.
    public var attachment: Int?
    /// `cache_control`, a JSON object (docs.anthropic.com/en/docs/build-with-claude/prompt-caching).
    public var control: [UInt8]

    public init(end: Int, attachment: Int? = nil, control: [UInt8]) {
        self.end = end
        self.attachment = attachment
        self.control = control
    }
}

/// What few messages have.
private final class Rare: Sendable, Equatable {
    let reasoning: Reasoning?
    let cacheMarks: [CacheMark]

    /// Nil when there is nothing.
    init?(reasoning: Reasoning?, cacheMarks: [CacheMark]) {
        if reasoning == nil, cacheMarks.isEmpty { return nil }
        self.reasoning = reasoning
        self.cacheMarks = cacheMarks
    }

    static func == (a: Rare, b: Rare) -> Bool { a.reasoning == b.reasoning && a.cacheMarks == b.cacheMarks }
}

/// A function that the model wants called.
public struct ToolCall: Sendable, Equatable {
    /// The model's name for this call; the answer to it names it again.
    public var id: String
    public var name: String
    /// JSON text, as the model wrote it: it may be no valid JSON.
    public var arguments: String
    /// A JSON object that the call's provider wants back with it, such as the signature of the thought that led to it
    /// (ai.google.dev/gemini-api/docs/thought-signatures).
    public var extraContent: [UInt8]?

    public init(id: String, name: String, arguments: String, extraContent: [UInt8]? = nil) {
        self.id = id
        self.name = name
        self.arguments = arguments
        self.extraContent = extraContent
    }
}

/// A part of a tool call on its way from the model.
public struct ToolCallPiece: Sendable, Equatable {
    /// Which of the answer's calls, from 0.
    public var index: Int
    /// In the call's first piece only.
    public var id: String?
    /// In the call's first piece only.
    public var name: String?
    /// More of the arguments' JSON text; may be empty.
    public var arguments: String
    /// `ToolCall.extraContent`; in one of the call's pieces.
    public var extraContent: [UInt8]?

    public init(
        index: Int, id: String? = nil, name: String? = nil, arguments: String, extraContent: [UInt8]? = nil
    ) {
        self.index = index
        self.id = id
        self.name = name
        self.arguments = arguments
        self.extraContent = extraContent
    }
}

/// A function that the model may call.
public struct Tool: Sendable, Equatable {
    public var name: String
    public var description: String?
    /// A JSON Schema object, as UTF-8; nil for a function without parameters.
    public var parameters: [UInt8]?
    /// Whether the arguments must follow the schema exactly; nil leaves it to the provider.
    public var isStrict: Bool?

    public init(name: String, description: String? = nil, parameters: [UInt8]? = nil, isStrict: Bool? = nil) {
        self.name = name
        self.description = description
        self.parameters = parameters
        self.isStrict = isStrict
    }
}
