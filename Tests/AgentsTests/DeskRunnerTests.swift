import Chat
import Scheduling
import Synchronization
import Testing

@testable import Agents

/// A workflow that runs.
@Suite(.timeLimit(.minutes(5))) struct DeskRunnerTests {
    private static let timers = TimerQueue()
    private let known: Set<String> = ["a", "b", "c", "d"]

    private func runner(concurrency: Int = 4, deadlines: [String: Int] = [:]) -> WorkflowRunner {
        WorkflowRunner(
            timers: Self.timers,
            options: WorkflowRunner.Options(
                concurrency: concurrency, deadlineMilliseconds: 600_000, deadlines: deadlines))
    }

    private func finding(_ text: String) -> Finding { Finding(text: text, summary: "sum of \(text)") }

    @Test func `those who depend get what those before them found`() async throws {
        let plan = try WorkflowPlan(
            name: "n", steps: [.init("a"), .init("b"), .init("c", after: ["a", "b"]), .init("d", after: ["c"])],
            known: known)
        let updates = Updates()
        let outcome = try await runner().run(plan, id: "wf_1") {
            updates.append($0)
        } work: { assignment in
            finding(
                assignment.agent + "(" + assignment.findings.values.map(\.text).sorted().joined(separator: ",") + ")")
        }
        #expect(
            outcome.findings.mapValues(\.text) == ["a": "a()", "b": "b()", "c": "c(a(),b())", "d": "d(c(a(),b()))"])
        #expect(outcome.failures.isEmpty)
        #expect(updates.all.allSatisfy { $0.workflowID == "wf_1" })
        #expect(updates.all.filter { $0.status == .completed }.map(\.progress) == [0.25, 0.5, 0.75, 1])
        #expect(updates.all.last?.summary == "sum of d(c(a(),b()))")
        #expect(updates.all.first { $0.agent == "a" }?.status == .started)
    }

    @Test func `independent ones really run side by side`() async throws {
        let plan = try WorkflowPlan(name: "n", steps: [.init("a"), .init("b"), .init("c")], known: known)
        // Nobody goes on before all three are there; one after the other they would wait for ever.
        let meeting = Meeting(of: 3)
        let outcome = try await runner(concurrency: 3).run(plan, id: "wf") { _ in
        } work: { assignment in
            await meeting.wait()
            return finding(assignment.agent)
        }
        #expect(outcome.findings.count == 3)
    }

    @Test func `no more than the limit run at once`() async throws {
        let plan = try WorkflowPlan(name: "n", steps: ["a", "b", "c", "d"].map { .init($0) }, known: known)
        let meeting = Meeting(of: 2)
        let inside = Mutex((now: 0, most: 0))
        _ = try await runner(concurrency: 2).run(plan, id: "wf") { _ in
        } work: { assignment in
            inside.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            await meeting.wait()
            inside.withLock { $0.now -= 1 }
            return finding(assignment.agent)
        }
        #expect(inside.withLock { $0.most } == 2)
    }

    @Test("one that fails is told of with its reason, the others go on, and its dependants know that it is missing")
    func failure() async throws {
        struct Broken: Error {}
        let plan = try WorkflowPlan(
            name: "n", steps: [.init("a"), .init("b"), .init("c", after: ["a", "b"]), .init("d")], known: known)
        let updates = Updates()
        let outcome = try await runner().run(plan, id: "wf") {
            updates.append($0)
        } work: { assignment in
            switch assignment.agent {
            case "a": throw WorkflowRunner.AgentFailure(reason: "No prices.")
            case "d": throw Broken()
            default: return finding(assignment.agent + " without " + assignment.missing.joined())
            }
        }
        #expect(outcome.findings.mapValues(\.text) == ["b": "b without ", "c": "c without a"])
        #expect(outcome.failures == ["a": "No prices.", "d": "Something went wrong on the server."])
        #expect(updates.all.first { $0.agent == "a" && $0.status == .failed }?.summary == "No prices.")
        #expect(updates.all.last?.progress == 1)
    }

    @Test func `one that heeds nothing is given up at its deadline, and what it says later goes nowhere`() async throws
    {
        let plan = try WorkflowPlan(name: "n", steps: [.init("a"), .init("b", after: ["a"])], known: known)
        let meeting = Meeting(of: 2)
        let updates = Updates()
        let isGoing = Mutex(false)
        let runner = runner(deadlines: ["a": 0])
        let outcome = try await runner.run(plan, id: "wf") {
            updates.append($0)
        } work: { assignment in
            if assignment.agent == "a" {
                // Not even a cancellation wakes it.
                await meeting.wait()
                isGoing.withLock { $0 = true }
                return finding("too late")
            }
            return finding("b without " + assignment.missing.joined())
        }
        #expect(outcome.findings.mapValues(\.text) == ["b": "b without a"])
        #expect(outcome.failures["a"]?.contains("too long") == true)
        #expect(updates.all.map(\.status) == [.started, .failed, .started, .completed])
        #expect(!isGoing.withLock { $0 })
        await meeting.wait()
    }

    @Test func `cancelling ends all that run and starts nothing more`() async throws {
        let plan = try WorkflowPlan(
            name: "n", steps: [.init("a"), .init("b"), .init("c", after: ["a"])], known: known)
        let (begun, beginning) = AsyncStream.makeStream(of: String.self)
        let (ended, ending) = AsyncStream.makeStream(of: String.self)
        let updates = Updates()
        let runner = runner()
        let task = Task {
            try await runner.run(plan, id: "wf") {
                updates.append($0)
            } work: { assignment in
                beginning.yield(assignment.agent)
                do {
                    try await Self.timers.sleep(milliseconds: 600_000)
                } catch {
                    ending.yield(assignment.agent)
                    throw error
                }
                return finding(assignment.agent)
            }
        }
        var names: Set<String> = []
        for await name in begun {
            names.insert(name)
            if names.count == 2 { break }
        }
        task.cancel()
        let result = await task.result
        #expect(throws: CancellationError.self) { try result.get() }
        var cancelled: Set<String> = []
        for await name in ended {
            cancelled.insert(name)
            if cancelled.count == 2 { break }
        }
        #expect(cancelled == ["a", "b"])
        #expect(updates.all.map(\.status) == [.started, .started])
    }
}

/// What was reported, in order.
final class Updates: Sendable {
    private let updates = Mutex<[WorkflowUpdate]>([])

    var all: [WorkflowUpdate] { updates.withLock { $0 } }
    func append(_ update: WorkflowUpdate) { updates.withLock { $0.append(update) } }
}

/// Lets tasks go on in groups: anyone who comes waits until its group is there, cancelled or not.
final class Meeting: Sendable {
    private let size: Int
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])

    init(of size: Int) { self.size = size }

    func wait() async {
        await withCheckedContinuation { continuation in
            let group = waiting.withLock { waiting -> [CheckedContinuation<Void, Never>] in
                waiting.append(continuation)
                guard waiting.count == size else { return [] }
                defer { waiting.removeAll() }
                return waiting
            }
            for one in group { one.resume() }
        }
    }
}
