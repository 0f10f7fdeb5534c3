import Chat
import JSON

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
    /// JSON objects in the form of OpenRouter's `reasoning_details`.
    private(set) var reasoningDetails: [[UInt8]] = []

    // MARK: - The whole

    /// The first that is not `stop`; `stop` when there is no other.
    private(set) var finishReason: FinishReason?
    /// As last reported, where both numbers can be.
    private(set) var usage: Usage?
    /// What else the provider tells of the tokens.
    private(set) var usageDetails = UsageDetails()
    /// As the provider names it; the first that is said counts.
    private(set) var model: String?
    /// Bytes of text, reasoning and tool calls so far.
    private(set) var textBytes = 0
    /// Of them, those of `reasoningDetails`, which are no tokens of their own.
    private(set) var detailBytes = 0
    private(set) var calls: [CallProgress] = []
    /// What the thoughts are known by when they are sent back.
    private(set) var thoughts = ThoughtMark()
    /// There are thoughts in it, or what their provider wants back with a call.
    var hasReasoning: Bool { !thoughts.isEmpty || detailBytes > 0 || calls.contains { $0.extraContent != nil } }
    /// The provider has said that nothing more comes.
    var isTerminated = false
    /// The answer has met its limit: what follows is not read.
    private(set) var wasCutOff = false
    /// The sink knows which model answers.
    var isModelTold = false
    /// Documents that were part of an answer.
    var documents = 0
    /// Events that were not.
    var malformedEvents = 0
    /// What went wrong when the answer had its end already.
    var lateError: ModelError?
    /// The document that is being read has marks for halves of characters (`TextHalves`).
    var isMarked = false {
        didSet { if isMarked, halves == nil { halves = Halves() } }
    }

    /// `textBytes` when the last finish reason came.
    private var bytesAtReason = 0
    /// More of the answer came after a finish reason.
    private var wentOn = false
    private var beginning: TextBeginning
    /// Nil as long as no character was cut in two.
    private var halves: Halves?
    private let rules: AnswerRules
    private let maximumBytes: Int
    /// More calls in one answer than any model makes: what says otherwise is not believed.
    static let maximumToolCalls = 128

    private struct Halves {
        var text = TextHalves()
        var reasoning = TextHalves()
        var arguments: [Int: TextHalves] = [:]
    }

    /// - Parameter maximumBytes: of text and tool calls together; a longer answer ends there, with reason `length`.
    init(maximumBytes: Int, rules: AnswerRules = AnswerRules()) {
        self.maximumBytes = maximumBytes
        self.rules = rules
        beginning = TextBeginning(readsThinkTags: rules.readsThinkTags)
    }

    /// Nothing more is read.
    var isDone: Bool { isTerminated || wasCutOff }

    var hasPieces: Bool { !text.isEmpty || !reasoning.isEmpty || !toolCalls.isEmpty || !reasoningDetails.isEmpty }

    /// Makes room for the next pieces, in the same memory.
    mutating func removePieces() {
        if !reasoning.isEmpty { thoughts.take(reasoning.bytes) }
        text.removeAll(keepingCapacity: true)
        reasoning.removeAll(keepingCapacity: true)
        toolCalls.removeAll(keepingCapacity: true)
        if !reasoningDetails.isEmpty { reasoningDetails = [] }
    }

    // MARK: - For repeated events

    /// How far an answer has come in which nothing but text has come so far.
    struct Extent: Equatable {
        var pieces: Int
        var bytes: Int
        var allBytes: Int
    }

    /// Nil as long as the next text may be more than a piece of text: its beginning, or the half of a character before it, is held back, or the model is not
    /// known.
    var extent: Extent? {
        guard beginning.isOver, halves == nil, finishReason == nil, calls.isEmpty, model != nil else { return nil }
        return Extent(pieces: text.count, bytes: text.bytes.count, allBytes: textBytes)
    }

    /// Where in `text.bytes` the one piece begins that came since then, if nothing else came.
    func onlyPiece(since before: Extent) -> Int? {
        guard let now = extent, now.pieces == before.pieces + 1, !wasCutOff,
            now.allBytes - before.allBytes == now.bytes - before.bytes
        else { return nil }
        return before.bytes
    }

    // MARK: - For the readers

    /// Takes text that is valid UTF-8.
    mutating func append(text piece: UnsafeBufferPointer<UInt8>) {
        guard halves == nil else {
            let joined = halves!.text.join(piece, isMarked: isMarked)
            return joined.withUnsafeBufferPointer { take(text: $0) }
        }
        take(text: piece)
    }

    /// Takes what the model thinks; the limit is on it and the text together.
    mutating func append(reasoning piece: UnsafeBufferPointer<UInt8>) {
        guard halves == nil else {
            let joined = halves!.reasoning.join(piece, isMarked: isMarked)
            if take(joined.count) { reasoning.append(utf8: joined) }
            return
        }
        if take(piece.count) { reasoning.append(utf8: piece) }
    }

    /// Takes what the provider wants back with its own thoughts: a JSON object in the form of OpenRouter's `reasoning_details`.
    mutating func append(reasoningDetail detail: [UInt8]) {
        guard take(detail.count) else { return }
        detailBytes += detail.count
        reasoningDetails.append(detail)
    }

    /// Takes a part of a tool call. One that is numbered as no call can be ends the answer like its limit on bytes.
    ///
    /// A call is passed on with its name whole, so when its arguments begin; without arguments at the answer's end.
    mutating func append(toolCall given: ToolCallPiece) {
        guard (0..<Self.maximumToolCalls).contains(given.index) else { return cutOff() }
        var piece = given
        if halves != nil {
            let isMarked = isMarked
            piece.arguments = Self.join(
                piece.arguments, &halves!.arguments[piece.index, default: TextHalves()], isMarked: isMarked)
        }
        guard take(piece.arguments.utf8.count + (piece.name?.utf8.count ?? 0) + (piece.id?.utf8.count ?? 0)) else {
            return
        }
        beginning.callsTool(text: &text)
        while calls.count <= piece.index { calls.append(CallProgress()) }
        if calls[piece.index].id.isEmpty { calls[piece.index].id = piece.id ?? "" }
        calls[piece.index].take(name: piece.name, arguments: piece.arguments)
        if let extra = piece.extraContent {
            calls[piece.index].extraContent = extra
            if calls[piece.index].isTold {
                toolCalls.append(ToolCallPiece(index: piece.index, arguments: "", extraContent: extra))
            }
        }
        if !piece.arguments.isEmpty { pass(piece.arguments, of: piece.index) }
    }

    /// Passes arguments on. Calls are told in their order, since clients put them into a list as they come.
    private mutating func pass(_ arguments: String, of index: Int) {
        for earlier in calls.indices.prefix(index) where !calls[earlier].isTold && !calls[earlier].name.isEmpty {
            tell("", of: earlier)
        }
        if calls[index].isTold {
            toolCalls.append(ToolCallPiece(index: index, arguments: arguments))
        } else {
            tell(arguments, of: index)
        }
    }

    private mutating func tell(_ arguments: String, of index: Int) {
        calls[index].isTold = true
        if calls[index].id.isEmpty { calls[index].id = CallProgress.newID() }
        toolCalls.append(
            ToolCallPiece(
                index: index, id: calls[index].id, name: calls[index].name, arguments: arguments,
                extraContent: calls[index].extraContent))
    }

    /// Takes the reason why the answer has ended, as the provider gives it.
    mutating func finish(_ reason: FinishReason) {
        guard !wasCutOff else { return }
        if finishReason == nil || finishReason == .stop { finishReason = reason }
        bytesAtReason = textBytes
    }

    /// Takes the tokens used; nil for what is not told. The last ones count, since some providers report a growing usage with
    /// every event; where they cannot be, there is no usage.
    mutating func take(promptTokens: Int64?, completionTokens: Int64?) {
        if promptTokens == nil, completionTokens == nil { return }
        usage = nil
        guard let prompt = Self.count(promptTokens), let completion = Self.count(completionTokens) else { return }
        usage = Usage(promptTokens: prompt, completionTokens: completion)
    }

    /// Takes the provider's details of its token counts; nil keeps the earlier ones.
    mutating func take(cachedTokens: Int64?, cacheCreationTokens: Int64? = nil, reasoningTokens: Int64? = nil) {
        if let count = Self.count(cachedTokens) { usageDetails.cachedTokens = count }
        if let count = Self.count(cacheCreationTokens) { usageDetails.cacheCreationTokens = count }
        if let count = Self.count(reasoningTokens) { usageDetails.reasoningTokens = count }
    }

    /// A number of tokens that can be: no model reads or writes more.
    private static func count(_ value: Int64?) -> Int? {
        guard let value, (0...10_000_000).contains(value) else { return nil }
        return Int(value)
    }

    mutating func take(model name: String?) {
        if model == nil, let name, !name.isEmpty { model = name.withoutFolders }
    }

    private mutating func take(text piece: UnsafeBufferPointer<UInt8>) {
        guard take(piece.count) else { return }
        if beginning.isOver {
            text.append(utf8: piece)
        } else {
            beginning.take(piece, text: &text, reasoning: &reasoning)
        }
    }

    private mutating func take(_ bytes: Int) -> Bool {
        guard !wasCutOff, textBytes + bytes <= maximumBytes else {
            cutOff()
            return false
        }
        textBytes += bytes
        if finishReason != nil, bytes > 0 { wentOn = true }
        return true
    }

    private mutating func cutOff() {
        wasCutOff = true
        finishReason = .length
    }

    private static func join(_ arguments: String, _ halves: inout TextHalves, isMarked: Bool) -> String {
        let joined = Array(arguments.utf8).withUnsafeBufferPointer { halves.join($0, isMarked: isMarked) }
        return String(decoding: joined, as: UTF8.self)
    }
}

