import Chat
import Testing

@testable import Providers

/// Reading Ollama's lines.
@Suite struct OllamaReaderTests {
    private let format = OllamaFormat()

    @Test(arguments: OllamaStreams.all)
    func `streams give the same answer, cut at every byte`(_ recorded: RecordedAnswer) throws {
        try recorded.check(format)
    }

    @Test func `a stream that breaks off is a broken answer, at every length`() throws {
        var broken = OllamaStreams.text
        broken.stream = String(broken.stream.dropLast()) + "<end>"
        try broken.checkBrokenOff(format, before: "<end>")
    }

    @Test(arguments: ["load", "unload"])
    func `a model that was but brought into memory has not answered`(_ reason: String) {
        let line = #"{"model":"m","message":{"role":"assistant","content":""},"done_reason":"\#(reason)","done":true}"#
        #expect(failure(of: line, format)?.kind == .interrupted)
    }

    @Test func `calls are the reason, whatever the server says`() throws {
        let line =
            #"{"message":{"tool_calls":[{"function":{"name":"f","arguments":{}}}]},"done":true,"done_reason":"stop"}"#
        #expect(try decode([Array(line.utf8)], format).finishReason == .toolCalls)
    }

    @Test(
        arguments: [
            ("an error was encountered while running the model: unexpected EOF", ModelError.Kind.unavailable),
            ("the input length exceeds the context length", .contextLengthExceeded), ("", .unavailable),
        ])
    func `an error in the stream is told by its kind`(_ message: String, _ kind: ModelError.Kind) {
        let stream = """
            {"model":"m","message":{"role":"assistant","content":"so far"},"done":false}
            {"error":"\(message)"}
            """
        #expect(failure(of: stream, format)?.kind == kind)
    }

    @Test func `a whole answer reads like a streamed one`() throws {
        let answer = try decodeWhole(
            """
            {"model":"m","created_at":"2025-07-07T20:22:19.184789Z","message":{"role":"assistant","content":"Yes.",
             "thinking":"Hm.","tool_calls":[{"function":{"name":"f","arguments":{"a": 1}}}]},
             "done_reason":"stop","done":true,"prompt_eval_count":2,"eval_count":3}
            """, format)
        #expect(answer.text.pieces == ["Yes."])
        #expect(answer.reasoning.pieces == ["Hm."])
        #expect(answer.calls == [ToolCall(id: "call_?", name: "f", arguments: #"{"a":1}"#)])
        #expect(answer.finishReason == .toolCalls)
        #expect(answer.usage == Answer.Usage(promptTokens: 2, completionTokens: 3))
    }

    @Test(arguments: ["{}", "[]", "7", #"{"message":"hi"}"#])
    func `a document that is none of Ollama's is no answer`(_ document: String) {
        #expect(throws: ModelError.self) { try decodeWhole(document, format) }
    }

    @Test func `an answer over its limit ends there, whatever reason follows`() throws {
        let line = #"{"message":{"content":"12345"},"done":true,"done_reason":"stop"}"#
        let answer = try decode([Array(line.utf8)], format, maximumTextBytes: 4)
        #expect(answer.text.pieces == [])
        #expect(answer.finishReason == .length)
    }

    @Test(
        arguments: [
            (401, "unauthorized", ModelError.Kind.unauthorized), (404, "model 'x' not found", .notFound),
            (400, "registry.ollama.ai/library/x does not support tools", .invalidRequest),
            (400, "the input length exceeds the context length", .contextLengthExceeded),
            (
                400, "the prompt is longer than the context length currently available to the model",
                .contextLengthExceeded
            ),
            (429, "too many requests", .rateLimited), (500, "model requires more system memory", .unavailable),
            (503, "server busy, please try again. maximum pending requests exceeded", .unavailable),
        ])
    func `a refusal is told by its kind`(_ status: Int, _ message: String, _ kind: ModelError.Kind) throws {
        #expect(try refusal(#"{"error":"\#(message)"}"#, status: status, format) == kind)
    }
}
