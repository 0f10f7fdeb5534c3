import Chat
import Testing

@testable import Providers

@Suite("A chain of models")
struct ModelChainTests {
    struct Scripted: LanguageModel {
        var name: String
        var text = ""
        var failure: (any Error)?
        var isAvailable = true

        func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
            if !text.isEmpty { sink.text(TextBatch(text)) }
            if let failure { throw failure }
            return ModelCompletion(
                finishReason: "stop", provider: name, model: "m",
                usage: Usage(promptTokens: 1, completionTokens: 1, isEstimated: true))
        }

        var availability: [ModelAvailability] {
            [ModelAvailability(provider: name, kind: "test", model: "m", isAvailable: isAvailable, reason: "because")]
        }
    }

    private func failing(_ name: String, _ kind: ModelError.Kind, text: String = "") -> Scripted {
        Scripted(name: name, text: text, failure: ModelError(kind: kind, provider: name, detail: "no"))
    }

    @Test("the first available route answers")
    func first() async throws {
        let sink = Recorder()
        let chain = ModelChain([
            Scripted(name: "a", isAvailable: false), Scripted(name: "b", text: "hi"), Scripted(name: "c", text: "no"),
        ])
        let completion = try await chain.respond(to: .question, into: sink)
        #expect(completion.provider == "b")
        #expect(completion.attempts == 1)
        #expect(sink.text == "hi")
        #expect(sink.switches == [])
        #expect(chain.availability.map(\.provider) == ["a", "b", "c"])
    }

    @Test(
        "a route that fails before any text gives way to the next, which is told",
        arguments: [
            ModelError.Kind.unavailable, .timeout, .rateLimited, .unauthorized, .invalidRequest, .contextLengthExceeded,
            .interrupted, .malformed,
        ])
    func next(_ kind: ModelError.Kind) async throws {
        let sink = Recorder()
        let chain = ModelChain([failing("a", kind), failing("b", .timeout), Scripted(name: "c", text: "hi")])
        let completion = try await chain.respond(to: .question, into: sink)
        #expect(completion.provider == "c")
        #expect(completion.attempts == 3)
        #expect(sink.text == "hi")
        #expect(
            sink.switches == [
                ProviderSwitch(from: "a", to: "b", reason: kind.rawValue, attempt: 2, resetsText: false),
                ProviderSwitch(from: "b", to: "c", reason: "provider_timeout", attempt: 3, resetsText: false),
            ])
    }

    @Test("a route that fails after text is the reply's end: another answer does not continue the sentence")
    func afterText() async {
        let sink = Recorder()
        let chain = ModelChain([failing("a", .interrupted, text: "half"), Scripted(name: "b", text: "whole")])
        #expect(await outcome(of: chain, into: sink).modelError?.provider == "a")
        #expect(sink.text == "half")
        #expect(sink.switches == [])
    }

    @Test("a judgement on the content is not taken to the next provider")
    func judgement() async {
        let sink = Recorder()
        let chain = ModelChain([failing("a", .contentPolicy), Scripted(name: "b", text: "hi")])
        #expect(await outcome(of: chain, into: sink).modelError?.kind == .contentPolicy)
        #expect(sink.text == "")
    }

    @Test("when all routes fail, the last error is the chain's")
    func allFail() async {
        let chain = ModelChain([failing("a", .timeout), failing("b", .rateLimited)])
        let error = await outcome(of: chain, into: Recorder()).modelError
        #expect(error?.provider == "b")
        #expect(error?.kind == .rateLimited)
    }

    @Test("when no route is available, the reasons are told")
    func noneAvailable() async {
        let chain = ModelChain([Scripted(name: "a", isAvailable: false), Scripted(name: "b", isAvailable: false)])
        let error = await outcome(of: chain, into: Recorder()).modelError
        #expect(error?.kind == .unavailable)
        #expect(error?.detail == "a: because; b: because")
    }

    @Test("a cancelled route, and one that fails otherwise than a model, is not followed by the next")
    func otherErrors() async {
        struct Fault: Error {}
        for failure in [CancellationError() as any Error, Fault()] {
            let sink = Recorder()
            let chain = ModelChain([Scripted(name: "a", failure: failure), Scripted(name: "b", text: "hi")])
            let result = await outcome(of: chain, into: sink)
            #expect(result.success == nil)
            #expect(result.modelError == nil)
            #expect(sink.text == "")
        }
    }

    @Test("a chain inside a chain is a route like any other")
    func nested() async throws {
        let inner = ModelChain([failing("a", .timeout), failing("b", .timeout)])
        let sink = Recorder()
        let completion = try await ModelChain([inner, Scripted(name: "c", text: "hi")]).respond(
            to: .question, into: sink)
        #expect(completion.provider == "c")
        #expect(sink.switches.map(\.to) == ["b", "c"])
    }
}
