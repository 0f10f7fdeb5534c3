public import Chat
import JSON

/// Where the desk's reply goes: text as from every agent, and what happens in its workflow.
public protocol DeskSink: ReplySink {
    /// Something happened in the workflow. Called from the task that the reply comes from, in order.
    func workflow(_ event: WorkflowEvent)
}

/// Keeps the workflow's events as notes of the turn, in the words of the API: `workflow_detected`, `workflow_update`.
///
/// A note's JSON has the fields of its event in `docs/api.md` but for `type`, which is the note's kind.
public struct WorkflowNotes<Sink: ReplySink>: DeskSink {
    private let sink: Sink

    public init(_ sink: Sink) { self.sink = sink }

    public func workflow(_ event: WorkflowEvent) { sink.note(event.note) }

    public func text(_ batch: TextBatch) { sink.text(batch) }
    public func reasoning(_ batch: TextBatch) { sink.reasoning(batch) }
    public func model(_ name: String) { sink.model(name) }
    public func reasoningDetails(_ json: [UInt8]) { sink.reasoningDetails(json) }
    public func toolCalls(_ pieces: [ToolCallPiece]) { sink.toolCalls(pieces) }
    public func answering(provider: String, model: String) { sink.answering(provider: provider, model: model) }
    public func providerSwitch(_ change: ProviderSwitch) { sink.providerSwitch(change) }
    public func attemptFailed(_ attempt: FailedAttempt) { sink.attemptFailed(attempt) }
    public func emitted(last bytes: Int) -> [UInt8] { sink.emitted(last: bytes) }
    public func recommendations(_ books: [Book]) { sink.recommendations(books) }
    public func note(_ note: AgentNote) { sink.note(note) }
    public func prompt(bytes: Int) { sink.prompt(bytes: bytes) }
    public func callEnded(_ completion: ModelCompletion) { sink.callEnded(completion) }
    public var supportsReset: Bool { sink.supportsReset }
    public var wantsMore: Bool { sink.wantsMore }
}

extension WorkflowEvent {
    /// The event as it is kept with the turn.
    public var note: AgentNote {
        var json = JSONWriter(reservingCapacity: 256)
        json.beginObject()
        json.key("workflowId")
        switch self {
        case .detected(let id, let name, let agents, let after):
            json.string(id)
            json.member("name", name)
            json.key("agents")
            json.beginArray()
            for agent in agents { json.string(agent) }
            json.endArray()
            if !after.isEmpty {
                json.key("steps")
                json.beginArray()
                for agent in agents {
                    json.beginObject()
                    json.member("agent", agent)
                    json.member("after", after[agent] ?? [])
                    json.endObject()
                }
                json.endArray()
            }
        case .update(let update):
            json.string(update.workflowID)
            json.member("agent", update.agent)
            json.member("status", update.status.rawValue)
            json.member("progress", update.progress)
            json.member("summary", ifPresent: update.summary)
            json.member("durationMs", ifPresent: update.durationMS)
            if let figures = update.figures {
                json.member("figures", json: figures)
            }
        }
        json.endObject()
        return AgentNote(kind: kind, json: json.bytes)
    }

    private var kind: String {
        switch self {
        case .detected: "workflow_detected"
        case .update: "workflow_update"
        }
    }
}
