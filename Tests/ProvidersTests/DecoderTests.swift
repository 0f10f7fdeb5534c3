import Chat
import Testing

@testable import Providers

@Suite("Reading a chat completion's stream")
struct DecoderTests {
    private func decode(
        _ pieces: [[UInt8]], textLimit: Int = 1 << 20, eventLimit: Int = 1 << 20
    ) throws -> (tokens: [String], answer: ChatCompletionDecoder.Answer) {
        var decoder = ChatCompletionDecoder(
            provider: "test", maximumTextBytes: textLimit, maximumEventBytes: eventLimit)
        var batch = TextBatch()
        for piece in pieces { try decoder.feed(piece.span.bytes, into: &batch) }
        return (batch.pieces, try decoder.finish())
    }

    private func failure(of text: String, eventLimit: Int = 1 << 20) -> ModelError? {
        do {
            _ = try decode([Array(text.utf8)], eventLimit: eventLimit)
            return nil
        } catch {
            return error as? ModelError
        }
    }

    @Test("servers' streams give the same answer, cut at every byte", arguments: GoldenStream.all)
    func golden(_ stream: GoldenStream) throws {
        let bytes = Array(stream.text.utf8)
        let cuts = (0...bytes.count).map { [Array(bytes[..<$0]), Array(bytes[$0...])] }
        for pieces in cuts + [bytes.map { [$0] }] {
            let (tokens, answer) = try decode(pieces)
            #expect(tokens == stream.tokens)
            #expect(answer.finishReason == stream.finishReason)
            #expect(answer.usage.map { [$0.promptTokens, $0.completionTokens] } == stream.usage)
            #expect(answer.model == stream.model)
            #expect(answer.textBytes == stream.tokens.joined().utf8.count)
        }
    }

    @Test("events that are not JSON or no chunks are counted")
    func malformedCount() throws {
        let stream = try #require(GoldenStream.all.first { $0.name.hasPrefix("comments") })
        #expect(try decode([Array(stream.text.utf8)]).answer.malformedEvents == 3)
    }

    @Test("an end without finish reason and terminator is a broken answer, at every length")
    func unfinished() {
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
        "a stream without any chunk is no answer",
        arguments: ["", ": ping\n\n", "data: [DONE]\n\n", "data: {}\n\n", "<html>\n\n"])
    func empty(_ text: String) {
        #expect(failure(of: text)?.kind == .malformed)
    }

    @Test(
        "an error in the stream is told by its kind",
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
            (#"{"error":"something broke"}"#, .unavailable),
            (
                #"{"error":{"message":"This model's maximum context length is 8192 tokens","type":"invalid_request_error"}}"#,
                .contextLengthExceeded
            ),
            (#"{"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}"#, .unavailable),
        ])
    func errors(_ event: String, _ kind: ModelError.Kind) {
        let text = "data: {\"choices\":[{\"delta\":{\"content\":\"so far\"}}]}\n\ndata: \(event)\n\ndata: [DONE]\n\n"
        #expect(failure(of: text)?.kind == kind)
    }

    @Test("an error event without wrapping is an error, and a null error is none")
    func errorEvents() throws {
        #expect(
            failure(of: "event: error\ndata: {\"message\":\"x\",\"type\":\"rate_limit_error\"}\n\n")?.kind
                == .rateLimited)
        let text = "data: {\"error\":null,\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n"
        #expect(try decode([Array(text.utf8)]).tokens == ["a"])
    }

    @Test("text before an error in the same piece is not lost")
    func textBeforeError() {
        var decoder = ChatCompletionDecoder(provider: "test", maximumTextBytes: 100, maximumEventBytes: 1000)
        var batch = TextBatch()
        let text = "data: {\"choices\":[{\"delta\":{\"content\":\"kept\"}}]}\n\ndata: {\"error\":{}}\n\n"
        #expect(throws: ModelError.self) { try decoder.feed(Array(text.utf8).span.bytes, into: &batch) }
        #expect(batch.pieces == ["kept"])
    }

    @Test("an answer over its limit ends there and says so")
    func textLimit() throws {
        let events = (0..<5).map {
            "data: {\"choices\":[{\"delta\":{\"content\":\"é\($0)\"},\"finish_reason\":null}]}\n\n"
        }
        let (tokens, answer) = try decode([Array(events.joined().utf8)], textLimit: 10)
        #expect(tokens == ["é0", "é1", "é2"])
        #expect(answer.finishReason == "length")
        #expect(answer.wasCutOff)
    }

    @Test("an event over its limit ends the answer")
    func eventLimit() {
        #expect(failure(of: "data: " + String(repeating: "x", count: 200), eventLimit: 100)?.kind == .tooLarge)
    }

    @Test("numbers of tokens that cannot be are not taken")
    func absurdUsage() throws {
        func usage(_ json: String) throws -> ChatCompletionDecoder.Usage? {
            let text = "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":\(json)}\n\n"
            return try decode([Array(text.utf8)]).answer.usage
        }
        #expect(try usage("{\"prompt_tokens\":-5,\"completion_tokens\":1}") == nil)
        #expect(try usage("{\"prompt_tokens\":\"5\"}") == nil)
        #expect(try usage("{\"prompt_tokens\":1e300}") == nil)
        #expect(try usage("{\"prompt_tokens\":5}") == .init(promptTokens: 5, completionTokens: 0))
        #expect(try usage("[]") == nil)
    }
}
