import Chat
import Testing

@testable import Providers

/// Events that are the one before but for their text are not parsed. Each stream is read a second time in a form in which no event is like the one
/// before, and gives the same.
@Suite struct RepeatedEventTests {
    /// What an event says, so that it can be written in two ways.
    private typealias Events = [String]

    /// The same events, each with another number of spaces before its end.
    private func unlike(_ events: Events) -> Events {
        events.enumerated().map { index, event in
            event.hasSuffix("}") ? event.dropLast() + String(repeating: " ", count: index % 7 + 1) + "}" : event
        }
    }

    private func stream(_ events: Events) -> [UInt8] {
        Array(events.map { "data: \($0)\n\n" }.joined().utf8)
    }

    /// All that a reader of the answer can tell.
    private func outcome<Reader: AnswerReader>(_ reader: Reader, _ bytes: [UInt8]) -> String {
        do {
            let decoded = try decode(reader, [bytes])
            let answer = decoded.answer
            return """
                \(decoded.tokens) \(decoded.reasoning) \(decoded.calls) \(answer.finishReason as Any) \(answer.usage as Any) \
                \(answer.textBytes) \(answer.documents) \(answer.malformedEvents) \(answer.lateError as Any)
                """
        } catch {
            return "\(error)"
        }
    }

    private static let texts = [
        #"Hello"#, #" world"#, #" "#, #","#, #"a"#, #"assistant"#, #"content"#, #"m"#, #"Grüße"#, #"日本"#, #"👩‍👩‍👧"#, #"\n"#,
        #"\""#, #"\\"#,
        #"\u00e9"#, #"\ud83d"#, #"\ude00"#, #"<think>"#, #"</think>"#, #"{}"#, #""#, #"}]}"#, #"text_delta"#, #"0"#,
        #"null"#,
    ]

    private func completion(_ text: String, _ rest: String = "") -> String {
        #"{"id":"a","model":"m","choices":[{"index":0,"delta":{"content":"\#(text)"\#(rest)},"finish_reason":null}]}"#
    }

    @Test(arguments: UInt64(1)...200)
    func `a completion's stream gives what it gives event by event`(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        var events: Events = [completion("First"), completion(" of")]
        for _ in 0..<Int.random(in: 0..<40, using: &random) {
            let text = Self.texts[Int.random(in: Self.texts.indices, using: &random)]
            switch Int.random(in: 0..<14, using: &random) {
            case 0: events.append(completion(text, #","role":"assistant""#))
            case 1: events.append(completion(text, #","reasoning":"\#(text)""#))
            case 2:
                events.append(
                    completion(
                        text, #","tool_calls":[{"index":0,"id":"c","function":{"name":"f","arguments":"\#(text)"}}]"#))
            case 3:
                events.append(
                    #"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":\#(Int.random(in: 0..<9, using: &random))}}"#
                )
            case 4: events.append(#"{"model":"m","choices":[{"index":1,"delta":{"content":"\#(text)"}}]}"#)
            case 5: events.append(#"{"other":true}"#)
            default: events.append(completion(text))
            }
        }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: events.append(#"{"error":{"message":"no more"}}"#)
        case 1: break
        default: events += [#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#, "[DONE]"]
        }
        #expect(
            outcome(ChatCompletionReader(), stream(events)) == outcome(ChatCompletionReader(), stream(unlike(events))))
    }

    @Test(arguments: UInt64(1)...100)
    func `a message's stream gives what it gives event by event`(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        var events: Events = [
            #"{"type":"message_start","message":{"model":"m","usage":{"input_tokens":1,"output_tokens":1}}}"#
        ]
        for _ in 0..<Int.random(in: 0..<40, using: &random) {
            let text = Self.texts[Int.random(in: Self.texts.indices, using: &random)]
            let kind = Int.random(in: 0..<10, using: &random)
            let delta =
                kind == 0
                ? #"{"type":"thinking_delta","thinking":"\#(text)"}"#
                : #"{"type":"text_delta","text":"\#(text)"}"#
            events.append(
                kind == 1 ? #"{"type":"ping"}"# : #"{"type":"content_block_delta","index":0,"delta":\#(delta)}"#)
        }
        events += [#"{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#, #"{"type":"message_stop"}"#]
        #expect(outcome(AnthropicReader(), stream(events)) == outcome(AnthropicReader(), stream(unlike(events))))
    }

    @Test func `a text that is no UTF-8 is a fault, also where all else is as before`() {
        var bytes = stream([completion("One"), completion(" two"), completion(" three")])
        bytes += Array(#"data: {"id":"a","model":"m","choices":[{"index":0,"delta":{"content":" "#.utf8) + [0xC3, 0x28]
        bytes += Array(#""},"finish_reason":null}]}"#.utf8) + [0x0A, 0x0A]
        #expect(throws: ModelError.self) { try decode(ChatCompletionReader(), [bytes]) }
    }

    @Test func `an event is taken for the one before only where nothing but its text differs`() throws {
        var repeated = RepeatedEvent()
        func text(_ data: String, type: String = "") -> String? {
            let (data, type) = (Array(data.utf8), Array(type.utf8))
            return repeated.text(of: data.span, type: type.span).map { String(decoding: data[$0], as: UTF8.self) }
        }
        func keep(_ data: String, _ text: String) {
            let (data, text) = (Array(data.utf8), Array(text.utf8))
            repeated.keep(data.span, type: Span(), text: text.span)
        }
        keep(#"{"t":"Hello","n":1}"#, "Hello")
        #expect(text(#"{"t":" you","n":1}"#) == " you")
        #expect(text(#"{"t":"Grüße","n":1}"#) == "Grüße")
        #expect(text(#"{"t":" you","n":2}"#) == nil)
        #expect(text(#"{"s":" you","n":1}"#) == nil)
        #expect(text(#"{"t":" you","n":1}"#, type: "error") == nil)
        #expect(text(#"{"t":"a","t":"b","n":1}"#) == nil)
        #expect(text(#"{"t":"a\n","n":1}"#) == nil)
        #expect(text(#"{"t":"","n":1}"#) == nil)
        // Where the text was written is not certain.
        for data in [#"{"t":"x","u":"x"}"#, #"{"t":"\u0078","u":"x"}"#] {
            keep(data, "x")
            #expect(text(data.replacing("x\"}", with: "y\"}")) == nil)
        }
    }
}

/// A small generator with a fixed start (https://prng.di.unimi.it/splitmix64.c), so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
