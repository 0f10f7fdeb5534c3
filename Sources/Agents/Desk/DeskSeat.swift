public import Chat

/// The desk for one request: with the assistant and the context that the client asked for. What a dialect gives the engine.
public struct DeskSeat: Agent {
    private let desk: Desk
    private let assistant: AssistantType
    private let context: DeskContext

    public init(_ desk: Desk, assistant: AssistantType, context: DeskContext = DeskContext()) {
        self.desk = desk
        self.assistant = assistant
        self.context = context
    }

    public var name: String { desk.name }
    public var freeProviders: Set<String> { desk.freeProviders }

    /// Answers one turn; a workflow's events become notes of the turn (`WorkflowNotes`).
    /// - Throws: as `Desk.reply`.
    public func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        try await desk.reply(to: turn, context: context, assistant: assistant, into: WorkflowNotes(sink))
    }
}
