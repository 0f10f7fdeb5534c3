import Chat
import Testing

@testable import Providers

/// Reading Gemini's responses.
@Suite struct GeminiReaderTests {
    private let format = GeminiFormat(apiKey: "key")

    @Test(arguments: GeminiStreams.all)
    func `streams give the same answer, cut at every byte`(_ recorded: RecordedAnswer) throws {
        try recorded.check(format)
    }

    @Test func `a stream that breaks off is a broken answer, at every length`() throws {
        let stream = GeminiStreams.text.stream
        var broken = GeminiStreams.text
        broken.stream = String(stream.dropLast(3)) + "<end>"
        try broken.checkBrokenOff(format, before: "<end>")
    }

    private func event(_ json: String) -> String { "data: \(json)\n\n" }

    @Test(
        arguments: [
            ("STOP", Answer.FinishReason.stop), ("MAX_TOKENS", .length), ("SAFETY", .contentFilter),
            ("RECITATION", .contentFilter), ("BLOCKLIST", .contentFilter), ("PROHIBITED_CONTENT", .contentFilter),
            ("SPII", .contentFilter), ("LANGUAGE", .contentFilter), ("NO_IMAGE", .stop),
        ])
    func `why it stopped is told in the domain's words`(_ word: String, _ reason: Answer.FinishReason) throws {
        let stream = event(#"{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"\#(word)"}]}"#)
        #expect(try decode([Array(stream.utf8)], format).finishReason == reason)
    }

    @Test(
        arguments: ["MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "OTHER"])
    func `an answer that went wrong at the provider is a failure, not an end`(_ word: String) {
        let stream = event(
            #"{"candidates":[{"content":{"parts":[]},"finishReason":"\#(word)","finishMessage":"why"}]}"#)
        let error = failure(of: stream, format)
        #expect(error?.kind == .malformed)
        #expect(error?.detail == "malformed_answer: \(word): why")
    }

    @Test(arguments: ["", "FINISH_REASON_UNSPECIFIED"])
    func `a reason that is not said is no end`(_ word: String) {
        let stream = event(#"{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"\#(word)"}]}"#)
        #expect(failure(of: stream, format)?.kind == .interrupted)
    }

    @Test func `a prompt that is blocked is a matter of content, streamed or whole`() {
        let response =
            #"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":5}}"#
        #expect(failure(of: event(response), format)?.kind == .contentPolicy)
        #expect(failure(of: event(response), format)?.detail.contains("PROHIBITED_CONTENT") == true)
        let error = #expect(throws: ModelError.self) { try decodeWhole(response, format) }
        #expect(error?.kind == .contentPolicy)
        let empty = #"{"candidates":[],"promptFeedback":{"blockReason":"SAFETY","blockReasonMessage":"no"}}"#
        #expect(failure(of: event(empty), format)?.kind == .contentPolicy)
    }

    @Test(
        arguments: [
            (429, "RESOURCE_EXHAUSTED", ModelError.Kind.rateLimited), (503, "UNAVAILABLE", .unavailable),
            (500, "INTERNAL", .unavailable), (504, "DEADLINE_EXCEEDED", .timeout),
        ])
    func `an error in the stream is told by its kind`(_ code: Int, _ status: String, _ kind: ModelError.Kind) {
        let stream =
            event(#"{"candidates":[{"content":{"parts":[{"text":"so far"}]}}]}"#)
            + event(#"{"error":{"code":\#(code),"message":"The model is overloaded.","status":"\#(status)"}}"#)
        #expect(failure(of: stream, format)?.kind == kind)
    }

    @Test func `a whole answer reads like a streamed one, also as an array of its parts`() throws {
        let parts = [
            #"{"candidates":[{"content":{"parts":[{"text":"Hm.","thought":true},{"text":"Let "}]}}],"modelVersion":"g"}"#,
            #"{"candidates":[{"content":{"parts":[{"text":"me see."},{"functionCall":{"name":"f","args":{"a":1}}}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":2,"candidatesTokenCount":3,"thoughtsTokenCount":4}}"#,
        ]
        let answer = try decodeWhole("[\(parts.joined(separator: ",\n"))]", format)
        #expect(answer.text.pieces == ["Let ", "me see."])
        #expect(answer.reasoning.pieces == ["Hm."])
        #expect(answer.calls == [ToolCall(id: "call_?", name: "f", arguments: #"{"a":1}"#)])
        #expect(answer.finishReason == .toolCalls)
        #expect(answer.usage == Answer.Usage(promptTokens: 2, completionTokens: 7))
        #expect(answer.model == "g")
        #expect(try decodeWhole(parts[1], format).text.pieces == ["me see."])
    }

    @Test(
        arguments: ["{}", "[]", "[{}]", "7", #"{"candidates":7}"#, #"{"candidates":[]}"#])
    func `a document that is no response is no answer`(_ document: String) {
        #expect(throws: ModelError.self) { try decodeWhole(document, format) }
    }

    @Test func `an error in an array is an error`() {
        let error = #expect(throws: ModelError.self) {
            try decodeWhole(#"[{"error":{"code":429,"message":"x","status":"RESOURCE_EXHAUSTED"}}]"#, format)
        }
        #expect(error?.kind == .rateLimited)
    }

    @Test func `an answer over its limit ends there, whatever reason follows`() throws {
        let stream = event(#"{"candidates":[{"content":{"parts":[{"text":"12345"}]},"finishReason":"STOP"}]}"#)
        let answer = try decode([Array(stream.utf8)], format, maximumTextBytes: 4)
        #expect(answer.text.pieces == [])
        #expect(answer.finishReason == .length)
    }

    @Test func `numbers of tokens that cannot be neither count nor end the program`() throws {
        func usage(_ json: String) throws -> [Int]? {
            let document =
                #"{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}],"usageMetadata":\#(json)}"#
            return try decodeWhole(document, format).usage.map { [$0.promptTokens, $0.completionTokens] }
        }
        let most = "9223372036854775807"
        #expect(try usage(#"{"promptTokenCount":1,"candidatesTokenCount":-5,"thoughtsTokenCount":2}"#) == nil)
        #expect(
            try usage(#"{"promptTokenCount":\#(most),"candidatesTokenCount":\#(most),"thoughtsTokenCount":\#(most)}"#)
                == nil)
        #expect(try usage(#"{"promptTokenCount":-1}"#) == nil)
        #expect(try usage("7") == nil)
    }

    @Test(
        arguments: [
            (400, "INVALID_ARGUMENT", "API key not valid.", "API_KEY_INVALID", ModelError.Kind.unauthorized),
            (401, "UNAUTHENTICATED", "Expected an API key", "", .unauthorized),
            (403, "PERMISSION_DENIED", "No permission", "", .unauthorized),
            (400, "FAILED_PRECONDITION", "User location is not supported", "", .unauthorized),
            (404, "NOT_FOUND", "models/gemini-9 is not found", "", .notFound),
            (400, "INVALID_ARGUMENT", "Invalid JSON payload", "", .invalidRequest),
            (
                400, "INVALID_ARGUMENT",
                "The input token count (9) exceeds the maximum number of tokens allowed (8).", "",
                .contextLengthExceeded
            ),
            (429, "RESOURCE_EXHAUSTED", "You exceeded your current quota", "RATE_LIMIT_EXCEEDED", .rateLimited),
            (500, "INTERNAL", "An internal error", "", .unavailable),
            (503, "UNAVAILABLE", "The model is overloaded", "", .unavailable),
            (504, "DEADLINE_EXCEEDED", "Deadline expired", "", .timeout),
        ])
    func `a refusal is told by its kind`(
        _ status: Int, _ word: String, _ message: String, _ reason: String, _ kind: ModelError.Kind
    ) throws {
        let body =
            #"{"error":{"code":\#(status),"message":"\#(message)","status":"\#(word)","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"\#(reason)"}]}}"#
        #expect(try refusal(body, status: status, format) == kind)
        #expect(try refusal("[\(body)]", status: status, format) == kind)
    }
}
