import Scheduling

/// How long an answer is waited for, while it has not begun and while it goes on. Pure: the times are given.
///
/// Of the clocks on a call, connecting and the total are the HTTP client's; these are the others. What moves them is the
/// answer alone: headers, comments, pings, empty pieces and counts of tokens keep no silent model alive.
struct AnswerClocks: Sendable {
    struct Limits: Sendable, Equatable {
        /// From the request to the first text, reasoning or tool call; nil waits without end.
        var firstTokenMilliseconds: Int?
        /// Without any more of them, once the answer has begun; nil waits without end.
        var idleMilliseconds: Int?
        /// Tokens a second, over the last 30 to 33 seconds; 0 for none. A piece, or four bytes, count as a token, whichever
        /// gives more.
        var minimumTokensPerSecond = 0.0
    }

    /// Which clock has run out.
    enum Expiry: Equatable {
        case firstToken(milliseconds: Int)
        case idle(milliseconds: Int)
        case throughput(tokensPerSecond: Double, minimum: Double)
    }

    /// How long the usage and the terminator are waited for once the answer has its finish reason, whatever else comes.
    static let endMilliseconds = 5_000
    /// A whole answer is written when its first byte comes, so the rest has only a line to pass: so many bytes count as one.
    private static let wholeBytes = 16

    /// A whole answer, which comes at once.
    var isWhole = false

    private let limits: Limits
    private let start: MonotonicTime
    private var firstToken: MonotonicTime?
    private var lastToken: MonotonicTime
    private var endedAt: MonotonicTime?
    private var window = ThroughputWindow()

    init(_ limits: Limits, start: MonotonicTime) {
        self.limits = limits
        self.start = start
        lastToken = start
    }

    /// Text, reasoning or tool calls have come, or bytes of a whole answer.
    mutating func produced(pieces: Int, bytes: Int, at now: MonotonicTime) {
        if firstToken == nil { firstToken = now }
        lastToken = now
        guard limits.minimumTokensPerSecond > 0, let firstToken else { return }
        let (pieces, bytes) = isWhole ? (0, bytes / Self.wholeBytes) : (pieces, bytes)
        window.add(pieces: pieces, bytes: bytes, at: now.milliseconds(since: firstToken))
    }

    /// Whether the answer has its finish reason.
    mutating func tell(hasEnded: Bool, at now: MonotonicTime) { endedAt = hasEnded ? endedAt ?? now : nil }

    /// The clock that has run out; nil while none has.
    mutating func expiry(at now: MonotonicTime) -> Expiry? {
        if let endedAt {
            let limit = min(limits.idleMilliseconds ?? .max, Self.endMilliseconds)
            return now.milliseconds(since: endedAt) >= limit ? .idle(milliseconds: limit) : nil
        }
        guard let firstToken else {
            guard let limit = limits.firstTokenMilliseconds, now.milliseconds(since: start) >= limit else { return nil }
            return .firstToken(milliseconds: limit)
        }
        if let limit = limits.idleMilliseconds, now.milliseconds(since: lastToken) >= limit {
            return .idle(milliseconds: limit)
        }
        guard limits.minimumTokensPerSecond > 0,
            let rate = window.tokensPerSecond(at: now.milliseconds(since: firstToken)),
            rate < limits.minimumTokensPerSecond,
            // Silence is the idle clock's affair, where there is one.
            rate > 0 || limits.idleMilliseconds == nil || isWhole
        else { return nil }
        return .throughput(tokensPerSecond: rate, minimum: limits.minimumTokensPerSecond)
    }
}

extension AnswerClocks.Expiry: CustomStringConvertible {
    var description: String {
        switch self {
        case .firstToken(let milliseconds): "first-token clock: no part of the answer within \(milliseconds) ms"
        case .idle(let milliseconds): "idle clock: no more of the answer for \(milliseconds) ms"
        case .throughput(let rate, let minimum):
            "throughput clock: \((rate * 10).rounded() / 10) tokens a second, fewer than \(minimum)"
        }
    }
}

/// What came in the last half minute.
private struct ThroughputWindow: Sendable {
    private static var slotMilliseconds: Int { 3_000 }
    /// The running slot and the ten before it.
    private static var slots: Int { 11 }

    private var pieces = InlineArray<11, Int>(repeating: 0)
    private var bytes = InlineArray<11, Int>(repeating: 0)
    /// The running slot, counted from the first token.
    private var current = 0

    mutating func add(pieces count: Int, bytes length: Int, at milliseconds: Int) {
        advance(to: milliseconds / Self.slotMilliseconds)
        pieces[current % Self.slots] += count
        bytes[current % Self.slots] += length
    }

    /// Nil in the first half minute: a model may take a breath after its first word.
    mutating func tokensPerSecond(at milliseconds: Int) -> Double? {
        advance(to: milliseconds / Self.slotMilliseconds)
        guard current >= Self.slots - 1 else { return nil }
        var sum = (pieces: 0, bytes: 0)
        for slot in 0..<Self.slots {
            sum.pieces += pieces[slot]
            sum.bytes += bytes[slot]
        }
        let begin = (current - (Self.slots - 1)) * Self.slotMilliseconds
        return Double(max(sum.pieces, sum.bytes / 4)) * 1000 / Double(max(1, milliseconds - begin))
    }

    private mutating func advance(to slot: Int) {
        guard slot > current else { return }
        for passed in max(current + 1, slot - Self.slots + 1)...slot {
            pieces[passed % Self.slots] = 0
            bytes[passed % Self.slots] = 0
        }
        current = slot
    }
}
