import Chat
import ProviderFaults
import Testing

/// What a provider sends, and whether that is an answer that reached its end.
struct EndingCase: Sendable, CustomTestStringConvertible {
    enum Close: Sendable { case body, reset, connection }

    var name: String
    /// Nil for a kind that cannot send it.
    var stream: (@Sendable (VendorWire) -> String?)?
    var whole: (@Sendable (VendorWire) -> String?)?
    var close = Close.body
    var contentType: String?
    /// What comes of it.
    var end: End

    enum End: Sendable {
        case complete(String, reason: String = "stop", usage: [Int]? = nil)
        /// The error of a chain without another route, and the text that was given before.
        case fails(ModelError.Kind, after: String = "")
    }

    var testDescription: String { name }

    private static let half = "half of "
    private static let rest = "the answer"
    static let answer = half + rest

    /// Half of the answer, then this.
    private static func afterHalf(
        _ name: String, _ kind: ModelError.Kind, close: Close = .body,
        _ more: @escaping @Sendable (VendorWire) -> String?
    ) -> EndingCase {
        EndingCase(
            name: name,
            stream: { wire -> String? in
                guard let events = more(wire) else { return nil }
                return wire.opening + wire.text(half) + events
            }, close: close, end: .fails(kind, after: half))
    }

    private static func complete(
        _ name: String, _ text: String = answer, reason: String = "stop", usage: [Int]? = [3, 5], close: Close = .body,
        type: String? = nil, stream: @escaping @Sendable (VendorWire) -> String?,
        whole: (@Sendable (VendorWire) -> String?)? = nil
    ) -> EndingCase {
        EndingCase(
            name: name,
            stream: { wire -> String? in
                guard let events = stream(wire) else { return nil }
                return wire.opening + events
            }, whole: whole, close: close, contentType: type, end: .complete(text, reason: reason, usage: usage))
    }

    // MARK: - Finish reasons

    static let reasons: [EndingCase] = [
        complete("text, a reason, the terminator") {
            $0.text(half) + $0.text(rest) + $0.finish() + $0.terminator
        } whole: {
            $0.whole(answer, reason: $0.word(for: .stop))
        },
        complete("text, a reason, and no more", close: .connection) { $0.text(half) + $0.text(rest) + $0.finish() },
        complete("text, a reason, and a reset", close: .reset) { $0.text(half) + $0.text(rest) + $0.finish() },
        afterHalf("a terminator without a reason", .interrupted) { $0.terminator },
        EndingCase(
            name: "a whole answer without a reason", whole: { $0.whole(answer, reason: nil) },
            end: .fails(.interrupted)),
        EndingCase(
            name: "a reason in every chunk, then a reset", stream: { everyChunk($0, "half ", "of ") }, close: .reset,
            end: .fails(.interrupted, after: half)),
        EndingCase(
            name: "a reason in every chunk, then the connection closes", stream: { everyChunk($0, "half ", "of ") },
            close: .connection, end: .fails(.interrupted, after: half)),
        complete("a reason in every chunk, to the end") { wire in
            guard let events = everyChunk(wire, half, rest) else { return nil }
            return events + (wire.kind == .gemini ? "" : wire.terminator)
        },
        complete("a thought with a reason, then the answer") { wire in
            guard wire.kind == .openai || wire.kind == .gemini else { return nil }
            return wire.thought("Hm.", reason: wire.word(for: .stop)) + wire.text(answer) + wire.finish()
                + wire.terminator
        },
        EndingCase(
            name: "a reason that text follows, then the terminator",
            stream: { wire in everyChunk(wire, half).map { $0 + wire.text(rest) + wire.terminator } },
            end: .fails(.interrupted, after: answer)),
        complete("length, then stop", reason: "length") { wire in
            guard wire.kind != .ollama else { return nil }
            return wire.text(answer) + wire.finish(.length) + wire.finish(.stop) + wire.terminator
        },
        complete("stop, then length", reason: "length") { wire in
            guard wire.kind != .ollama else { return nil }
            return wire.text(answer) + wire.finish(.stop) + wire.finish(.length) + wire.terminator
        },
    ]

