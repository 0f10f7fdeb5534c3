import Chat
import Scheduling

/// What an agent of a workflow came to.
struct Finding: Sendable {
    /// Its part of the answer.
    var text: String
    /// A sentence of it.
    var summary: String
    /// What it goes by, a JSON object; nil where there is nothing.
    var figures: [UInt8]?
    /// What it took; nil when no language model had a part in it.
    var completion: ModelCompletion?
    /// Provider calls that came to nothing on the way.
    var failedAttempts: [FailedAttempt] = []
}

/// What an agent of a workflow is given.
struct Assignment: Sendable {
    var agent: String
    /// What those it waited for found.
    var findings: [String: Finding]
    /// Those it waited for that failed.
    var missing: [String]
}

/// What a workflow came to.
struct WorkflowOutcome: Sendable {
    var findings: [String: Finding] = [:]
    /// Why an agent has none, for the user.
    var failures: [String: String] = [:]
    /// Calls that failed within agents that failed.
    var failedAttempts: [FailedAttempt] = []
}

/// Carries out workflows: a task for each agent that runs, a timer for its deadline, and one task that decides.
struct WorkflowRunner: Sendable {
    struct Options: Sendable {
        /// Agents that run at once.
        var concurrency = 3
        /// From an agent's start to its being given up, in milliseconds.
        var deadlineMilliseconds = 60_000
        /// Where it is another for an agent, by the agent's name.
        var deadlines: [String: Int] = [:]
    }

    /// An agent's failure with what is known of its calls.
    struct AgentFailure: Error {
        var reason: String
        var failedAttempts: [FailedAttempt] = []
    }

    private enum Signal: Sendable {
        case ended(String, Result<Finding, AgentFailure>)
        case expired(String)
    }

    let timers: TimerQueue
    var options = Options()

    /// Runs the plan's agents until each has completed, failed, or passed its deadline.
    ///
    /// An agent that fails does not end the others; those who wait for it are told that it is missing. One that passes its
    /// deadline is cancelled and not waited for: what it may still say goes nowhere.
    /// - Parameters:
    ///   - report: called from the calling task, in order.
    ///   - work: what an agent does. An error of its is that agent's failure; `AgentFailure` gives the words for it.
    /// - Throws: `CancellationError` when the calling task is cancelled; all agents are cancelled with it.
    func run(
        _ plan: WorkflowPlan, id: String, report: @Sendable (WorkflowUpdate) -> Void,
        work: @escaping @Sendable (Assignment) async throws -> Finding
    ) async throws -> WorkflowOutcome {
        let (signals, signal) = AsyncStream.makeStream(of: Signal.self)
        var schedule = WorkflowSchedule(plan, concurrency: options.concurrency)
        var outcome = WorkflowOutcome()
        var tasks: [String: Task<Void, Never>] = [:]
        var started: [String: MonotonicTime] = [:]
        var deadlines: [String: TimerQueue.Timer] = [:]
        defer {
            for task in tasks.values { task.cancel() }
            for deadline in deadlines.values { timers.cancel(deadline) }
        }

        func carryOut(_ actions: [WorkflowSchedule.Action]) {
            for action in actions {
                switch action {
                case .start(let agent, let missing):
                    let needed = plan.steps.first { $0.agent == agent }?.after ?? []
                    let assignment = Assignment(
                        agent: agent, findings: outcome.findings.filter { needed.contains($0.key) }, missing: missing)
                    started[agent] = .now()
                    tasks[agent] = Task { signal.yield(.ended(agent, await Self.result(of: assignment, work))) }
                    let deadline = options.deadlines[agent] ?? options.deadlineMilliseconds
                    deadlines[agent] = timers.schedule(afterMilliseconds: deadline) {
                        signal.yield(.expired(agent))
                    }
                case .stop(let agent): tasks[agent]?.cancel()
                case .report(let agent, let status, let progress):
                    let summary = outcome.findings[agent]?.summary ?? outcome.failures[agent]
                    report(
                        WorkflowUpdate(
                            workflowID: id, agent: agent, status: status, progress: progress, summary: summary,
                            figures: status == .completed ? outcome.findings[agent]?.figures : nil,
                            durationMS: started[agent].map { MonotonicTime.now().milliseconds(since: $0) }))
                case .finish: break
                }
            }
        }

        carryOut(schedule.take(.begin))
        // A cancelled task gets nil from the stream at once.
        for await event in signals {
            switch event {
            case .ended(let agent, let result):
                // One that was given up is over already.
                guard outcome.failures[agent] == nil else { continue }
                if let deadline = deadlines.removeValue(forKey: agent) { timers.cancel(deadline) }
                switch result {
                case .success(let finding):
                    outcome.findings[agent] = finding
                    carryOut(schedule.take(.completed(agent)))
                case .failure(let failure):
                    outcome.failures[agent] = failure.reason
                    outcome.failedAttempts += failure.failedAttempts
                    carryOut(schedule.take(.failed(agent)))
                }
            case .expired(let agent):
                // It may have ended in the moment that its timer fired.
                guard outcome.findings[agent] == nil, outcome.failures[agent] == nil else { continue }
                outcome.failures[agent] = "It took too long and was given up."
                carryOut(schedule.take(.expired(agent)))
            }
            if schedule.isOver { break }
        }
        guard schedule.isOver, !Task.isCancelled else {
            carryOut(schedule.take(.cancelled))
            throw CancellationError()
        }
        return outcome
    }

    private static func result(
        of assignment: Assignment, _ work: @Sendable (Assignment) async throws -> Finding
    ) async -> Result<Finding, AgentFailure> {
        do {
            return .success(try await work(assignment))
        } catch let failure as AgentFailure {
            return .failure(failure)
        } catch {
            return .failure(AgentFailure(reason: "Something went wrong on the server."))
        }
    }
}
