/// What a faulty provider does with one call. A value: an answer, and what goes wrong with it.
public struct Behaviour: Sendable {
    enum Opening: Sendable {
        case answer
        case refusal(Refusal)
        /// Another server's address.
        case redirect(String)
        /// HTML under 200.
        case page(String)
        /// So many mebibytes of zeros, gzipped, with the headers of an answer.
        case gzipBomb(mebibytes: Int)
    }

    /// A point of an answer. An answer that comes whole, and not as a stream, has only the first two of them and its middle.
    public enum Place: Sendable, Equatable {
        /// The request has been read, nothing is said.
        case beforeHead
        /// The response's head has been sent.
        case head
        /// So many tokens have been sent.
        case afterTokens(Int)
        /// So many tokens have been sent, and the first half of the next one's event.
        case midEvent(afterTokens: Int)
        /// All tokens and tools' calls have been sent, nothing of the end has.
        case beforeFinish
        /// The finish reason has been sent; the usage and the terminator have not, where they are events of their own.
        case afterFinish
    }

    /// How an answer breaks.
    public enum Break: Sendable {
        /// The body ends as it should. At `.beforeHead` the connection closes.
        case endOfBody
        /// The connection closes, and the body has not ended.
        case close
        /// A TCP reset, once the client has read what was sent.
        case reset
        /// Nothing more comes, until the client leaves.
        case silence
        /// Only pings and comments come, until the client leaves.
        case pings(everyMilliseconds: Int)
        /// The vendor's error object in the stream, and the end of the body.
        case error(Cause)
    }

    /// Something in a stream that is no part of the answer.
    public enum Insertion: Sendable {
        /// The vendor's ping, or a comment where it has none.
        case ping
        /// An event with half of a JSON document.
        case halfDocument
        /// An event that is no JSON.
        case noDocument
        /// A document of a type that no vendor has.
        case unknownEvent
        /// So many bytes without a line's end.
        case longLine(bytes: Int)
    }

    /// How long to wait. Waiting ends when the client leaves, and so does the answer.
    public enum Wait: Sendable {
        case signal(Signal)
        case milliseconds(Int)
    }

    /// How a stream is cut into pieces.
    public enum Delivery: Sendable {
        /// Each event a piece.
        case events
        /// All that comes without waiting in one piece.
        case together
        /// Each byte a piece.
        case bytes
        /// Each byte a piece, with time between them.
        case trickle(everyMilliseconds: Int)
    }

    public enum LineEnd: String, CaseIterable, Sendable {
        case lf = "\n"
        case cr = "\r"
        case crlf = "\r\n"
    }

    var opening = Opening.answer
    var answer = ScriptedAnswer([])
    var waitBeforeHead: Wait?
    /// Before the token of this number, from 0.
    var waits: [Int: Wait] = [:]
    var waitBetweenTokens: Wait?
    var insertions: [Int: [Insertion]] = [:]
    var breaking: (place: Place, how: Break)?
    var delivery = Delivery.events
    /// Nil is the vendor's own.
    var lineEnd: LineEnd?
    var hasByteOrderMark = false
    var hasComments = false
    var escapesUnicode = false
}

extension Behaviour {
    /// Everything goes well.
    public static func answers(_ answer: ScriptedAnswer) -> Behaviour {
        var behaviour = Behaviour()
        behaviour.answer = answer
        return behaviour
    }

    public static func answers(_ tokens: String...) -> Behaviour { .answers(ScriptedAnswer(tokens)) }

    /// A status other than 200 with the vendor's words.
    public static func refuses(_ cause: Cause, retryAfter: RetryAfterHeader? = nil) -> Behaviour {
        Behaviour(opening: .refusal(Refusal(cause: cause, retryAfter: retryAfter)))
    }

    /// Nothing is said before it breaks.
    public static func breaks(_ how: Break, at place: Place = .beforeHead) -> Behaviour {
        Behaviour(breaking: (place, how))
    }

    /// 307 to another server, which would get the same request with its key.
    public static func redirects(to address: String) -> Behaviour { Behaviour(opening: .redirect(address)) }

    /// What a captive portal or a proxy says: HTML under 200.
    public static func showsPage(_ html: String = "<!DOCTYPE html><html><body>Sign in</body></html>") -> Behaviour {
        Behaviour(opening: .page(html))
    }

    public static func sendsGzipBomb(mebibytes: Int) -> Behaviour {
        Behaviour(opening: .gzipBomb(mebibytes: mebibytes))
    }

    // MARK: - What goes wrong with an answer

    public func waiting(beforeHead wait: Wait) -> Behaviour { with { $0.waitBeforeHead = wait } }

    public func waiting(_ wait: Wait, beforeToken number: Int) -> Behaviour { with { $0.waits[number] = wait } }

    public func waitingBetweenTokens(_ wait: Wait) -> Behaviour { with { $0.waitBetweenTokens = wait } }

    public func inserting(_ insertion: Insertion..., beforeToken number: Int) -> Behaviour {
        with { $0.insertions[number, default: []] += insertion }
    }

    public func breaking(_ how: Break, at place: Place) -> Behaviour { with { $0.breaking = (place, how) } }

    // MARK: - How it is written

    public func delivered(_ delivery: Delivery) -> Behaviour { with { $0.delivery = delivery } }

    public func lineEnds(_ end: LineEnd) -> Behaviour { with { $0.lineEnd = end } }

    /// U+FEFF before the first event.
    public func markingByteOrder() -> Behaviour { with { $0.hasByteOrderMark = true } }

    /// A comment before each event.
    public func commenting() -> Behaviour { with { $0.hasComments = true } }

    /// JSON with `\u00e9` in the place of é, and surrogate pairs beyond U+FFFF.
    public func escapingUnicode() -> Behaviour { with { $0.escapesUnicode = true } }

    private func with(_ change: (inout Behaviour) -> Void) -> Behaviour {
        var changed = self
        change(&changed)
        return changed
    }
}

/// What a faulty provider does with its calls.
public enum Script: Sendable, ExpressibleByArrayLiteral {
    /// One behaviour a call; the last one repeats.
    case inOrder([Behaviour])
    /// Up at first; `FaultyProvider.isUp` says which of the two it is.
    case health(up: Behaviour, down: Behaviour)

    public init(arrayLiteral elements: Behaviour...) { self = .inOrder(elements) }
}

extension Behaviour {
    /// What the answer says that it took.
    public var completionTokens: Int { answer.completionTokens }
}

extension Behaviour: CustomStringConvertible {
    public var description: String {
        let fault = breaking.map { "\($0.how) at \($0.place)" }
        let inserted = insertions.values.flatMap(\.self).map { "\($0)" }
        return (["\(opening)", fault].compactMap(\.self) + inserted).joined(separator: ", ")
    }
}