extension JSONElement {
    /// A number of tokens as it is told: nil for none, and a number that cannot be for anything else than a whole number.
    var tokenCount: Int64? { isNull ? nil : integer ?? -1 }
}

extension Answer {
    /// Numbers of tokens together: nil when one of them is missing, and a number that cannot be where one is.
    static func sum(_ counts: [Int64?]) -> Int64? {
        counts.reduce(0) { sum, count in
            guard let sum, let count else { return nil }
            let (total, overflow) = sum.addingReportingOverflow(count)
            return overflow || sum < 0 || count < 0 ? -1 : total
        }
    }
}

// MARK: - The end

/// What a provider's answers are like, where the kind does not tell.
struct AnswerRules: Sendable {
    /// It may send no finish reason: the terminator alone ends its answers.
    var finishReasonIsOptional = false
    /// A block `<think>…</think>` at the beginning of a text is reasoning.
    var readsThinkTags = true
}

/// How a response came to its end.
enum ResponseEnd: Sendable {
    /// As its framing says.
    case body
    /// The connection was closed, which may be the body's end or a break: it has no framing.
    case close
    /// The connection broke, or was given up.
    case broken
}

extension Answer {
    /// The provider has finished the answer, and nothing but usage and the terminator has followed: whatever happens now takes
    /// nothing away from it.
    var isFinished: Bool { endsInReason && !wentOn && hasContent && calls.allSatisfy(\.isWhole) }

