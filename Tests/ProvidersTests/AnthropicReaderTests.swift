import Chat
import Testing

@testable import Providers

/// Reading Anthropic's messages.
@Suite struct AnthropicReaderTests {
    private let format = AnthropicFormat(apiKey: "key")

    @Test(arguments: AnthropicStreams.all)
    func `streams give the same answer, cut at every byte`(_ recorded: RecordedAnswer) throws {
        try recorded.check(format)
    }

    @Test func `a stream that breaks off is a broken answer, at every length`() throws {
        try AnthropicStreams.text.checkBrokenOff(format, before: "}\n\nevent: message_stop")
    }

    @Test(
        arguments: [
            ("end_turn", Answer.FinishReason.stop), ("stop_sequence", .stop), ("pause_turn", .stop),
            ("max_tokens", .length), ("model_context_window_exceeded", .length), ("tool_use", .toolCalls),
            ("refusal", .contentFilter), ("something_new", .stop),
        ])
    func `why it stopped is told in the domain's words`(_ word: String, _ reason: Answer.FinishReason) throws {
        let text = #"data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}"# + "\n\n"
        let call =
            #"data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}"#
            + "\n\n"
        let event = #"data: {"type":"message_delta","delta":{"stop_reason":"\#(word)"}}"# + "\n\n"
        let stream = text + (reason == .toolCalls ? call : "") + event
        #expect(try decode([Array(stream.utf8)], format).finishReason == reason)
    }

    @Test func `a message without any word of why it stopped has not ended`() {
        let event = #"data: {"type":"message_delta","delta":{"stop_reason":null},"usage":{"output_tokens":1}}"# + "\n\n"
        #expect(failure(of: event, format)?.kind == .interrupted)
    }

    @Test(
        arguments: [
            ("overloaded_error", "Overloaded", ModelError.Kind.unavailable), ("api_error", "Internal", .unavailable),
            ("rate_limit_error", "Slow down", .rateLimited), ("timeout_error", "Timed out", .timeout),
            ("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum", .contextLengthExceeded),
            ("something_new", "?", .unavailable),
        ])
    func `an error in the stream is told by its kind`(_ type: String, _ message: String, _ kind: ModelError.Kind) {
        let stream = """
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"so far"}}

            event: error
            data: {"type":"error","error":{"type":"\(type)","message":"\(message)"},"request_id":null}


            """
        #expect(failure(of: stream, format)?.kind == kind)
    }

    @Test func `a whole answer reads like a streamed one`() throws {
        let answer = try decodeWhole(
            """
            {"id":"msg_01","type":"message","role":"assistant","model":"claude-x","content":[
              {"type":"thinking","thinking":"Hm.","signature":"x"},{"type":"text","text":"Let me see."},
              {"type":"server_tool_use","id":"s","name":"web_search","input":{}},
              {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city": "Zürich", "days": [1, 2.5]}},
              {"type":"tool_use","id":"toolu_2","name":"clock","input":{}}],
             "stop_reason":"tool_use","usage":{"input_tokens":10,"cache_read_input_tokens":5,"output_tokens":3}}
            """, format)
        #expect(answer.text.pieces == ["Let me see."])
        #expect(answer.reasoning.pieces == ["Hm."])
        #expect(
            answer.calls == [
                ToolCall(id: "toolu_1", name: "weather", arguments: #"{"city":"Zürich","days":[1,2.5]}"#),
                ToolCall(id: "toolu_2", name: "clock", arguments: "{}"),
            ])
        #expect(answer.finishReason == .toolCalls)
        #expect(answer.usage == Answer.Usage(promptTokens: 15, completionTokens: 3))
        #expect(answer.model == "claude-x")
    }

    @Test(arguments: ["{}", "[]", "7", #"{"type":"message"}"#])
    func `a document that is no message is no answer`(_ document: String) {
        #expect(throws: ModelError.self) { try decodeWhole(document, format) }
    }

    @Test func `an answer over its limit ends there, whatever reason follows`() throws {
        let stream = Array(AnthropicStreams.text.stream.utf8)
        let answer = try decode([stream], format, maximumTextBytes: 5)
        #expect(answer.text.pieces == ["Grü"])
        #expect(answer.finishReason == .length)
        let arguments = try decode([Array(AnthropicStreams.tools.stream.utf8)], format, maximumTextBytes: 30)
        #expect(arguments.finishReason == .length)
    }

    @Test func `numbers of tokens that cannot be neither count nor end the program`() throws {
        func usage(_ json: String) throws -> [Int]? {
            let answer = try decodeWhole(
                #"{"content":[{"type":"text","text":"a"}],"stop_reason":"end_turn","usage":\#(json)}"#, format)
            return answer.usage.map { [$0.promptTokens, $0.completionTokens] }
        }
        let most = "9223372036854775807"
        #expect(try usage(#"{"input_tokens":\#(most),"cache_read_input_tokens":\#(most),"output_tokens":1}"#) == nil)
        #expect(try usage(#"{"input_tokens":-1,"output_tokens":1}"#) == nil)
        #expect(try usage(#"{"input_tokens":4,"output_tokens":-1}"#) == nil)
        #expect(try usage(#"{"input_tokens":"4"}"#) == nil)
        #expect(try usage("null") == nil)
    }

    @Test(
        arguments: [
            (401, "authentication_error", "invalid x-api-key", ModelError.Kind.unauthorized),
            (403, "permission_error", "Your key may not use this", .unauthorized),
            (402, "billing_error", "Pay", .unauthorized),
            (400, "invalid_request_error", "Your credit balance is too low to access the API", .unauthorized),
            (404, "not_found_error", "model: claude-9", .notFound),
            (400, "invalid_request_error", "max_tokens: Field required", .invalidRequest),
            (400, "invalid_request_error", "prompt is too long: 9 tokens > 8 maximum", .contextLengthExceeded),
            (
                400, "invalid_request_error", "input length and `max_tokens` exceed context limit: 9 + 8 > 10",
                .contextLengthExceeded
            ),
            (400, "invalid_request_error", "Output blocked by content filtering policy", .contentPolicy),
            (413, "request_too_large", "Request exceeds the maximum size", .contextLengthExceeded),
            (429, "rate_limit_error", "This request would exceed your limit", .rateLimited),
            (500, "api_error", "Internal server error", .unavailable), (504, "timeout_error", "Timed out", .timeout),
            (529, "overloaded_error", "Overloaded", .unavailable),
        ])
    func `a refusal is told by its kind`(_ status: Int, _ type: String, _ message: String, _ kind: ModelError.Kind)
        throws
    {
        let body = #"{"type":"error","error":{"type":"\#(type)","message":"\#(message)"},"request_id":"req_1"}"#
        #expect(try refusal(body, status: status, format) == kind)
    }
}
