import Chat
import HTTPClient
import ProviderFaults
import Testing

@testable import Providers

/// The same faults where the answer is asked for whole, in one document.
@Suite(.timeLimit(.minutes(5))) struct WholeFaultTests {
    private let client = HTTPClient()

    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var behaviour: Behaviour
        /// Nil for an answer.
        var failure: ModelError.Kind?
        var clocks = Clocks()
        var closes = false
        var kinds = ProviderKind.allCases
        var kind = ProviderKind.openai

        var testDescription: String { "\(kind.rawValue): \(name)" }
    }

    private static let answer = FaultCase.answer
    private static let patience = Clocks(firstTokenMilliseconds: 50, totalMilliseconds: 600)

    private static let rows: [Row] =
        [
            Row(name: "an answer", behaviour: .answers(answer)),
            Row(name: "an answer byte by byte", behaviour: .answers(answer).delivered(.bytes)),
            Row(name: "letters escaped", behaviour: .answers(answer).escapingUnicode()),
            Row(name: "a reset before the head", behaviour: .breaks(.reset), failure: .unavailable),
            Row(name: "a connection that closes before the head", behaviour: .breaks(.close), failure: .unavailable),
            Row(name: "a reset after the head", behaviour: .breaks(.reset, at: .head), failure: .interrupted),
            Row(
                name: "a connection that closes in the middle",
                behaviour: .answers(answer).breaking(.close, at: .afterTokens(2)), failure: .interrupted),
            Row(
                name: "a reset in the middle", behaviour: .answers(answer).breaking(.reset, at: .afterTokens(2)),
                failure: .interrupted),
            Row(name: "a body without anything", behaviour: .breaks(.endOfBody, at: .head), failure: .malformed),
            Row(
                name: "half a document", behaviour: .answers(answer).breaking(.endOfBody, at: .afterTokens(2)),
                failure: .malformed),
            Row(
                name: "silence before the head", behaviour: .breaks(.silence), failure: .timeout, clocks: patience,
                closes: true),
            Row(
                name: "silence in the middle", behaviour: .answers(answer).breaking(.silence, at: .afterTokens(2)),
                failure: .timeout, clocks: patience, closes: true),
            Row(name: "a page under 200", behaviour: .showsPage(), failure: .malformed),
            Row(name: "a gzip bomb", behaviour: .sendsGzipBomb(mebibytes: 64), failure: .malformed),
            Row(name: "a redirect", behaviour: .redirects(to: "http://127.0.0.1:1/"), failure: .malformed),
            Row(
                name: "an error under 200",
                behaviour: .answers(answer).breaking(.error(.overloaded), at: .afterTokens(0)), failure: .unavailable),
        ]
        + Cause.allCases.map { cause in
            Row(
                name: "a refusal: \(cause)", behaviour: .refuses(cause), failure: FaultCase.kind(of: cause),
                kinds: FaultCase.kinds(with: cause))
        }

    static let all = rows.flatMap { row in
        row.kinds.map { kind in
            var row = row
            row.kind = kind
            return row
        }
    }

    @Test(arguments: all)
    func `the caller gets the answer, or why there is none, and never a half`(_ row: Row) async throws {
        let provider = FaultyProvider(row.kind, [row.behaviour])
        let sink = Recorder()
        let result = await outcome(of: provider.model(client, streams: false, clocks: row.clocks), into: sink)
        if let failure = row.failure {
            let error = try #require(result.modelError)
            #expect(error.kind == failure, "\(error)")
            #expect(sink.text == "")
        } else {
            let completion = try result.get()
            #expect(sink.text == Self.answer.text)
            #expect(completion.finishReason == "stop")
            #expect(completion.usage == Usage(promptTokens: 11, completionTokens: 5, isEstimated: false))
        }
        #expect(provider.calls.count == 1)
        if row.closes { #expect(await provider.ended().ending == .clientLeft) }
    }
}
