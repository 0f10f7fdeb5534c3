import Synchronization
import Testing

@testable import JSONWebTokens

/// An issuer, its clock, and the file that processes share.
private final class Issuer: Sendable {
    struct State {
        var document: [UInt8]? = []
        var kept: IssuerKeys.Kept?
        var now: Int64 = 1_800_000_000
        var questions = 0
        var log: [String] = []
        /// Held until they are answered, where the issuer accepts questions and says nothing.
        var held: [CheckedContinuation<Void, Never>]?
    }

    struct Absent: Error {}

    let state = Mutex(State())

    func process(patience: Duration = .seconds(60)) -> IssuerKeys {
        IssuerKeys(
            IssuerKeys.Source(
                fetch: {
                    self.state.withLock { $0.questions += 1 }
                    await self.hold()
                    return try self.state.withLock { state in
                        guard let document = state.document else { throw Absent() }
                        return document
                    }
                },
                load: { self.state.withLock { $0.kept } }, save: { kept in self.state.withLock { $0.kept = kept } },
                now: { self.state.withLock { $0.now } }, log: { line in self.state.withLock { $0.log.append(line) } }),
            patience: patience)
    }

    private func hold() async {
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                state.held?.append(continuation)
                return state.held != nil
            }
            if !isHeld { continuation.resume() }
        }
    }

    func fallSilent() { state.withLock { $0.held = [] } }

    func speak() {
        for question in state.withLock({ state in state.held.take() ?? [] }) { question.resume() }
    }

    func publish(_ ids: String...) {
        let keys = ids.map { SigningKey(.eddsa).jwk(id: $0) }.joined(separator: ",")
        state.withLock { $0.document = Array("{\"keys\":[\(keys)]}".utf8) }
    }

    func vanish() { state.withLock { $0.document = nil } }
    func wait(_ seconds: Int64) { state.withLock { $0.now += seconds } }
    var questions: Int { state.withLock { $0.questions } }
}

@Suite struct IssuerKeysTests {
    private let issuer = Issuer()

    private func ids(_ keys: JSONWebKeySet) -> [String] { keys.keys.compactMap(\.id) }

    @Test func `keys are asked for once, no matter who needs them`() async throws {
        issuer.publish("a")
        let keys = issuer.process()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { _ = try await keys.keys() } }
            try await group.waitForAll()
        }
        #expect(issuer.questions == 1)
        // Nor by the next process.
        #expect(ids(try await issuer.process().keys()) == ["a"])
        #expect(issuer.questions == 1)
    }

    @Test func `an unknown key is asked for, twice a minute at most and by all processes together`() async throws {
        issuer.publish("a")
        let (one, other) = (issuer.process(), issuer.process())
        _ = try await (one.keys(), other.keys())
        issuer.publish("b")
        issuer.wait(IssuerKeys.pause)
        #expect(ids(try await one.keys(missing: "b")) == ["b"])
        #expect(issuer.questions == 2)
        // The other one finds them in the file.
        #expect(ids(try await other.keys(missing: "b")) == ["b"])
        for process in [one, other, issuer.process()] {
            for index in 0..<50 { #expect(ids(try await process.keys(missing: "x\(index)")) == ["b"]) }
        }
        #expect(issuer.questions == 2)
        issuer.wait(IssuerKeys.pause)
        _ = try await other.keys(missing: "x")
        _ = try await one.keys(missing: "y")
        #expect(issuer.questions == 3)
    }

    @Test func `while the issuer is away its last keys count, in a new process too`() async throws {
        issuer.publish("a")
        _ = try await issuer.process().keys()
        issuer.vanish()
        issuer.wait(30 * 86_400)
        let later = issuer.process()
        #expect(ids(try await later.keys()) == ["a"])
        #expect(ids(try await later.keys(missing: "b")) == ["a"])
        // What cannot be read does not replace what could.
        issuer.state.withLock { $0.document = Array("<html>".utf8) }
        issuer.wait(IssuerKeys.pause)
        #expect(ids(try await later.keys(missing: "b")) == ["a"])
        #expect(issuer.state.withLock { !$0.log.isEmpty })
    }

    @Test func `an issuer that never answered is told apart from a bad token, and asked again later`() async throws {
        issuer.vanish()
        let keys = issuer.process()
        for _ in 0..<3 { await #expect(throws: IssuerKeys.Unavailable.self) { try await keys.keys() } }
        #expect(issuer.questions == 1)
        issuer.publish("a")
        issuer.wait(IssuerKeys.pause)
        #expect(ids(try await keys.keys()) == ["a"])
    }

    @Test(.timeLimit(.minutes(1))) func `an issuer that accepts and never answers is not waited for`()
        async throws
    {
        issuer.publish("a")
        issuer.fallSilent()
        let keys = issuer.process(patience: .milliseconds(1))
        for _ in 0..<3 { await #expect(throws: IssuerKeys.Unavailable.self) { try await keys.keys() } }
        #expect(issuer.questions == 1)
        issuer.speak()
        while (try? await keys.keys()) == nil { await Task.yield() }
        #expect(issuer.questions == 1)
        // With keys of yesterday, too.
        issuer.publish("b")
        issuer.fallSilent()
        issuer.wait(IssuerKeys.waitingAge)
        #expect(ids(try await keys.keys()) == ["a"])
        issuer.speak()
        while ids(try await keys.keys()) == ["a"] { await Task.yield() }
        #expect(issuer.questions == 2)
    }

    @Test func `a key that the issuer withdrew does not count any more`() async throws {
        issuer.publish("a", "b")
        let keys = issuer.process()
        _ = try await keys.keys()
        issuer.publish("b")
        issuer.wait(IssuerKeys.lifetime)
        #expect(ids(try await keys.keys(missing: "c")) == ["b"])
    }

    @Test func `keys of yesterday are not used before new ones were asked for`() async throws {
        issuer.publish("a", "b")
        _ = try await issuer.process().keys()
        issuer.publish("b")
        issuer.wait(IssuerKeys.waitingAge)
        #expect(ids(try await issuer.process().keys()) == ["b"])
    }

    @Test func `a clock that was set back does not end it`() async throws {
        issuer.publish("a")
        let keys = issuer.process()
        _ = try await keys.keys()
        issuer.publish("b")
        issuer.wait(-86_400)
        #expect(ids(try await keys.keys(missing: "b")) == ["b"])
    }
}
