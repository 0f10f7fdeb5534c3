// The guard before every agent: for somebody in need.

package import Chat

/// Answers a message from somebody in need, before any agent does: no catalogue is searched, no document quoted, no figure
/// worked out and no taste noted. The next message is an agent's again.
package enum Care {
    /// The answer to such a message; nil for every other message, which is the agent's.
    ///
    /// A language model is told what to do and says it in its own words. Whatever it says, where to find help stands at the
    /// end; and when it fails before it has said anything, the answer is ours.
    /// - Throws: `ModelError` after some text, `CancellationError`.
    static func reply(
        to turn: TurnContext, by model: any LanguageModel, named name: String? = nil, into sink: some ReplySink
    ) async throws -> ModelCompletion? {
        guard let need = CareReader.need(in: turn.text) else { return nil }
        let request = request(for: need, turn, model: model, named: name)
        sink.prompt(bytes: request.promptBytes)
        do {
            let completion = try await model.respond(to: request.goingOn(after: turn.beginning), into: sink)
            if !completion.isEmbedded { sink.text(TextBatch("\n\n" + CareAnswer.notice(in: need.language))) }
            return completion
        } catch let error as ModelError {
            let hasSpoken = !sink.emitted(last: 1).isEmpty
            sink.text(TextBatch(hasSpoken ? "\n\n" + CareAnswer.notice(in: need.language) : CareAnswer.text(for: need)))
            if hasSpoken { throw error }
            var completion = ModelCompletion(
                finishReason: "stop", provider: EmbeddedProvider.kind, model: "",
                usage: Usage(promptTokens: 0, completionTokens: 0, isEstimated: true))
            completion.isEmbedded = true
            return completion
        }
    }

    /// What the embedded provider says to a conversation that ends with such a message; nil for every other.
    package static func answer(to messages: [ModelMessage]) -> (any EmbeddedAnswer)? {
        guard let last = messages.last, last.role == .user else { return nil }
        return CareReader.need(in: last.content).map { ComposedAnswer(paragraphs: [CareAnswer.text(for: $0)]) }
    }

    private static func request(
        for need: CareReader.Need, _ turn: TurnContext, model: any LanguageModel, named name: String?
    ) -> ModelRequest {
        let question = ModelMessage(role: .user, content: turn.text)
        let reads = model.readsConversation
        var request = ModelRequest(
            model: name, instructions: reads ? CareAnswer.instructions(for: need) : "",
            messages: (reads ? QuotedData.conversation(turn.history) : []) + [question],
            embeddedAnswer: ComposedAnswer(paragraphs: [CareAnswer.text(for: need)]))
        // Nobody in need is given an answer that was somebody else's.
        request.isFresh = true
        return request
    }
}

extension [Message] {
    /// Without the messages of somebody in need: no rule takes a wish, a topic or a question from them.
    var withoutNeed: [Message] {
        filter { $0.role != .user || CareReader.need(in: $0.content) == nil }
    }
}
