import Scheduling

/// Answers of which nothing is kept but what they took: those of a dialect whose clients keep the conversation themselves.
extension ConversationEngine {
    /// Lets `model` answer a request. Neither the request nor the answer is stored; it counts against the user's limits
    /// as any turn does.
    ///
    /// Nobody can come back to it, so it ends when its reader leaves (`cancelForDisconnect`).
    /// - Parameter usage: where it is accounted for.
    /// - Returns: the log of the answer; its first event is there.
    /// - Throws: `EngineError`, `StoreError`.
    public func answer(
        _ request: ModelRequest, by model: any LanguageModel, for user: UserID, form: ReplyForm = .completion,
        limits: TurnLimits? = nil, accountingTo usage: any UsageStore
    ) async throws -> TurnLog {
        let promptBytes = request.promptBytes
        let answering = Answering(
            promptBytes: promptBytes, free: model.freeProviders, agent: "",
            reservation: TokenReservation(
                promptBytes: promptBytes, maximum: request.maximumOutputTokens, from: model.availability)
        ) { _, sink in
            try await model.respond(to: request, into: sink)
        }
        let turn = TurnRequest(user: user, session: nil, text: "", form: form, limits: limits)
        return try await answer(answering, as: turn, accountingTo: usage)
    }

    /// Lets `agent` answer a message, in the same way: nothing of it is stored.
    /// - Parameter promptBytes: of the message and the conversation before it, where the agent has that from the client.
    /// - Throws: `EngineError`, `StoreError`.
    public func answer(
        _ text: String, by agent: any Agent, for user: UserID, promptBytes: Int? = nil, form: ReplyForm = .completion,
        limits: TurnLimits? = nil, accountingTo usage: any UsageStore
    ) async throws -> TurnLog {
        let answering = Answering(
            promptBytes: text.utf8.count, free: agent.freeProviders, agent: agent.name,
            reservation: TokenReservation(
                promptBytes: promptBytes ?? text.utf8.count, calls: agent.usualCalls, from: agent.availability)
        ) { acceptance, sink in
            var turn = TurnContext(
                user: user, session: acceptance.sessionID, userMessageID: acceptance.userMessageID,
                replyID: acceptance.replyID, text: text, history: [], createdAt: acceptance.createdAt)
            turn.isKept = false
            return try await agent.reply(to: turn, into: sink)
        }
        let turn = TurnRequest(user: user, session: nil, text: "", form: form, limits: limits)
        return try await answer(answering, as: turn, accountingTo: usage)
    }

    /// How an answer that is not kept comes about.
    private struct Answering: Sendable {
        var promptBytes: Int
        var free: Set<String>
        /// Empty where a model is asked without one.
        var agent: String
        var reservation: TokenReservation
        var answer: @Sendable (Acceptance, TurnSink) async throws -> ModelCompletion
    }

    private func answer(
        _ answering: Answering, as request: TurnRequest, accountingTo usage: any UsageStore
    ) async throws -> TurnLog {
        let acceptance = Acceptance(
            userMessageID: Identifiers.message(), sessionID: Identifiers.session(), replyID: Identifiers.message(),
            createdAt: .now())
        let turn = PendingTurn(
            request: request, acceptance: acceptance, isRegeneration: false,
            log: TurnLog(replyID: acceptance.replyID), begun: .now())
        turn.log.append(.accepted(acceptance))
        try admit(turn.log, of: request, in: acceptance.sessionID)
        let ephemeral = EphemeralTurn(
            id: acceptance.replyID, user: request.user, worker: worker, limits: limits(of: request),
            keyLimits: request.limits?.key, reservation: answering.reservation, createdAt: acceptance.createdAt)
        let refusal: TurnRefusal?
        do {
            refusal = try await usage.begin(ephemeral)
        } catch let error as StoreError where error.kind == .unavailable {
            // A disk that is full is no reason to refuse what takes no place on it.
            report("turn \(acceptance.replyID): not counted among those under way: \(error)")
            refusal = try? await usage.refusal(of: ephemeral)
        } catch {
            forget(turn.log.replyID)
            throw error
        }
        if let refusal {
            forget(turn.log.replyID)
            throw EngineError(refusal, ephemeral.limits, ephemeral.keyLimits)
        }
        started(turn.log.replyID, isQueued: false, Task { await self.run(ephemeral: turn, answering, usage) })
        return turn.log
    }

    /// The reader of an answer that is not kept has left: the provider's call is cancelled. One that has ended stays as it is.
    public func cancelForDisconnect(_ log: TurnLog) {
        if !log.isEnded { end(log.replyID, .departure) }
    }

    private func run(ephemeral turn: PendingTurn, _ answering: Answering, _ usage: any UsageStore) async {
        let ledger = TurnLedger(promptBytes: answering.promptBytes)
        let sink = TurnSink(
            log: turn.log, ledger: ledger, limit: limits.replyBytes, form: turn.request.form, report: report)
        let answered = await answered(turn) { try await answering.answer(turn.acceptance, sink) }
        await end(turn, answered, answering, ledger, usage)
    }

    @inline(never)
    private func end(
        _ turn: PendingTurn, _ answered: Result<ModelCompletion, any Error>, _ answering: Answering,
        _ ledger: TurnLedger, _ usage: any UsageStore
    ) async {
        let (terminal, account) = terminal(of: turn, answered, ledger, free: answering.free)
        // Before the end is shown: who asks again at once finds it counted. It is part of the turn: a process that ends waits
        // for it.
        await count(account, of: turn, usage)
        turn.log.append(terminal)
        forget(turn.log.replyID)
        tellEnd(of: turn, agent: answering.agent, terminal, account)
    }

    private func count(_ account: TurnAccount, of turn: PendingTurn, _ usage: any UsageStore) async {
        // Not in this task, which may have been cancelled.
        await Task {
            do {
                try await usage.record(
                    UsageRecord(
                        turn: turn.log.replyID, user: turn.request.user, endedAt: .now(), account: account))
            } catch {
                // The answer is there all the same.
                report("turn \(turn.log.replyID): what it took could not be stored: \(error)")
            }
        }.value
    }
}
