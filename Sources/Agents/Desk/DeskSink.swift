public import Chat

/// Where the desk's reply goes: text as from every agent, and what happens in its workflow.
public protocol DeskSink: ReplySink {
    /// Something happened in the workflow. Called from the task that the reply comes from, in order.
    func workflow(_ event: WorkflowEvent)
}

/// A sink for readers that know no workflows: its events are dropped, the text is the same.
struct PlainSink<Sink: ReplySink>: DeskSink {
    let sink: Sink

    func workflow(_ event: WorkflowEvent) {}
    func text(_ batch: TextBatch) { sink.text(batch) }
    func reasoning(_ batch: TextBatch) { sink.reasoning(batch) }
    func toolCalls(_ pieces: [ToolCallPiece]) { sink.toolCalls(pieces) }
    func providerSwitch(_ change: ProviderSwitch) { sink.providerSwitch(change) }
    func attemptFailed(_ attempt: FailedAttempt) { sink.attemptFailed(attempt) }
    func recommendations(_ books: [Book]) { sink.recommendations(books) }
    var canTakeBack: Bool { sink.canTakeBack }
    var wantsMore: Bool { sink.wantsMore }
}
