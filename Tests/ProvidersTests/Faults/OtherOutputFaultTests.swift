import Chat
import HTTPClient
import ProviderFaults
import Testing

@testable import Providers

/// What is no text, of an answer that breaks off.
@Suite(.timeLimit(.minutes(5))) struct OtherOutputFaultTests {
    private let stage = Stage()

    @Test("a tool's call that broke off is given anew where it can be taken back, and is an error where it cannot")
    func toolCall() async throws {
        var answer = ScriptedAnswer([], finish: .toolCalls)
        answer.toolCalls = [ScriptedAnswer.ToolCall(id: "call_1", name: "find", arguments: ["{", "}"])]
        let dying = Behaviour.answers(answer).breaking(.close, at: .beforeFinish)
        let sink = Recorder()
        let completion = try await stage.chain(stage.provider(dying), stage.provider(.answers(answer)))
            .respond(to: .question, into: sink)
        #expect(completion.finishReason == "tool_calls")
        #expect(sink.switches.map(\.resetsText) == [true])
        #expect(sink.toolCalls.compactMap(\.name) == ["find", "find"])

        let fixed = Recorder(supportsReset: false)
        let second = stage.provider(.answers(answer))
        let error = await outcome(of: stage.chain(stage.provider(dying), second), into: fixed).modelError
        #expect(error?.kind == .interrupted)
        #expect(error?.provider == "a")
        #expect(fixed.toolCalls.compactMap(\.name) == ["find"])
        #expect(fixed.toolCalls.map(\.arguments).joined() == "{}")
        // Whatever it said, it could not be used.
        #expect(second.connections == 0)
    }

    @Test func `thoughts are given once, no matter who thinks them`() async throws {
        var answer = FaultCase.answer
        answer.reasoning = ["Let me ", "think."]
        let sink = Recorder(supportsReset: false)
        _ = try await stage.chain(
            stage.provider(.answers(answer).breaking(.close, at: .afterTokens(3))), stage.provider(.answers(answer))
        ).respond(to: .question, into: sink)
        #expect(sink.text == answer.text)
        #expect(sink.reasoning == answer.reasoning)
    }
}
