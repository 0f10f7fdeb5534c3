import Chat
import Testing

@testable import Providers

/// Reading a chat completion's stream.
@Suite struct DecoderTests {
    private func decode(
        _ pieces: [[UInt8]], textLimit: Int = 1 << 20, eventLimit: Int = 1 << 20
    ) throws -> Decoded {
        try ProvidersTests.decode(ChatCompletionReader(), pieces, textLimit: textLimit, eventLimit: eventLimit)
    }

    private func failure(of text: String, eventLimit: Int = 1 << 20) -> ModelError? {
        do {
            _ = try decode([Array(text.utf8)], eventLimit: eventLimit)
            return nil
        } catch {
            return error as? ModelError
        }
    }

    @Test(arguments: GoldenStream.all + GoldenStream.further)
    func `servers' streams give the same answer, cut at every byte`(_ stream: GoldenStream) throws {
        for pieces in cuts(stream.text) {
            let decoded = try decode(pieces)
            let answer = decoded.answer
            #expect(decoded.tokens == stream.tokens)
            #expect(decoded.reasoning == stream.reasoning)
            #expect(decoded.calls == stream.calls)
            #expect(answer.finishReason?.rawValue == stream.finishReason)
            #expect(answer.usage.map { [$0.promptTokens, $0.completionTokens] } == stream.usage)
            #expect(answer.model == stream.model)
        }
    }

