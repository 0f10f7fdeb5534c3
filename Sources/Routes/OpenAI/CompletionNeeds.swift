import Agents
import Chat

// What a chat completion needs of whoever answers it.

extension CompletionRequest {
    /// The longest message that an agent reads, as in the other dialects.
    static let agentMessageBytes = 1...32_768

    /// Makes the request ready for a model.
    /// - Throws: `Problem` 503 when it needs a language model and there is none.
    mutating func prepare(for model: any LanguageModel) throws(Problem) {
        // These clients take any text for a model's. Where there are language models, their failure is an error, with a status.
        request.needsModel = Self.hasLanguageModel(model.availability)
        if !request.needsModel, let field = fieldForModelsOnly { throw Self.needsModel(field) }
    }

    /// The agent with the client's conversation before it.
    /// - Parameter isInNeed: whether the last message is from somebody in need, who is answered whatever else is asked for.
    /// - Throws: `Problem`: 400 for what the agents do not do; 503 where that would need a language model and there is none.
    func conversation(with agent: any Agent, isInNeed: Bool) throws(Problem) -> ClientConversation {
        if !isInNeed, let field = fieldForModelsOnly {
            guard Self.hasLanguageModel(agent.availability) else { throw Self.needsModel(field) }
            throw .invalid(field, "is not for \(agent.name), who answers in words: ask a language model by its name")
        }
        let last = request.messages.count - 1
        guard request.messages[last].role == .user else {
            throw .invalid("messages", "must end with a message of the user's for \(agent.name)")
        }
        let bytes = request.messages[last].content.utf8.count
        guard Self.agentMessageBytes.contains(bytes) else {
            throw .invalid(
                "messages[\(last)].content",
                "must have \(Self.agentMessageBytes.lowerBound) to \(Self.agentMessageBytes.upperBound) bytes for "
                    + "\(agent.name); it has \(bytes)")
        }
        return ClientConversation(request.messages.dropLast(), with: agent, isFresh: request.isFresh)
    }

    /// The field that asks for more than words, which only a language model gives: tools that may be called, what was called
    /// before, JSON. Nil when there is none.
    private var fieldForModelsOnly: String? {
        if let options = request.options {
            if !options.tools.isEmpty, options.toolChoice != ModelRequest.ToolChoice.none { return "tools" }
            switch options.responseFormat {
            case .jsonObject, .jsonSchema: return "response_format"
            case .text, nil: break
            }
        }
        return request.messages.firstIndex { $0.role == .tool || !$0.toolCalls.isEmpty }.map { "messages[\($0)]" }
    }

    /// Whether a language model is configured among these, though it may rest at the moment.
    private static func hasLanguageModel(_ providers: [ModelAvailability]) -> Bool {
        providers.contains { $0.kind != EmbeddedProvider.kind && ($0.isAvailable || $0.rest != nil) }
    }

    private static func needsModel(_ field: String) -> Problem {
        Problem(
            status: 503, code: "language_model_required",
            detail:
                "\(field) needs a language model, and none is configured here for this request's model. The operator of this "
                + "server can add one to its configuration.",
            errors: [Problem.FieldError(field: field, detail: "needs a language model")])
    }
}
