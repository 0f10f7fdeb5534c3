/// Agents that work on one request, and which of them wait for which others: a graph without cycles.
public struct WorkflowPlan: Sendable, Equatable {
    public struct Step: Sendable, Equatable {
        public var agent: String
        /// Agents that must have ended before this one starts.
        public var after: [String]

        public init(_ agent: String, after: [String] = []) {
            self.agent = agent
            self.after = after
        }
    }

    /// Most agents of one workflow.
    public static let maximumSteps = 16

    public let name: String
    /// In the order they are started in where several could be.
    public let steps: [Step]

    public var agents: [String] { steps.map(\.agent) }

    /// - Parameter known: the agents there are.
    /// - Throws: `WorkflowPlanError`.
    public init(name: String, steps: [Step], known: Set<String>) throws(WorkflowPlanError) {
        guard !steps.isEmpty else { throw WorkflowPlanError.empty }
        guard steps.count <= Self.maximumSteps else { throw WorkflowPlanError.tooMany(limit: Self.maximumSteps) }
        var named: Set<String> = []
        for step in steps {
            guard known.contains(step.agent) else { throw WorkflowPlanError.unknownAgent(step.agent) }
            guard named.insert(step.agent).inserted else { throw WorkflowPlanError.twice(step.agent) }
        }
        for step in steps {
            for other in step.after where !named.contains(other) {
                throw WorkflowPlanError.unknownDependency(agent: step.agent, after: other)
            }
        }
        // Anyone who waits for nobody that is left goes; those who never go wait for each other (Kahn 1962).
        var left = steps
        while !left.isEmpty {
            let waiting = Set(left.map(\.agent))
            let rest = left.filter { step in step.after.contains { waiting.contains($0) } }
            guard rest.count < left.count else { throw WorkflowPlanError.cycle(left.map(\.agent)) }
            left = rest
        }
        self.name = name
        self.steps = steps
    }
}

/// Why a plan cannot be carried out.
public enum WorkflowPlanError: Error, Equatable, Sendable, CustomStringConvertible {
    case empty
    case tooMany(limit: Int)
    case unknownAgent(String)
    case twice(String)
    case unknownDependency(agent: String, after: String)
    /// Agents that wait for each other, and those who wait for them.
    case cycle([String])

    public var description: String {
        switch self {
        case .empty: "a workflow needs an agent"
        case .tooMany(let limit): "a workflow has at most \(limit) agents"
        case .unknownAgent(let agent): "there is no agent \(agent)"
        case .twice(let agent): "\(agent) is in the workflow twice"
        case .unknownDependency(let agent, let after): "\(agent) waits for \(after), which is not in the workflow"
        case .cycle(let agents): "these wait for each other: \(agents.joined(separator: ", "))"
        }
    }
}