    @Test func `text and reasoning count by their bytes`() throws {
        let stream = GoldenStream.all[0]
        #expect(try decode([Array(stream.text.utf8)]).answer.textBytes == stream.tokens.joined().utf8.count)
        let thinking = try #require(GoldenStream.further.first { !$0.reasoning.isEmpty })
        #expect(
            try decode([Array(thinking.text.utf8)]).answer.textBytes
                == (thinking.tokens + thinking.reasoning).joined().utf8.count)
    }

    @Test func `documents that are no chunks are counted`() throws {
        let stream = try #require(GoldenStream.all.first { $0.name.hasPrefix("comments") })
        #expect(try decode([Array(stream.text.utf8)]).answer.malformedEvents == 1)
    }

    @Test func `an end without finish reason and terminator is a broken answer, at every length`() {
        let text =
            #"data: {"choices":[{"delta":{"content":"half"}}]}"# + "\n\n"
            + #"data: {"choices":[{"delta":{"content":" of"}}]}"# + "\n\n"
        for length in 0...text.utf8.count {
            let kind = failure(of: String(decoding: Array(text.utf8)[..<length], as: UTF8.self))?.kind
            #expect(kind == .interrupted || kind == .malformed)
        }
        #expect(failure(of: text)?.kind == .interrupted)
    }

    @Test(
        arguments: ["", ": ping\n\n", "data: [DONE]\n\n", "data: {}\n\n", "<html>\n\n"])
    func `a stream without any chunk is no answer`(_ text: String) {
        #expect(failure(of: text)?.kind == .malformed)
    }

    @Test(
        arguments: [
            (
                #"{"error":{"message":"The server had an error","type":"server_error","code":null}}"#,
                ModelError.Kind.unavailable
            ),
            (
                #"{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}"#,
                .rateLimited
            ),
            (#"{"error":{"message":"Overloaded","type":"overloaded_error"}}"#, .unavailable),
            (#"{"error":{"code":502,"message":"Provider returned error"},"choices":[]}"#, .unavailable),
            (#"{"error":{"code":429,"message":"slow down"}}"#, .rateLimited),
            (#"{"error":{"code":"429","message":"slow down"}}"#, .rateLimited),
            (#"{"error":"something broke"}"#, .unavailable),
            (
                #"{"error":{"message":"This model's maximum context length is 8192 tokens","type":"invalid_request_error"}}"#,
                .contextLengthExceeded
            ),
            (#"{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}"#, .unavailable),
            (
                #"{"choices":[{"index":0,"delta":{},"finish_reason":"error","error":{"code":429,"message":"x"}}]}"#,
                .rateLimited
            ),
            // DeepSeek, vLLM.
            (#"{"choices":[{"index":0,"delta":{},"finish_reason":"insufficient_system_resource"}]}"#, .unavailable),
            (#"{"choices":[{"index":0,"delta":{},"finish_reason":"abort"}]}"#, .unavailable),
            (#"{"object":"error","message":"out of blocks","type":"BadRequestError","code":400}"#, .invalidRequest),
        ])
    func `an error in the stream is told by its kind`(_ event: String, _ kind: ModelError.Kind) {
        let text = "data: {\"choices\":[{\"delta\":{\"content\":\"so far\"}}]}\n\ndata: \(event)\n\ndata: [DONE]\n\n"
        #expect(failure(of: text)?.kind == kind)
    }

    @Test func `an error event without wrapping is an error, and a null error is none`() throws {
        #expect(
            failure(of: "event: error\ndata: {\"message\":\"x\",\"type\":\"rate_limit_error\"}\n\n")?.kind
                == .rateLimited)
        let text = "data: {\"error\":null,\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n"
        #expect(try decode([Array(text.utf8)]).tokens == ["a"])
    }

    @Test func `text before an error in the same piece is not lost`() {
        var decoder = AnswerDecoder(
            ChatCompletionReader(), provider: "test", maximumTextBytes: 100, maximumEventBytes: 1000)
        let text = "data: {\"choices\":[{\"delta\":{\"content\":\"kept\"}}]}\n\ndata: {\"error\":{}}\n\n"
        #expect(throws: ModelError.self) { try decoder.feed(Array(text.utf8).span.bytes) }
        #expect(decoder.answer.text.pieces == ["kept"])
    }

    @Test func `a key that an error in the stream quotes does not get into its detail`() {
        var decoder = AnswerDecoder(
            ChatCompletionReader(), provider: "test", secrets: ["sk-verysecret"], maximumTextBytes: 100,
            maximumEventBytes: 1000)
        let text = "data: {\"error\":{\"message\":\"sk-verysecret expired\",\"code\":\"sk-verysecret\"}}\n\n"
        let error = #expect(throws: ModelError.self) { try decoder.feed(Array(text.utf8).span.bytes) }
        #expect(error?.description.contains("sk-verysecret") == false)
    }

    @Test func `an answer over its limit ends there and says so`() throws {
        let events = (0..<5).map {
            "data: {\"choices\":[{\"delta\":{\"content\":\"é\($0)\"},\"finish_reason\":null}]}\n\n"
        }
        let decoded = try decode([Array(events.joined().utf8)], textLimit: 10)
        #expect(decoded.tokens == ["é0", "é1", "é2"])
        #expect(decoded.answer.finishReason == .length)
        #expect(decoded.answer.wasCutOff)
    }

    @Test func `the limit is on text, reasoning and calls together, and a cut answer does not end as a whole one`()
        throws
    {
        func chunk(_ delta: String) -> String {
            "data: {\"choices\":[{\"delta\":{\(delta)},\"finish_reason\":\"stop\"}]}\n\n"
        }
        let text =
            chunk(#""content":"1234""#) + chunk(#""reasoning":"5678""#)
            + chunk(#""tool_calls":[{"index":0,"function":{"name":"f","arguments":"9"}}]"#)
        for (limit, reason) in [(9, Answer.FinishReason.length), (10, .toolCalls)] {
            let decoded = try decode([Array(text.utf8)], textLimit: limit)
            #expect(decoded.answer.finishReason == reason)
            #expect(decoded.calls.count == limit - 9)
        }
    }

    @Test(arguments: ["-1", "128", "9223372036854775807"])
    func `a call of a tool numbered as none can be ends the answer`(_ number: String) throws {
        let text =
            #"data: {"choices":[{"delta":{"content":"a","tool_calls":[{"index":"# + number
            + #","id":"c","function":{"name":"f","arguments":"{}"}}]}}]}"# + "\n\n"
        let decoded = try decode([Array(text.utf8)])
        #expect(decoded.tokens == ["a"])
        #expect(decoded.calls.isEmpty)
        #expect(decoded.answer.finishReason == .length)
    }

    @Test func `an event over its limit ends the answer`() {
        #expect(failure(of: "data: " + String(repeating: "x", count: 200), eventLimit: 100)?.kind == .tooLarge)
    }

    @Test func `numbers of tokens that cannot be are not taken`() throws {
        func usage(_ json: String) throws -> Answer.Usage? {
            let text =
                "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],\"usage\":\(json)}\n\n"
            return try decode([Array(text.utf8)]).answer.usage
        }
        #expect(try usage("{\"prompt_tokens\":-5,\"completion_tokens\":1}") == nil)
        #expect(try usage("{\"prompt_tokens\":\"5\"}") == nil)
        #expect(try usage("{\"prompt_tokens\":1e300}") == nil)
        #expect(try usage("{\"prompt_tokens\":5}") == nil)
        #expect(try usage("{\"prompt_tokens\":5.5,\"completion_tokens\":1}") == nil)
        #expect(
            try usage("{\"prompt_tokens\":5.0,\"completion_tokens\":1}") == .init(promptTokens: 5, completionTokens: 1))
        #expect(try usage("{\"prompt_tokens\":5,\"completion_tokens\":1000000000000}") == nil)
        #expect(try usage("[]") == nil)
    }
}
