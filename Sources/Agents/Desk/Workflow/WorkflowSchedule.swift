/// Who is to be started when: a workflow's state, without tasks, clocks or text. It takes what happened and says what to do.
struct WorkflowSchedule {
    enum Input: Equatable {
        case begin
        case completed(String)
        case failed(String)
        /// The agent's deadline has passed.
        case expired(String)
        case cancelled
    }

    enum Action: Equatable {
        /// `missing` are those it waited for that failed.
        case start(String, missing: [String])
        /// Its task is to be cancelled.
        case stop(String)
        case report(String, WorkflowUpdate.Status, progress: Double)
        /// All have ended. Comes once, last.
        case finish
    }

    private enum State {
        case waiting, running, completed, failed

        var isOver: Bool { self == .completed || self == .failed }
    }

    private let steps: [WorkflowPlan.Step]
    private let concurrency: Int
    private var states: [String: State]
    private(set) var isOver = false

    /// - Parameter concurrency: how many may run at once; 1 or more.
    init(_ plan: WorkflowPlan, concurrency: Int) {
        precondition(concurrency > 0)
        steps = plan.steps
        self.concurrency = concurrency
        states = Dictionary(uniqueKeysWithValues: plan.agents.map { ($0, .waiting) })
    }

    /// What is said of an agent that does not run, such as the result of one whose deadline has passed, changes nothing.
    mutating func take(_ input: Input) -> [Action] {
        guard !isOver else { return [] }
        switch input {
        case .begin: return startReady()
        case .completed(let agent): return end(agent, as: .completed)
        case .failed(let agent): return end(agent, as: .failed)
        case .expired(let agent):
            guard states[agent] == .running else { return [] }
            return [.stop(agent)] + end(agent, as: .failed)
        case .cancelled:
            isOver = true
            return steps.map(\.agent).filter { states[$0] == .running }.map { .stop($0) }
        }
    }

    private var progress: Double { Double(states.values.count { $0.isOver }) / Double(steps.count) }

    private mutating func end(_ agent: String, as state: State) -> [Action] {
        guard states[agent] == .running else { return [] }
        states[agent] = state
        let report = Action.report(agent, state == .completed ? .completed : .failed, progress: progress)
        guard states.values.contains(where: { !$0.isOver }) else {
            isOver = true
            return [report, .finish]
        }
        return [report] + startReady()
    }

    private mutating func startReady() -> [Action] {
        var actions: [Action] = []
        for step in steps where states[step.agent] == .waiting {
            guard states.values.count(where: { $0 == .running }) < concurrency else { break }
            guard step.after.allSatisfy({ states[$0]?.isOver == true }) else { continue }
            states[step.agent] = .running
            actions.append(.report(step.agent, .started, progress: progress))
            actions.append(.start(step.agent, missing: step.after.filter { states[$0] == .failed }))
        }
        return actions
    }
}
