import Chat

/// What is known of an answer while it is read, and the pieces that the last bytes brought.
struct Answer: Sendable {
    struct Usage: Equatable, Sendable {
        var promptTokens: Int
        var completionTokens: Int
    }

    /// Why the answer ended, in the domain's words; the kind's own words are mapped by its reader.
    enum FinishReason: String, Sendable {
        case stop
        case length
        case contentFilter = "content_filter"
        case toolCalls = "tool_calls"
    }

    // MARK: - Pieces since `removePieces`

    var text = TextBatch()
    var reasoning = TextBatch()
    var toolCalls: [ToolCallPiece] = []

    // MARK: - The whole

    var finishReason: FinishReason?
    /// As last reported.
    private(set) var usage: Usage?
    /// As the provider names it; the first that is said counts.
    private(set) var model: String?
    /// Bytes of text, reasoning and tool calls so far.
    private(set) var textBytes = 0
    private(set) var toolCallCount = 0
    /// The provider has said that nothing more comes.
    var isTerminated = false
    /// The answer has met its limit: what follows is not read.
    private(set) var wasCutOff = false
    /// Documents that were part of an answer.
    var documents = 0
    /// Events that were not.
    var malformedEvents = 0

    private let maximumBytes: Int
    /// More calls in one answer than any model makes: what says otherwise is not believed.
    static let maximumToolCalls = 128

    /// - Parameter maximumBytes: of text and tool calls together; a longer answer ends there, with reason `length`.
    init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    /// Nothing more is read.
    var isDone: Bool { isTerminated || wasCutOff }

    /// Whether the answer reached its end. A finish reason is one, with or without a terminator behind it; a terminator
    /// without a finish reason is one when anything came before.
    var isComplete: Bool { finishReason != nil || (isTerminated && (textBytes > 0 || toolCallCount > 0)) }

    var hasPieces: Bool { !text.isEmpty || !reasoning.isEmpty || !toolCalls.isEmpty }

    /// Makes room for the next pieces, in the same memory.
    mutating func removePieces() {
        text.removeAll(keepingCapacity: true)
        reasoning.removeAll(keepingCapacity: true)
        toolCalls.removeAll(keepingCapacity: true)
    }

    // MARK: - For the readers

    /// Takes text that is valid UTF-8.
    mutating func append(text piece: UnsafeBufferPointer<UInt8>) {
        if take(piece.count) { text.append(utf8: piece) }
    }

    /// Takes what the model thinks; the limit is on it and the text together.
    mutating func append(reasoning piece: UnsafeBufferPointer<UInt8>) {
        if take(piece.count) { reasoning.append(utf8: piece) }
    }

    /// Takes a part of a tool call. One that is numbered as no call can be ends the answer like its limit on bytes.
    mutating func append(toolCall piece: ToolCallPiece) {
        guard (0..<Self.maximumToolCalls).contains(piece.index) else { return cutOff() }
        guard take(piece.arguments.utf8.count + (piece.name?.utf8.count ?? 0) + (piece.id?.utf8.count ?? 0)) else {
            return
        }
        toolCallCount = max(toolCallCount, piece.index + 1)
        toolCalls.append(piece)
    }

    /// Takes the tokens used; numbers that cannot be are passed over. The last ones count: some providers report a growing
    /// usage with every event.
    mutating func take(promptTokens: Int64?, completionTokens: Int64?) {
        guard let promptTokens, promptTokens >= 0 else { return }
        usage = Usage(
            promptTokens: Int(clamping: promptTokens), completionTokens: Int(clamping: max(0, completionTokens ?? 0)))
    }

    mutating func take(model name: String?) {
        if model == nil, let name, !name.isEmpty { model = name }
    }

    private mutating func take(_ bytes: Int) -> Bool {
        guard !wasCutOff, textBytes + bytes <= maximumBytes else {
            cutOff()
            return false
        }
        textBytes += bytes
        return true
    }

    private mutating func cutOff() {
        wasCutOff = true
        finishReason = .length
    }
}
