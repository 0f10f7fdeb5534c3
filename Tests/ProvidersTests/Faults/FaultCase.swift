import Chat
import ProviderFaults
import Testing

/// What a provider does with a call, and what its caller gets.
struct FaultCase: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable {
        case answer(finish: String = "stop", usage: TokensCounted = .reported)
        case failure(ModelError.Kind)
    }

    enum TokensCounted: Sendable {
        case reported
        /// The provider's word did not come, where it is an event of its own.
        case estimatedWithOpenAI
    }

    var name: String
    var behaviour: Behaviour
    var outcome: Outcome
    /// The text that the caller has in the end.
    var text: String
    var clocks = Clocks()
    /// Whether the caller gives up, so that the provider sees its connection close.
    var closes = false
    /// The kinds that it can happen with.
    var kinds = ProviderKind.allCases

    var testDescription: String { name }

    /// "w0 w1 w2 w3 w4 ", and "w0 w1 ".
    static let answer = ScriptedAnswer.words(5)
    static let beginning = "w0 w1 "

    static let eventStreams: [ProviderKind] = [.openai, .azure, .anthropic, .gemini]

    // MARK: - Nothing that matters

    private static func well(
        _ name: String, _ behaviour: Behaviour, usage: TokensCounted = .reported,
        kinds: [ProviderKind] = ProviderKind.allCases
    ) -> FaultCase {
        FaultCase(name: name, behaviour: behaviour, outcome: .answer(usage: usage), text: answer.text, kinds: kinds)
    }

    static let answered: [FaultCase] =
        [
            well("an answer", .answers(answer)),
            well("an answer in one piece", .answers(answer).delivered(.together)),
            well("an answer byte by byte", .answers(answer).delivered(.bytes)),
            well("a byte order mark, byte by byte", .answers(answer).markingByteOrder().delivered(.bytes)),
            well("comments", .answers(answer).commenting().delivered(.bytes), kinds: eventStreams),
            well("pings", .answers(answer).inserting(.ping, .ping, beforeToken: 0).inserting(.ping, beforeToken: 3)),
            well("an event that nobody knows", .answers(answer).inserting(.unknownEvent, beforeToken: 2)),
            well(
                "no terminator after the finish reason", .answers(answer).breaking(.endOfBody, at: .afterFinish),
                usage: .estimatedWithOpenAI),
            well(
                "a connection that closes after the finish reason",
                .answers(answer).breaking(.close, at: .afterFinish), usage: .estimatedWithOpenAI),
            FaultCase(
                name: "silence after the finish reason",
                behaviour: .answers(answer).breaking(.silence, at: .afterFinish).delivered(.together),
                outcome: .answer(usage: .estimatedWithOpenAI), text: answer.text,
                clocks: Clocks(idleMilliseconds: 50)),
            // A chatty line is not a silent one, before the first token and after it.
            well(
                "pings for a while before a token",
                .answers(answer).inserting(.ping, .ping, .ping, beforeToken: 4).waitingBetweenTokens(.milliseconds(1))),
            FaultCase(
                name: "an answer that is cut off for its length",
                behaviour: .answers(ScriptedAnswer(["as far ", "as "], finish: .length)),
                outcome: .answer(finish: "length"), text: "as far as "),
            FaultCase(
                name: "an answer that the provider's filter ends",
                behaviour: .answers(ScriptedAnswer(["as far ", "as "], finish: .contentFilter)),
                outcome: .answer(finish: "content_filter"), text: "as far as ",
                kinds: [.openai, .azure, .anthropic, .gemini]),
        ]
        + Behaviour.LineEnd.allCases.flatMap { end in
            [
                well("line ends \(end)", .answers(answer).lineEnds(end)),
                well("line ends \(end), byte by byte", .answers(answer).lineEnds(end).delivered(.bytes)),
            ]
        }
        + [false, true].map { escapes in
            let behaviour = Behaviour.answers("Grü", "ße, ", "\u{65}\u{301} ", "日本", "👩‍👩‍👧 ", "\"\\\n\t\u{1}").delivered(
                .bytes)
            return FaultCase(
                name: escapes ? "letters escaped" : "letters cut in the middle",
                behaviour: escapes ? behaviour.escapingUnicode() : behaviour, outcome: .answer(),
                text: "Grüße, \u{65}\u{301} 日本👩‍👩‍👧 \"\\\n\t\u{1}")
        }

    // MARK: - Refusals

    static let refused: [FaultCase] = Cause.allCases.map { cause in
        fails("a refusal: \(cause)", .refuses(cause), kind(of: cause), kinds: kinds(with: cause))
    }

    /// Ollama judges no content.
    static func kinds(with cause: Cause) -> [ProviderKind] {
        cause == .contentPolicy ? eventStreams : ProviderKind.allCases
    }

    static func kind(of cause: Cause) -> ModelError.Kind {
        switch cause {
        case .rateLimited: .rateLimited
        case .serverError, .badGateway, .unavailable, .overloaded: .unavailable
        case .badKey: .unauthorized
        case .contextLength: .contextLengthExceeded
        case .contentPolicy: .contentPolicy
        case .invalidRequest: .invalidRequest
        case .unknownModel: .notFound
        }
    }

    // MARK: - Lines that break

    private static func fails(
        _ name: String, _ behaviour: Behaviour, _ kind: ModelError.Kind, text: String = "", clocks: Clocks = Clocks(),
        closes: Bool = false, kinds: [ProviderKind] = ProviderKind.allCases
    ) -> FaultCase {
        FaultCase(
            name: name, behaviour: behaviour, outcome: .failure(kind), text: text, clocks: clocks, closes: closes,
            kinds: kinds)
    }

    private static func afterTwo(_ how: Behaviour.Break) -> Behaviour {
        .answers(answer).breaking(how, at: .afterTokens(2))
    }

    private static func inThird(_ how: Behaviour.Break) -> Behaviour {
        .answers(answer).breaking(how, at: .midEvent(afterTokens: 2))
    }

    static let broken: [FaultCase] = [
        fails("a reset before the head", .breaks(.reset), .unavailable),
        fails("a connection that closes before the head", .breaks(.close), .unavailable),
        fails("a reset after the head", .breaks(.reset, at: .head), .interrupted),
        fails("a connection that closes after the head", .breaks(.close, at: .head), .interrupted),
        fails("a stream without anything", .breaks(.endOfBody, at: .head), .malformed),
        fails("a reset after tokens", afterTwo(.reset), .interrupted, text: beginning),
        fails("a connection that closes after tokens", afterTwo(.close), .interrupted, text: beginning),
        fails("an end after tokens, without finish reason", afterTwo(.endOfBody), .interrupted, text: beginning),
        fails(
            "an end after all tokens, without finish reason",
            .answers(answer).breaking(.endOfBody, at: .afterTokens(5)), .interrupted, text: answer.text),
        fails("a reset in an event", inThird(.reset), .interrupted, text: beginning),
        fails("a connection that closes in an event", inThird(.close), .interrupted, text: beginning),
        fails("an end in an event", inThird(.endOfBody), .interrupted, text: beginning),
    ]

    // MARK: - Silence

    // In one piece, so that a busy machine makes no silence between two tokens.
    static let silent: [FaultCase] = [
        fails(
            "nothing but pings", .breaks(.pings(everyMilliseconds: 5), at: .head), .timeout,
            clocks: Clocks(firstTokenMilliseconds: 50), closes: true),
        fails(
            "silence before the head", .breaks(.silence), .timeout, clocks: Clocks(firstTokenMilliseconds: 50),
            closes: true),
        fails(
            "silence before the first token", .breaks(.silence, at: .head), .timeout,
            clocks: Clocks(firstTokenMilliseconds: 50), closes: true),
        fails(
            "silence after tokens", afterTwo(.silence).delivered(.together), .timeout, text: beginning,
            clocks: Clocks(idleMilliseconds: 50), closes: true),
        fails(
            "silence in an event", inThird(.silence).delivered(.together), .timeout, text: beginning,
            clocks: Clocks(idleMilliseconds: 50),
            closes: true),
    ]

    // MARK: - Errors and nonsense in the stream

    static let nonsense: [FaultCase] = [
        fails(
            "half a document in an event", .answers(answer).inserting(.halfDocument, beforeToken: 2), .malformed,
            text: beginning),
        fails(
            "words that are no document", .answers(answer).inserting(.noDocument, beforeToken: 2), .unavailable,
            text: beginning),
        fails("a page under 200", .showsPage(), .malformed),
        fails("a gzip bomb", .sendsGzipBomb(mebibytes: 64), .malformed),
        fails(
            "a line of 100 MB", .answers(answer).inserting(.longLine(bytes: 100_000_000), beforeToken: 2), .tooLarge,
            text: beginning, closes: true),
    ]

    static let reported: [FaultCase] = [Cause.rateLimited, .serverError, .overloaded].map { cause in
        // In a stream, Ollama's mere text does not tell one sort from the other.
        fails(
            "an error in the stream: \(cause)", afterTwo(.error(cause)), kind(of: cause), text: beginning,
            kinds: cause == .rateLimited ? eventStreams : ProviderKind.allCases)
    }

    static let all = answered + refused + broken + silent + nonsense + reported
}

/// A case with one kind of provider.
struct FaultOfKind: Sendable, CustomTestStringConvertible {
    var fault: FaultCase
    var kind: ProviderKind

    var testDescription: String { "\(kind.rawValue): \(fault.name)" }

    static func all(_ kinds: [ProviderKind]) -> [FaultOfKind] {
        FaultCase.all.flatMap { fault in
            kinds.filter(fault.kinds.contains).map { FaultOfKind(fault: fault, kind: $0) }
        }
    }
}
