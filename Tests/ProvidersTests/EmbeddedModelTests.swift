import Chat
import Scheduling
import Testing

@testable import Providers

/// The embedded model.
@Suite(.timeLimit(.minutes(5))) struct EmbeddedModelTests {
    struct Script: EmbeddedAnswer {
        var pieces: [String]
        var failure: (any Error)?

        func compose(_ say: (String) async throws -> Void) async throws {
            for piece in pieces { try await say(piece) }
            if let failure { throw failure }
        }
    }

    private let timers = TimerQueue()

    private func request(_ pieces: [String], failure: (any Error)? = nil) -> ModelRequest {
        var request = ModelRequest.question
        request.embeddedAnswer = Script(pieces: pieces, failure: failure)
        return request
    }

    private static let text = """
        If you liked **Dune**, try these:\r\n\r\n1. *The Left Hand of Darkness* – Ursula K. Le Guin\n   (a world of ice; you \
        said “no deserts”)\t…\n\n\n日本語の本は空白がないので、長い行もどこかで切らなければなりませんが、文字の途中では決して切りません。 😀  é
        """

    @Test func `the chunks are the answer byte for byte, however it was composed`() async throws {
        let scalars = Self.text.unicodeScalars.map { String(Character($0)) }
        var words: [[String]] = []
        for pieces in [[Self.text], scalars, ["", Self.text, ""]] {
            let sink = Recorder()
            let completion = try await EmbeddedModel(timers: timers).respond(to: request(pieces), into: sink)
            #expect(Array(sink.text.utf8) == Array(Self.text.utf8))
            #expect(completion.usage.completionTokens == (Self.text.utf8.count + 3) / 4)
            #expect(completion.usage.isEstimated)
            #expect(completion.finishReason == "stop")
            #expect(completion.provider == "builtin")
            words.append(sink.pieces)
        }
        #expect(words[0] == words[1])
        #expect(words[0] == words[2])
    }

    @Test func `a chunk is a word or a few with the space behind them, and never long`() async throws {
        let sink = Recorder()
        _ = try await EmbeddedModel(timers: timers).respond(
            to: request(["I loved it. Extraordinary! So did  she.\n\nEnd"]), into: sink)
        #expect(sink.pieces == ["I loved ", "it. Extraordinary! ", "So did  ", "she.\n\nEnd"])
        let long = Recorder()
        _ = try await EmbeddedModel(timers: timers).respond(to: request([Self.text]), into: long)
        #expect(long.pieces.allSatisfy { $0.utf8.count < WordSplitter.maximumBytes + 4 })
    }

    @Test func `each piece goes out before the next is composed`() async throws {
        struct Watching: EmbeddedAnswer {
            let sink: Recorder
            func compose(_ say: (String) async throws -> Void) async throws {
                try await say("first piece ")
                try await say("second ")
                #expect(sink.text == "first piece ")
            }
        }
        let sink = Recorder()
        var request = ModelRequest.question
        request.embeddedAnswer = Watching(sink: sink)
        _ = try await EmbeddedModel(timers: timers).respond(to: request, into: sink)
        #expect(sink.text == "first piece second ")
    }

    @Test func `with a pace, chunks go out one by one`() async throws {
        var options = EmbeddedModel.Options()
        options.paceMilliseconds = 1
        let sink = Recorder()
        _ = try await EmbeddedModel(options, timers: timers).respond(to: request([Self.text]), into: sink)
        #expect(Array(sink.text.utf8) == Array(Self.text.utf8))
        #expect(sink.batches == sink.pieces.count)
    }

    @Test func `cancelling ends the answer between two chunks`() async {
        var options = EmbeddedModel.Options()
        options.paceMilliseconds = 60_000
        let model = EmbeddedModel(options, timers: timers)
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let sink = Recorder { beginning.yield() }
        let task = Task { await outcome(of: model, request([Self.text]), into: sink) }
        _ = await begun.first { _ in true }
        task.cancel()
        let result = await task.value
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(sink.pieces.count == 1)
    }

    @Test func `an error of the agent's comes through, and what it said before stays said`() async {
        struct Broken: Error {}
        let sink = Recorder()
        let result = await outcome(
            of: EmbeddedModel(timers: timers), request(["said before "], failure: Broken()), into: sink)
        #expect(throws: Broken.self) { try result.get() }
    }

    @Test func `without an answer of the agent's it says that a language model is needed`() async throws {
        let sink = Recorder()
        _ = try await EmbeddedModel(timers: timers).respond(to: .question, into: sink)
        #expect(sink.text == EmbeddedModel.statement)
        #expect(sink.text.contains("language model"))
    }
}
