import Chat
import Synchronization
import Telemetry
import Testing

@testable import FCGIApp
@testable import Ownership
@testable import Routes

@Suite struct RequestJournalTests {
    private final class Lines: Sendable {
        private let entries = Mutex<[Log.Entry]>([])
        func add(_ entry: Log.Entry) { entries.withLock { $0.append(entry) } }
        var messages: [String] { entries.withLock { $0.map(\.message) } }
        func field(_ name: String) -> Log.Value? {
            entries.withLock { $0.lazy.flatMap(\.fields).first { $0.name == name }?.value }
        }
    }

    private let lines = Lines()

    private func told(
        _ status: Int?, isRoutine: Bool = false, level: Log.Level = .info,
        adjust: (inout RequestJournal.Options) -> Void = { _ in }
    ) -> [String] {
        let journal = RequestJournal(log: Log(level: level) { [lines] in lines.add($0) }, secret: [1])
        var notes = RequestJournal.Notes()
        notes.origin = RequestOrigin(requestID: "r")
        notes.user = UserID(rawValue: "ada@example.org")
        notes.isRoutine = isRoutine
        var options = RequestJournal.Options()
        adjust(&options)
        journal.replyBegins(notes, isStream: false, options)(ResponseRecord(status: status, bytes: 1, isComplete: true))
        return lines.messages
    }

    @Test func `a request has a line, and a refusal one of its own`() {
        #expect(told(200) == ["request"])
    }

    @Test(arguments: [401, 403, 413, 429, 503, 507])
    func `a refusal has a line of its own`(status: Int) { #expect(told(status) == ["refused", "request"]) }

    @Test func `with no line for each request, refusals keep theirs`() {
        #expect(told(200) { $0.writesRequests = false } == [])
        #expect(told(429) { $0.writesRequests = false } == ["refused"])
    }

    @Test func `what is asked again and again has a line only when it fails, or when all is told`() {
        #expect(told(200, isRoutine: true) == [])
        #expect(told(500, isRoutine: true) == ["request"])
        #expect(told(200, isRoutine: true, level: .debug).last == "request")
    }

    @Test func `a level above info silences them`() { #expect(told(401, level: .warning) == []) }

    @Test func `users are named by a hash that needs the secret`() {
        _ = told(200)
        let user = UserID(rawValue: "ada@example.org")
        guard case .text(let name)? = lines.field("user") else {
            Issue.record("no user in the line")
            return
        }
        #expect(name == UserHash(secret: [1]).name(of: user))
        #expect(name != UserHash(secret: [2]).name(of: user))
        #expect(name.count == 12)
        #expect(!name.contains("ada"))
    }
}
