/// A kind of provider, by the protocol it speaks.
public enum ProviderKind: String, CaseIterable, Sendable {
    case openai, azure, anthropic, gemini, ollama
}

/// An answer as a test states it; the vendor's format writes it.
public struct ScriptedAnswer: Sendable {
    public enum Finish: Sendable {
        case stop, length, contentFilter, toolCalls
    }

    public struct ToolCall: Sendable {
        public var id: String
        public var name: String
        /// The arguments' JSON text, in the pieces in which it is streamed.
        public var arguments: [String]

        public init(id: String, name: String, arguments: [String]) {
            self.id = id
            self.name = name
            self.arguments = arguments
        }
    }

    /// What comes before the first token.
    public var reasoning: [String] = []
    /// One event each.
    public var tokens: [String]
    /// After the last token.
    public var toolCalls: [ToolCall] = []
    public var finish: Finish
    /// The name that the provider gives its model; nil repeats the one that was asked for.
    public var model: String?
    public var promptTokens = 11
    public var completionTokens: Int

    /// - Parameter completionTokens: nil counts `tokens`.
    public init(_ tokens: [String], finish: Finish = .stop, completionTokens: Int? = nil) {
        self.tokens = tokens
        self.finish = finish
        self.completionTokens = completionTokens ?? tokens.count
    }

    /// As many words, each different from all others: "w0 w1 …".
    public static func words(_ count: Int, completionTokens: Int? = nil) -> ScriptedAnswer {
        ScriptedAnswer((0..<count).map { "w\($0) " }, completionTokens: completionTokens)
    }

    public var text: String { tokens.joined() }
}
