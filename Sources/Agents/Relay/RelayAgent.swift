public import Chat

/// An agent that adds nothing: the request goes to the model as it is.
public struct RelayAgent: Agent {
    public let name = "relay"
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
