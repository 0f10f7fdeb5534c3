public import Chat

/// The desk for one request: with the assistant and the context that the client asked for. What a dialect gives the engine.
public struct DeskAgent: Agent {
    private static let prefix = "desk."

    private let desk: Desk
    private let assistant: AssistantType
    private let context: DeskContext

    public init(_ desk: Desk, assistant: AssistantType, context: DeskContext = DeskContext()) {
        self.desk = desk
        self.assistant = assistant
        self.context = context
    }

    /// "desk.analyst": stored with the turn, so that every process can tell later who was asked.
    public var name: String { Self.prefix + assistant.rawValue }
    public var availability: [ModelAvailability] { desk.availability }
    public var usualCalls: Int { desk.usualCalls }

    /// The assistant that was asked, by the agent's name that is stored with a turn; nil when it was none of the desk's.
    public static func assistant(named name: String) -> AssistantType? {
        name.hasPrefix(prefix) ? AssistantType(rawValue: String(name.dropFirst(prefix.count))) : nil
    }

    /// Answers one turn; a workflow's events become notes of the turn (`WorkflowNotes`).
    /// - Throws: as `Desk.reply`.
    public func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        try await desk.reply(to: turn, context: context, assistant: assistant, into: WorkflowNotes(sink))
    }
}
