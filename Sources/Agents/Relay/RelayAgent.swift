public import Chat

/// An agent that adds nothing: the request goes to the model as it is.
public struct RelayAgent: Agent {
    public let name = ConversationRelay.storedName
    private let request: ModelRequest
    private let model: any LanguageModel

    public init(_ request: ModelRequest, to model: any LanguageModel) {
        self.request = request
        self.model = model
    }

    public var availability: [ModelAvailability] { model.availability }

    public func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        sink.prompt(bytes: request.promptBytes)
        return try await model.respond(to: request, into: sink)
    }
}

/// An agent that adds nothing to a conversation that is kept here: the model is sent what was said.
public struct ConversationRelay: Agent {
    /// The name of the agent in the turns of a relay.
    public static let storedName = "relay"

    public let name = storedName
    private let model: any LanguageModel
    private let modelName: String?

    public init(_ model: any LanguageModel, named modelName: String? = nil) {
        self.model = model
        self.modelName = modelName
    }

    public var availability: [ModelAvailability] { model.availability }

    public func reply(to turn: TurnContext, into sink: some ReplySink) async throws -> ModelCompletion {
        let earlier = turn.history.filter { !$0.content.isEmpty && $0.status != .streaming }
        var request = ModelRequest(
            model: modelName, instructions: "",
            messages: earlier.map { ModelMessage(role: ModelMessage.Role($0.role), content: $0.content) }
                + [ModelMessage(role: .user, content: turn.text)])
        request.isFresh = turn.isRegeneration
        sink.prompt(bytes: request.promptBytes)
        return try await model.respond(to: request.goingOn(after: turn.beginning), into: sink)
    }
}
