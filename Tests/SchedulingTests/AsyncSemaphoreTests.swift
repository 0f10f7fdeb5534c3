import Synchronization
import Testing

@testable import Scheduling

@Suite struct GateTests {
    @Test func `no more than its places are inside at once, and everybody gets through`() async throws {
        let gate = AsyncSemaphore(places: 3)
        let inside = Occupancy()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await gate.withPermit {
                        inside.come()
                        await Task.yield()
                        inside.go()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(inside.total == 200)
        #expect((1...3).contains(inside.most))
    }

    /// Takes the gate's place until `hold` is finished.
    private static func hold(
        _ gate: AsyncSemaphore
    ) async -> (holder: Task<Void, any Error>, hold: AsyncStream<Void>.Continuation) {
        let (holding, hold) = AsyncStream.makeStream(of: Void.self)
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let holder = Task {
            try await gate.withPermit {
                enter.finish()
                for await _ in holding {}
            }
        }
        for await _ in entered {}
        return (holder, hold)
    }

    @Test func `a task that is cancelled while it waits gives up, and its place in the queue is free`() async throws {
        let gate = AsyncSemaphore(places: 1)
        let (holder, hold) = await Self.hold(gate)
        let impatient = Task { try await gate.withPermit { Issue.record("passed") } }
        while gate.waiting == 0 { await Task.yield() }
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        #expect(gate.waiting == 0)
        hold.finish()
        try await holder.value
        #expect(try await gate.withPermit { true })
    }

    @Test func `no more wait than may`() async throws {
        let gate = AsyncSemaphore(places: 1, mostWaiting: 1)
        let (holder, hold) = await Self.hold(gate)
        let waiter = Task { try await gate.withPermit { true } }
        while gate.waiting == 0 { await Task.yield() }
        await #expect(throws: AsyncSemaphore.Full.self) { try await gate.withPermit { Issue.record("passed") } }
        hold.finish()
        try await holder.value
        #expect(try await waiter.value)
    }

    @Test func `an error inside frees the place`() async throws {
        struct Refusal: Error {}
        let gate = AsyncSemaphore(places: 1)
        await #expect(throws: Refusal.self) { try await gate.withPermit { throw Refusal() } }
        #expect(try await gate.withPermit { 7 } == 7)
    }

    @Test func `one task of each key is inside, and what one key has waiting holds up no other`() async throws {
        let gates = KeyedSemaphore<String>(mostWaiting: 1)
        let (holding, hold) = AsyncStream.makeStream(of: Void.self)
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let holder = Task {
            try await gates.withPermit(of: "ann") {
                enter.finish()
                for await _ in holding {}
            }
        }
        for await _ in entered {}
        // One of these waits and one is refused, whichever comes first.
        let others = (0..<2).map { _ in Task { try await gates.withPermit(of: "ann") { true } } }
        let results = AsyncStream<Bool> { stream in
            for other in others { Task { stream.yield((try? await other.value) ?? false) } }
        }
        var next = results.makeAsyncIterator()
        #expect(await next.next() == false)
        #expect(try await gates.withPermit(of: "bob") { 7 } == 7)
        #expect(gates.count == 1)
        hold.finish()
        #expect(await next.next() == true)
        try await holder.value
        #expect(gates.count == 0)
    }
}

/// How many are inside, and how many were at most.
private final class Occupancy: Sendable {
    private let state = Mutex((now: 0, most: 0, total: 0))

    var most: Int { state.withLock { $0.most } }
    var total: Int { state.withLock { $0.total } }

    func come() {
        state.withLock { state in
            state.now += 1
            state.total += 1
            state.most = max(state.most, state.now)
        }
    }

    func go() { state.withLock { $0.now -= 1 } }
}
