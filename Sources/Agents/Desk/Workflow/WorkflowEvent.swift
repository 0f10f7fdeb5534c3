/// Something that happens in a workflow.
public enum WorkflowEvent: Sendable, Equatable {
    /// The request wants several specialists. First of all, and once.
    case detected(id: String, name: String, agents: [String])
    case update(WorkflowUpdate)
}

/// What became of one of a workflow's agents.
public struct WorkflowUpdate: Sendable, Equatable {
    public enum Status: String, Sendable {
        case started, completed, failed
    }

    public var workflowID: String
    public var agent: String
    public var status: Status
    /// The part of the workflow's agents that have completed or failed, 0 to 1. It never goes back; 1 is the last agent's end.
    public var progress: Double
    /// Completed: what it found, a sentence. Failed: why, for the user.
    public var summary: String?

    public init(workflowID: String, agent: String, status: Status, progress: Double, summary: String? = nil) {
        self.workflowID = workflowID
        self.agent = agent
        self.status = status
        self.progress = progress
        self.summary = summary
    }
}
