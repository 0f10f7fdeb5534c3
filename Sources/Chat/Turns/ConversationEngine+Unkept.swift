import Scheduling

/// Answers of which nothing is kept: those of a dialect whose clients keep the conversation themselves.
extension ConversationEngine {
    /// Lets `model` answer a request. Neither the request nor the answer is stored; it counts against the user's limits
    /// as any turn does.
    ///
    /// Nobody can come back to it, so it ends when its reader leaves (`left`).
    /// - Returns: the log of the answer; its first event is there.
    /// - Throws: `EngineError`.
    public func answer(
        _ request: ModelRequest, by model: any LanguageModel, for user: UserID
    ) throws(EngineError) -> TurnLog {
        let acceptance = Acceptance(
            userMessageID: Identifiers.message(), sessionID: Identifiers.session(), replyID: Identifiers.message(),
            createdAt: .now())
        let turn = PendingTurn(
            request: TurnRequest(
                user: user, session: nil, text: request.messages.last?.content ?? "", form: .completion),
            acceptance: acceptance, isQueued: false, isRegeneration: false, log: TurnLog(replyID: acceptance.replyID),
            begun: .now())
        turn.log.append(.accepted(acceptance))
        try admit(turn.log, of: turn.request)
        let task = Task { await self.run(unkept: turn, request, model) }
        let mustEnd = state.withLock { state in
            state.turns[turn.log.replyID]?.task = task
            return state.turns[turn.log.replyID]?.ending != nil
        }
        if mustEnd { task.cancel() }
        return turn.log
    }

    /// The reader of an answer that is not kept has left: the provider's call is cancelled. One that has ended stays as it is.
    public func left(_ log: TurnLog) {
        if !log.isEnded { end(log.replyID, as: .departure) }
    }

    private func run(unkept turn: PendingTurn, _ request: ModelRequest, _ model: any LanguageModel) async {
        let terminal: ChatEvent
        do {
            let sink = TurnSink(log: turn.log, limit: limits.replyBytes, form: .completion)
            terminal = .completed(
                completion(of: turn, try await model.respond(to: request, into: sink), wasStopped: false))
        } catch {
            terminal = self.terminal(of: turn, after: error)
        }
        turn.log.append(terminal)
        forget(turn.log.replyID)
    }
}
