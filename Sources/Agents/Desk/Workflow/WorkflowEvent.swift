// Several agents on one report, one after the other and side by side.

/// Something that happens in a workflow.
public enum WorkflowEvent: Sendable, Equatable {
    /// The request wants several specialists. First of all, and once. `after`: whom an agent waits for; one that waits for
    /// nobody may be left out.
    case detected(id: String, name: String, agents: [String], after: [String: [String]] = [:])
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
    /// Completed: what it went by, a JSON object (`Figures` of docs/api.md).
    public var figures: [UInt8]?
    /// Completed or failed: milliseconds since it was started.
    public var durationMS: Int?

    public init(
        workflowID: String, agent: String, status: Status, progress: Double, summary: String? = nil,
        figures: [UInt8]? = nil, durationMS: Int? = nil
    ) {
        self.workflowID = workflowID
        self.agent = agent
        self.status = status
        self.progress = progress
        self.summary = summary
        self.figures = figures
        self.durationMS = durationMS
    }
}
