import Scheduling

/// How long an answer is waited for, while it has not begun and while it goes on. Pure: the times are given.
///
/// Of the clocks on a call, connecting and the total are the HTTP client's; these are the others. They look at what the
/// answer is made of: headers, comments and pings keep no silent model alive.
struct AnswerClocks: Sendable {
    struct Limits: Sendable, Equatable {
        /// From the request to the first text, reasoning or tool call; nil waits without end.
        var firstTokenMilliseconds: Int?
        /// Without a byte, once the answer has begun; nil waits without end.
        var idleMilliseconds: Int?
        /// Tokens a second, over the last 10 to 11 seconds; 0 for none. A piece, or four bytes, count as a token, whichever
        /// gives more.
        var minimumTokensPerSecond = 0.0
    }

    /// Which clock has run out.
    enum Expiry: Equatable {
        case firstToken(milliseconds: Int)
        case idle(milliseconds: Int)
        case throughput(tokensPerSecond: Double, minimum: Double)
    }

    /// How long the usage and the terminator are waited for once the answer has its finish reason.
    static let endMilliseconds = 5_000

    /// A whole answer, which comes at once: only its beginning is waited for.
    var isWhole = false
    /// The answer has its finish reason.
    var hasEnded = false

    private let limits: Limits
    private let start: MonotonicTime
    private var lastByte: MonotonicTime
    private var firstToken: MonotonicTime?
    private var window = ThroughputWindow()

    init(_ limits: Limits, start: MonotonicTime) {
        self.limits = limits
        self.start = start
        lastByte = start
    }

    /// Bytes have come, whatever they are.
    mutating func heard(at now: MonotonicTime) { lastByte = now }

    /// Text, reasoning or tool calls have come.
    mutating func produced(pieces: Int, bytes: Int, at now: MonotonicTime) {
        if firstToken == nil { firstToken = now }
        guard limits.minimumTokensPerSecond > 0, let firstToken else { return }
        window.add(pieces: pieces, bytes: bytes, at: now.milliseconds(since: firstToken))
    }

    /// The clock that has run out; nil while none has.
    mutating func expiry(at now: MonotonicTime) -> Expiry? {
        guard let firstToken else {
            guard let limit = limits.firstTokenMilliseconds, now.milliseconds(since: start) >= limit else { return nil }
            return .firstToken(milliseconds: limit)
        }
        guard !isWhole else { return nil }
        let idleLimit = hasEnded ? min(limits.idleMilliseconds ?? .max, Self.endMilliseconds) : limits.idleMilliseconds
        if let idleLimit, now.milliseconds(since: lastByte) >= idleLimit { return .idle(milliseconds: idleLimit) }
        guard limits.minimumTokensPerSecond > 0, !hasEnded,
            let rate = window.tokensPerSecond(at: now.milliseconds(since: firstToken)),
            rate < limits.minimumTokensPerSecond
        else { return nil }
        return .throughput(tokensPerSecond: rate, minimum: limits.minimumTokensPerSecond)
    }
}

extension AnswerClocks.Expiry: CustomStringConvertible {
    var description: String {
        switch self {
        case .firstToken(let milliseconds): "first-token clock: no part of the answer within \(milliseconds) ms"
        case .idle(let milliseconds): "idle clock: the provider sent nothing for \(milliseconds) ms"
        case .throughput(let rate, let minimum):
            "throughput clock: \((rate * 10).rounded() / 10) tokens a second, fewer than \(minimum)"
        }
    }
}

/// What came in the last seconds, second by second.
private struct ThroughputWindow: Sendable {
    private static var secondMilliseconds: Int { 1000 }
    /// The running second and the ten before it.
    private static var seconds: Int { 11 }

    private var pieces = InlineArray<11, Int>(repeating: 0)
    private var bytes = InlineArray<11, Int>(repeating: 0)
    /// The running second, counted from the first token.
    private var current = 0

    mutating func add(pieces count: Int, bytes length: Int, at milliseconds: Int) {
        advance(to: milliseconds / Self.secondMilliseconds)
        pieces[current % Self.seconds] += count
        bytes[current % Self.seconds] += length
    }

    /// Nil in the first ten seconds: a model may take a breath after its first word.
    mutating func tokensPerSecond(at milliseconds: Int) -> Double? {
        advance(to: milliseconds / Self.secondMilliseconds)
        guard current >= Self.seconds - 1 else { return nil }
        var sum = (pieces: 0, bytes: 0)
        for second in 0..<Self.seconds {
            sum.pieces += pieces[second]
            sum.bytes += bytes[second]
        }
        let begin = (current - (Self.seconds - 1)) * Self.secondMilliseconds
        return Double(max(sum.pieces, sum.bytes / 4)) * 1000 / Double(max(1, milliseconds - begin))
    }

    private mutating func advance(to second: Int) {
        guard second > current else { return }
        for passed in max(current + 1, second - Self.seconds + 1)...second {
            pieces[passed % Self.seconds] = 0
            bytes[passed % Self.seconds] = 0
        }
        current = second
    }
}