    /// Text with `stop` in the same event, where the kind can say both.
    private static func everyChunk(_ wire: VendorWire, _ texts: String...) -> String? {
        switch wire.kind {
        case .openai, .azure, .gemini: texts.map { wire.text($0, reason: wire.word(for: .stop)) }.joined()
        case .anthropic: wire.opening + texts.map { wire.text($0) + wire.finish() }.joined()
        case .ollama: nil
        }
    }

    // MARK: - Errors in the stream

    static let errors: [EndingCase] = [
        afterHalf("an error member", .rateLimited) {
            $0.event(#"{"error":{"message":"slow down","code":429}}"#) + $0.terminator
        },
        afterHalf("an error event with JSON", .rateLimited) { wire in
            guard wire.kind != .ollama else { return nil }
            return wire.event(#"{"message":"slow down","type":"rate_limit_error"}"#, type: "error") + wire.terminator
        },
        afterHalf("an error event with plain words", .unavailable) { wire in
            guard wire.kind != .ollama else { return nil }
            return wire.event("upstream went away", type: "error") + wire.terminator
        },
        afterHalf("an error event with plain words and no blank line", .unavailable) { wire in
            guard wire.kind != .ollama else { return nil }
            return "event: error\ndata: upstream went away"
        },
        afterHalf("a field error (llama.cpp)", .unavailable) { wire in
            guard wire.kind != .ollama else { return nil }
            return #"error: {"code":500,"message":"slot failed","type":"server_error"}"# + "\n\n" + wire.terminator
        },
        afterHalf("message and code, not wrapped", .rateLimited) {
            $0.event(#"{"message":"slow down","code":"rate_limit_exceeded"}"#) + $0.terminator
        },
        afterHalf("nothing but a code", .rateLimited) { $0.event(#"{"code":429}"#) + $0.terminator },
        afterHalf("a type that is an error", .unavailable) {
            $0.event(#"{"type":"error","message":"overloaded"}"#) + $0.terminator
        },
        afterHalf("an error in an array", .rateLimited) {
            $0.event(#"[{"error":{"code":429,"message":"slow down"}}]"#) + $0.terminator
        },
        afterHalf("plain words", .unavailable) { $0.event("Internal Server Error") + $0.terminator },
        afterHalf("plain words with a status", .rateLimited) { $0.event("429 Too Many Requests") + $0.terminator },
        afterHalf("plain words in quotation marks", .timeout) { $0.event(#""upstream timed out""#) + $0.terminator },
        complete("an error after the reason and the whole text") { wire in
            guard wire.kind != .ollama else { return nil }
            return wire.text(answer) + wire.finish() + wire.event(#"{"error":{"message":"too late","code":500}}"#)
        },
        complete("plain words after the reason and the whole text") { wire in
            guard wire.kind != .ollama else { return nil }
            return wire.text(answer) + wire.finish() + wire.event("Internal Server Error")
        },
        EndingCase(
            name: "an error after a reason on a thought",
            stream: { wire in
                guard wire.kind != .ollama else { return nil }
                return wire.opening + wire.thought("Hm.") + wire.finish()
                    + wire.event(#"{"error":{"message":"x","code":429}}"#)
            }, end: .fails(.rateLimited)),
        EndingCase(
            name: "an error that is a whole answer", whole: { _ in #"{"code":429}"# }, end: .fails(.rateLimited)),
        EndingCase(
            name: "an error member that is a whole answer",
            whole: { _ in #"{"error":{"message":"slow down","code":429}}"# }, end: .fails(.rateLimited)),
        EndingCase(
            name: "message and code that are a whole answer",
            whole: { _ in #"{"message":"slow down","code":"rate_limit_exceeded"}"# }, end: .fails(.rateLimited)),
        EndingCase(
            name: "an error in an array that is a whole answer",
            whole: { _ in #"[{"error":{"code":503,"message":"overloaded"}}]"# }, end: .fails(.unavailable)),
    ]

    // MARK: - What cannot be read

    static let unreadable: [EndingCase] = [
        afterHalf("half of an event", .malformed) { wire in
            wire.event(String(wire.textData("lost").dropLast(12))) + wire.text(rest) + wire.finish() + wire.terminator
        },
        afterHalf("half of an escape", .malformed) {
            $0.text(#"\ud8"#) + $0.text(#"3d\ude00"#) + $0.finish() + $0.terminator
        },
        EndingCase(
            name: "half of a whole answer",
            whole: { String($0.whole(answer, reason: $0.word(for: .stop)).dropLast(12)) },
            end: .fails(.malformed)),
        EndingCase(
            name: "a whole answer that is cut", whole: { String($0.whole(answer, reason: nil).dropLast(12)) },
            close: .reset, end: .fails(.interrupted)),
        complete("a surrogate pair in two events", "word 😀 next end") {
            $0.text(#"word \ud83d"#) + $0.text(#"\ude00 next"#) + $0.text(" end") + $0.finish() + $0.terminator
        },
        complete("a surrogate pair in two events, with the reason in the second", "a 😀") { wire in
            guard wire.kind == .openai || wire.kind == .gemini else { return nil }
            return wire.text(#"a \ud83d"#) + wire.text(#"\ude00"#, reason: wire.word(for: .stop)) + wire.terminator
        },
        complete("a lone half", "a \u{FFFD} b") {
            $0.text(#"a \ud83d b"#) + $0.finish() + $0.terminator
        } whole: {
            $0.whole(#"a \ud83d b"#, reason: $0.word(for: .stop))
        },
        complete("a lone half at the end", "a \u{FFFD}") { $0.text(#"a \ud83d"#) + $0.finish() + $0.terminator },
        complete("a lone second half", "a \u{FFFD}b") { $0.text("a ") + $0.text(#"\ude00b"#) + $0.finish() },
        complete("two first halves", "\u{FFFD}😀") { $0.text(#"\ud83d\ud83d"#) + $0.text(#"\ude00"#) + $0.finish() },
        EndingCase(
            name: "halves in a thought",
            stream: { $0.opening + $0.thought(#"\ud83d"#) + $0.thought(#"\ude00"#) + $0.text(answer) + $0.finish() },
            end: .complete(answer)),
        complete("a control character in a string", "a\tb") { $0.text("a\tb") + $0.finish() },
        complete("events without data", answer) { wire in
            wire.kind == .ollama ? nil : wire.event("") + wire.text(answer) + wire.event(" ") + wire.finish()
        },
        complete("a ping that is no JSON", answer) { wire in
            wire.kind == .ollama ? nil : wire.event("pong", type: "ping") + wire.text(answer) + wire.finish()
        },
    ]

    // MARK: - Nothing in it

    static let empty: [EndingCase] = [
        EndingCase(
            name: "a reason and nothing else", stream: { $0.opening + $0.finish() + $0.terminator },
            whole: { $0.whole(nil, reason: $0.word(for: .stop)) }, end: .fails(.emptyAnswer)),
        EndingCase(
            name: "nothing but white space",
            stream: { $0.opening + $0.text(#"\n\n"#) + $0.text(#" \u00a0"#) + $0.finish() + $0.terminator },
            whole: { $0.whole(#" \n"#, reason: $0.word(for: .stop)) }, end: .fails(.emptyAnswer)),
        EndingCase(
            name: "thoughts alone", stream: { $0.opening + $0.thought("Hm.") + $0.finish() + $0.terminator },
            whole: { $0.whole("", reason: $0.word(for: .stop), thought: "Hm.") }, end: .fails(.emptyAnswer)),
        EndingCase(
            name: "thoughts up to the limit", stream: { $0.opening + $0.thought("Hm.") + $0.finish(.length) },
            whole: { $0.whole("", reason: $0.word(for: .length), thought: "Hm.") }, end: .fails(.emptyAnswer)),
        EndingCase(
            name: "NO_IMAGE",
            stream: { wire in
                wire.kind == .gemini
                    ? wire.event(#"{"candidates":[{"index":0,"content":{},"finishReason":"NO_IMAGE"}]}"#) : nil
            }, whole: { $0.kind == .gemini ? $0.whole(nil, reason: "NO_IMAGE") : nil }, end: .fails(.emptyAnswer)),
        complete("white space before the text", "\n\n" + answer) {
            $0.text(#"\n"#) + $0.text(#"\n"#) + $0.text(answer) + $0.finish()
        },
    ]

    // MARK: - Tools' calls

    static let calls: [EndingCase] = [
        EndingCase(
            name: "arguments that end in the middle, and a reason",
            stream: { wire in
                guard wire.kind != .gemini, wire.kind != .ollama else { return nil }
                return wire.opening + wire.call(#"{\"city\":\"Par"#) + wire.finish() + wire.terminator
            },
            whole: { wire in
                wire.kind == .openai || wire.kind == .azure
                    ? wire.whole(callWith: #"{\"city\":\"Par"#, reason: "tool_calls") : nil
            }, end: .fails(.malformed)),
        EndingCase(
            name: "arguments that end in the middle, and a terminator",
            stream: { wire in
                guard wire.kind != .gemini, wire.kind != .ollama else { return nil }
                return wire.opening + wire.call(#"{\"city\":"#) + wire.terminator
            }, end: .fails(.interrupted)),
        complete("arguments that the limit ends", "", reason: "length") { wire in
            guard wire.kind != .gemini, wire.kind != .ollama else { return nil }
            return wire.call(#"{\"city\":"#) + wire.finish(.length) + wire.terminator
        },
        complete("a call and no text", "", reason: "tool_calls") { wire in
            wire.call(#"{\"city\":"#)
                + (wire.kind == .gemini || wire.kind == .ollama ? "" : wire.call(#"1}"#, isFirst: false))
                + wire.finish() + wire.terminator
        },
    ]

    // MARK: - How it is sent

    static let forms: [EndingCase] = [
        complete("no blank line behind the last event") { wire in
            wire.text(answer) + withoutLineEnds(wire.finish())
        },
        complete("no blank line behind the only event") { wire in
            guard wire.kind == .openai || wire.kind == .gemini else { return nil }
            return "data: " + wire.textData(answer, reason: wire.word(for: .stop))
        },
        complete("no blank line behind the terminator") { wire in
            wire.text(answer) + wire.finish() + withoutLineEnds(wire.terminator)
        },
        afterHalf("no end of the last event", .interrupted) { String($0.finish().dropLast(20)) },
        complete("an event stream that is called JSON", type: "application/json") {
            $0.text(half) + $0.text(rest) + $0.finish() + $0.terminator
        },
        complete("an event stream that is called a page", type: "text/html") {
            $0.text(half) + $0.text(rest) + $0.finish() + $0.terminator
        },
        EndingCase(
            name: "JSON that is called plain text", stream: { $0.whole(answer, reason: $0.word(for: .stop)) },
            whole: { $0.whole(answer, reason: $0.word(for: .stop)) }, contentType: "text/plain",
            end: .complete(answer, usage: [3, 5])),
        EndingCase(
            name: "JSON that is called an event stream", stream: { $0.whole(answer, reason: $0.word(for: .stop)) },
            whole: { $0.whole(answer, reason: $0.word(for: .stop)) }, contentType: "text/event-stream",
            end: .complete(answer, usage: [3, 5])),
    ]

    private static func withoutLineEnds(_ event: String) -> String {
        String(event.reversed().drop { $0 == "\n" }.reversed())
    }

    static let all = reasons + errors + unreadable + empty + calls + forms
}
