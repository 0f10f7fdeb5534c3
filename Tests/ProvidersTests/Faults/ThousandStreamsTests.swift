import Chat
import Glibc
import HTTPClient
import ProviderFaults
import Testing

@testable import Providers

/// Whether a sanitizer runs these tests (`scripts/sanitized-tests.sh`). It slows all of them down some twentyfold.
let isSanitized = getenv("CHAT_FCGI_SANITIZER") != nil

/// Many answers at once.
@Suite(.timeLimit(.minutes(5))) struct ThousandStreamsTests {
    private let stage = Stage()

    @Test func `a thousand streams at once on one client: all their primaries die together, and each answer is whole`()
        async throws
    {
        // A sanitizer sees in a hundred streams what it would see in a thousand.
        let count = isSanitized ? 100 : 1000
        let signal = Signal()
        let text = ScriptedAnswer.words(60).text
        let first = stage.provider(
            .answers(.words(60)).breaking(.close, at: .afterTokens(40)).waiting(.signal(signal), beforeToken: 40))
        let second = stage.provider(.answers(ScriptedAnswer.words(60)))
        let chain = stage.chain(first, second)
        let whole = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<count {
                group.addTask {
                    let sink = Recorder(supportsReset: false)
                    let completion = try await chain.respond(to: .question, into: sink)
                    return sink.text == text && completion.provider == "b"
                }
            }
            await first.isCalled(times: count)
            signal.give()
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(whole == count)
        #expect(first.calls.count == count)
        #expect(second.calls.count == count)
    }
}
