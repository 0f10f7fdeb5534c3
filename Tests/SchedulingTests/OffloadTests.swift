import Testing

@testable import Scheduling

@Suite struct OffloadTests {
    @Test func `what blocks apart holds up no other task`() async throws {
        // More than there are shared threads anywhere; each would block one of them.
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let latch = ConditionMutex(false)
        let blocked = (0..<64).map { _ in
            Task {
                try await offload {
                    start.yield()
                    latch.wait { $0 ? () : nil }
                }
            }
        }
        for await _ in started { break }
        // Tasks of the shared threads go on.
        let sum = await withTaskGroup(of: Int.self) { group in
            for number in 1...100 { group.addTask { number } }
            return await group.reduce(0, +)
        }
        #expect(sum == 5_050)
        for _ in blocked { latch.withLockSignalling { $0 = true } }
        for task in blocked { try await task.value }
    }

    @Test func `cancelling the caller cancels what runs apart`() async {
        let task = Task {
            try await offload {
                while !Task.isCancelled { await Task.yield() }
                throw CancellationError()
            }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
