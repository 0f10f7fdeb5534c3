import Synchronization
import Testing

@testable import Scheduling

@Suite("The gate")
struct GateTests {
    @Test("no more than its places are inside at once, and everybody gets through")
    func places() async throws {
        let gate = Gate(places: 3)
        let inside = Mutex((now: 0, most: 0, total: 0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await gate.pass {
                        inside.withLock { inside in
                            inside.now += 1
                            inside.total += 1
                            inside.most = max(inside.most, inside.now)
                        }
                        await Task.yield()
                        inside.withLock { $0.now -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.withLock { $0.total } == 200)
        #expect((1...3).contains(inside.withLock { $0.most }))
    }

    @Test("a task that is cancelled while it waits gives up, and its place in the queue is free")
    func cancellation() async throws {
        let gate = Gate(places: 1)
        let (holding, hold) = AsyncStream.makeStream(of: Void.self)
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let holder = Task {
            try await gate.pass {
                enter.finish()
                for await _ in holding {}
            }
        }
        for await _ in entered {}
        let impatient = Task { try await gate.pass { Issue.record("passed") } }
        while gate.waiting == 0 { await Task.yield() }
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        #expect(gate.waiting == 0)
        hold.finish()
        try await holder.value
        #expect(try await gate.pass { true })
    }

    @Test("an error inside frees the place")
    func errors() async throws {
        struct Refusal: Error {}
        let gate = Gate(places: 1)
        await #expect(throws: Refusal.self) { try await gate.pass { throw Refusal() } }
        #expect(try await gate.pass { 7 } == 7)
    }
}
