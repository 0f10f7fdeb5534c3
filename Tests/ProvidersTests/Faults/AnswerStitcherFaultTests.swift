import Chat
import HTTPClient
import ProviderFaults
import Scheduling
import Testing

@testable import Providers

/// An answer that breaks off after some text, over real sockets: the caller gets each word once.
@Suite(.timeLimit(.minutes(5))) struct AnswerStitcherFaultTests {
    private let stage = Stage()

    private static let answer = ScriptedAnswer.words(60)

    private static func dying(_ how: Behaviour.Break, afterTokens count: Int) -> Behaviour {
        .answers(answer).breaking(how, at: .afterTokens(count))
    }

    @Test func `a primary that dies after 40 of 60 tokens and a fallback that says the same: 60 tokens, each once`()
        async throws
    {
        let first = stage.provider(Self.dying(.reset, afterTokens: 40))
        let second = stage.provider(.answers(.words(60, completionTokens: 77)))
        for supportsReset in [false, true] {
            let sink = Recorder(supportsReset: supportsReset)
            let completion = try await stage.chain(first, second).respond(to: .question, into: sink)
            #expect(sink.text == Self.answer.text)
            #expect(sink.pieces == Self.answer.tokens)
            #expect(completion.provider == "b")
            #expect(completion.usage == Usage(promptTokens: 11, completionTokens: 77, isEstimated: false))
            #expect(completion.attempts == 2)
            #expect(
                sink.switches == [
                    ProviderSwitch(from: "a", to: "b", reason: "provider_interrupted", attempt: 2, resetsText: false)
                ])
            #expect(sink.failures.map(\.textBytes) == [Self.answer.tokens.prefix(40).joined().utf8.count])
        }
        #expect(first.calls.count == 2)
        #expect(second.calls.count == 2)
        // The second is asked what the first was asked: from the start, with no words put into its mouth.
        #expect(first.calls[0].body?["messages"] == second.calls[0].body?["messages"])
    }

    enum Death: CaseIterable, Sendable {
        case reset, close, endOfBody, error, midEventReset, midEventEnd, silence

        func behaviour(afterTokens count: Int) -> Behaviour {
            let place: Behaviour.Place =
                switch self {
                case .midEventReset, .midEventEnd: .midEvent(afterTokens: count)
                default: .afterTokens(count)
                }
            let how: Behaviour.Break =
                switch self {
                case .reset, .midEventReset: .reset
                case .close: .close
                case .endOfBody, .midEventEnd: .endOfBody
                case .error: .error(.overloaded)
                case .silence: .silence
                }
            return .answers(.words(6)).breaking(how, at: place).delivered(.together)
        }
    }

    @Test(
        arguments: Death.allCases, 1...5)
    func `wherever and however it dies, the text comes once, in whatever pieces the fallback says it`(
        _ death: Death, _ count: Int
    ) async throws {
        let text = ScriptedAnswer.words(6).text
        let pieces = [[text], text.map(String.init), ["w0 w", "1 w2 w3 w4", " w5 "]]
        for tokens in pieces {
            let (first, second) = (
                stage.provider(death.behaviour(afterTokens: count)), stage.provider(.answers(ScriptedAnswer(tokens)))
            )
            let sink = Recorder(supportsReset: false)
            let clocks = Clocks(idleMilliseconds: death == .silence ? 50 : nil)
            let completion = try await stage.chain(first, second, clocks: clocks).respond(to: .question, into: sink)
            #expect(sink.text == text)
            #expect(completion.provider == "b")
            #expect(completion.usage.completionTokens == tokens.count)
            #expect(sink.switches.map(\.resetsText) == [false])
            #expect(first.calls.count == 1)
            #expect(second.calls.count == 1)
        }
    }

    @Test func `without another route the same one is asked again, and the text still comes once`() async throws {
        let first = stage.provider(Self.dying(.reset, afterTokens: 40), .answers(Self.answer))
        let sink = Recorder(supportsReset: false)
        let completion = try await stage.chain(first).respond(to: .question, into: sink)
        #expect(sink.text == Self.answer.text)
        #expect(sink.switches == [])
        #expect(completion.attempts == 2)
    }

    @Test(arguments: [10, 40], [20, 50])
    func `when several die one after the other, at any point, the text still comes once`(
        _ firstDies: Int, _ secondDies: Int
    ) async throws {
        let sink = Recorder(supportsReset: false)
        let completion = try await stage.chain(
            stage.provider(Self.dying(.reset, afterTokens: firstDies)),
            stage.provider(Self.dying(.close, afterTokens: secondDies)),
            stage.provider(.answers(Self.answer))
        ).respond(to: .question, into: sink)
        #expect(sink.text == Self.answer.text)
        #expect(completion.provider == "c")
        #expect(completion.attempts == 3)
        #expect(sink.failures.map(\.provider) == ["a", "b"])
        #expect(!sink.switches.contains { $0.resetsText })
    }

    @Test func `a fallback that says something else replaces the text, where text can be taken back`() async throws {
        var other = Self.answer
        other.tokens[20] = "otherwise "
        let sink = Recorder()
        let completion = try await stage.chain(
            stage.provider(Self.dying(.reset, afterTokens: 40)), stage.provider(.answers(other))
        )
        .respond(to: .question, into: sink)
        #expect(sink.shown == other.text)
        #expect(sink.text == Self.answer.tokens.prefix(40).joined() + other.text)
        #expect(
            sink.switches == [
                ProviderSwitch(from: "a", to: "b", reason: "provider_interrupted", attempt: 2, resetsText: true)
            ])
        #expect(completion.provider == "b")
        #expect(completion.usage.completionTokens == 60)
    }

    @Test(
        "a fallback that says something else where text cannot be taken back: what came stays, and the end is an error")
    func differsForGood() async throws {
        var other = Self.answer
        other.tokens[20] = "otherwise "
        let signal = Signal()
        let second = stage.provider(.answers(other).waiting(.signal(signal), beforeToken: 30))
        let sink = Recorder(supportsReset: false)
        let error = await outcome(
            of: stage.chain(stage.provider(Self.dying(.reset, afterTokens: 40)), second), into: sink
        ).modelError
        #expect(error?.kind == .interrupted)
        #expect(error?.provider == "a")
        #expect(sink.text == Self.answer.tokens.prefix(40).joined())
        #expect(sink.switches == [])
        // Nobody wants the rest: it is not waited for.
        #expect(await second.ended().ending == .clientLeft)
    }

    @Test func `a fallback that says less: it replaces the text where it can, and is an error where it cannot`()
        async throws
    {
        let short = ScriptedAnswer.words(30)
        let sink = Recorder()
        let completion = try await stage.chain(
            stage.provider(Self.dying(.reset, afterTokens: 40)), stage.provider(.answers(short))
        )
        .respond(to: .question, into: sink)
        #expect(sink.shown == short.text)
        #expect(sink.switches.map(\.resetsText) == [true])
        #expect(completion.usage.completionTokens == 30)

        let fixed = Recorder(supportsReset: false)
        let error = await outcome(
            of: stage.chain(stage.provider(Self.dying(.reset, afterTokens: 40)), stage.provider(.answers(short))),
            into: fixed
        ).modelError
        #expect(error?.kind == .interrupted)
        #expect(fixed.text == Self.answer.tokens.prefix(40).joined())
        #expect(fixed.switches == [])
    }

    @Test func `a fallback that says exactly what came before it ends the answer well`() async throws {
        let sink = Recorder(supportsReset: false)
        let completion = try await stage.chain(
            stage.provider(Self.dying(.endOfBody, afterTokens: 60)), stage.provider(.answers(Self.answer))
        ).respond(to: .question, into: sink)
        #expect(sink.text == Self.answer.text)
        #expect(completion.provider == "b")
        #expect(sink.switches.map(\.resetsText) == [false])
    }

    @Test(arguments: ProviderKind.allCases, ProviderKind.allCases)
    func `the primary and the fallback need not be of one kind`(_ kind: ProviderKind, _ other: ProviderKind)
        async throws
    {
        let first = stage.provider(kind, [Self.dying(.close, afterTokens: 40)])
        let second = stage.provider(other, [.answers(Self.answer)])
        let sink = Recorder(supportsReset: false)
        let completion = try await stage.chain(first, second).respond(to: .question, into: sink)
        #expect(sink.pieces == Self.answer.tokens)
        #expect(completion.provider == "b")
        #expect(completion.usage == Usage(promptTokens: 11, completionTokens: 60, isEstimated: false))
        #expect(sink.failures.map(\.provider) == ["a"])
    }

    @Test func `a judgement on the content in the middle of an answer is its end, and nobody else is asked`() async {
        let second = stage.provider(.answers(Self.answer))
        let sink = Recorder()
        let chain = stage.chain(stage.provider(Self.dying(.error(.contentPolicy), afterTokens: 40)), second)
        #expect(await outcome(of: chain, into: sink).modelError?.kind == .contentPolicy)
        #expect(sink.text == Self.answer.tokens.prefix(40).joined())
        #expect(second.connections == 0)
    }
}
