import Agents
import Chat

// What a chat completion needs of anyone who answers it.

extension CompletionRequest {
    /// The longest message that an agent reads, as in the other dialects.
    static let agentMessageBytes = 1...32_768

    /// Makes the request ready for a model.
    /// - Throws: `Problem` 503 when it needs a language model and there is none.
    mutating func prepare(for model: any LanguageModel) throws(Problem) {
        // These clients take any text for a model's. Where there are language models, their failure is an error, with a status.
        request.needsModel = Self.hasLanguageModel(model.availability)
        if let place = firstAttachment(refusedBy: model) {
            throw .invalid(place, "is of a kind that no provider of this model takes")
        }
        if !request.needsModel, let field = fieldForModelsOnly { throw Self.needsModel(field) }
    }

    /// Where the first attachment is that a model takes neither alone nor with the others; nil when it can answer.
    private func firstAttachment(refusedBy model: any LanguageModel) -> String? {
        let places = attachments
        guard !places.isEmpty, !model.canAnswer(request) else { return nil }
        let refused = places.first { part, _ in
            var message = ModelMessage(role: .user, content: "")
            message.parts = [part]
            var alone = ModelRequest(instructions: "", messages: [message])
            alone.needsModel = request.needsModel
            return !model.canAnswer(alone)
        }
        return (refused ?? places.first)?.place
    }

    /// Everything that is no text, and where it is.
    private var attachments: [(part: MessagePart, place: String)] {
        request.messages.enumerated().flatMap { number, message in
            message.parts.enumerated().compactMap { index, part in
                guard case .attachment = part else { return nil }
                return (part, "messages[\(number)].content[\(index)]")
            }
        }
    }

    /// The last message of the user's as the history keeps it: its text, and a note for each thing that is none. Pictures and files
    /// themselves are not stored.
    var storedText: String {
        guard let message = request.messages.last(where: { $0.role == .user }) else { return "" }
        let notes = message.attachments.map { attachment in
            switch attachment.kind {
            case .image: "[picture]"
            case .audio: "[recording]"
            case .file: attachment.name.map { $0.isEmpty ? "[file]" : "[file: \($0)]" } ?? "[file]"
            }
        }
        return ([message.content] + notes).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// The agent with the client's conversation before it.
    /// - Parameter isInNeed: whether the last message is from somebody in need, who is answered whatever else is asked for.
    /// - Throws: `Problem`: 400 for what the agents do not do; 503 where that would need a language model and there is none.
    func conversation(with agent: any Agent, isInNeed: Bool) throws(Problem) -> ClientConversation {
        if !isInNeed, let field = fieldForModelsOnly {
            guard Self.hasLanguageModel(agent.availability) else { throw Self.needsModel(field) }
            throw .invalid(field, "is not for \(agent.name), who answers in words: ask a language model by its name")
        }
        if !isInNeed, let place = attachments.first?.place {
            throw .invalid(place, "is not for \(agent.name), who reads text: ask a language model by its name")
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
