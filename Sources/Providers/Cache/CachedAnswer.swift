import Chat

/// A whole answer, in the pieces in which it came.
struct CachedAnswer: Sendable {
    var text: TextBatch
    var reasoning: TextBatch
    var reasoningDetails: [[UInt8]]
    var toolCalls: [ToolCallPiece]
    var completion: ModelCompletion

    /// Whether it is text and reasoning alone.
    var isPlain: Bool { toolCalls.isEmpty && reasoningDetails.isEmpty }

    /// Bytes of memory, about.
    var size: Int {
        text.bytes.count + reasoning.bytes.count + 8 * (text.count + reasoning.count)
            + reasoningDetails.reduce(0) { $0 + $1.count }
            + toolCalls.reduce(0) { $0 + 96 + $1.arguments.utf8.count + ($1.extraContent?.count ?? 0) } + 256
    }

    /// Whether an answer is one that may be given again: it reached its own end, and a model gave it.
    static func isKept(_ completion: ModelCompletion) -> Bool {
        !completion.isEmbedded && !completion.isCached
            && (completion.finishReason == "stop" || completion.finishReason == "tool_calls")
    }
}

extension CachedAnswer {
    init(_ stored: StoredAnswer) {
        self.init(
            text: stored.text, reasoning: stored.reasoning, reasoningDetails: [], toolCalls: [],
            completion: stored.completion)
    }
}