    /// Whether the answer reached its end.
    ///
    /// A finish reason counts when nothing followed it. Where more did, which has been seen with a reason in every chunk and
    /// with one on a thought, no reason of this answer proves anything on a connection that broke.
    func isComplete(at end: ResponseEnd, hasTerminator: Bool) -> Bool {
        if wasCutOff { return true }
        let isOver = isTerminated || end == .body
        if endsInReason { return isOver || (!wentOn && (end == .close || hasContent)) }
        return rules.finishReasonIsOptional && hasContent && (isTerminated || (end == .body && !hasTerminator))
    }

    /// Completes what was held back: the answer has come to its end.
    mutating func end() {
        if halves != nil {
            // What is completed here came before the reason.
            let (endsInReason, wentOn) = (endsInReason, wentOn)
            defer {
                if endsInReason { bytesAtReason = textBytes }
                self.wentOn = wentOn
            }
            halves!.text.rest().withUnsafeBufferPointer { take(text: $0) }
            let thought = halves!.reasoning.rest()
            if take(thought.count) { reasoning.append(utf8: thought) }
            for (index, var rest) in halves!.arguments {
                let arguments = String(decoding: rest.rest(), as: UTF8.self)
                if !arguments.isEmpty { append(toolCall: ToolCallPiece(index: index, arguments: arguments)) }
            }
            halves = nil
        }
        beginning.end(text: &text, reasoning: &reasoning)
        for index in calls.indices where !calls[index].hasArguments && calls[index].isWhole {
            // A tool without parameters is called without arguments; to a client they are an object all the same. A limit may
            // have cut them off.
            if finishReason != .length { pass("{}", of: index) } else if !calls[index].isTold { tell("", of: index) }
        }
        // Some providers say `stop` when a tool is called, and some always do; a reason that promises calls must have some.
        if finishReason == .stop, !calls.isEmpty { finishReason = .toolCalls }
        if finishReason == .toolCalls, calls.isEmpty { finishReason = .stop }
    }

    /// Why an answer that reached its end is none: there is nothing in it, or a tool's call breaks off.
    var fault: (kind: ModelError.Kind, detail: String)? {
        // A judgement on the content needs no words, and our own limit leaves what it leaves.
        if finishReason == .contentFilter || wasCutOff { return nil }
        if !beginning.isOver, calls.isEmpty {
            let limit = finishReason == .length ? "; the limit on its length was met before" : ""
            return (.emptyAnswer, "the answer has neither text nor a tool's call\(limit)")
        }
        // A limit cuts calls as it cuts text, and the reason says so.
        if finishReason != .length, let index = calls.firstIndex(where: { !$0.isWhole }) {
            return (.malformed, "the arguments of the answer's tool call \(index) end in the middle")
        }
        return nil
    }

    private var endsInReason: Bool { finishReason != nil && bytesAtReason == textBytes }
    private var hasContent: Bool { beginning.isOver || !calls.isEmpty || finishReason == .contentFilter }
}
