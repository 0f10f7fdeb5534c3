import Scheduling

/// One turn from its first event to its terminal one.
extension ConversationEngine {
    /// In two steps, out of line: what the second one holds takes no memory while the turn waits for its answer.
    /// - Parameter isQueued: whether earlier turns of the conversation come first.
    func run(_ turn: PendingTurn, agent: any Agent, isQueued: Bool) async {
        let ledger = TurnLedger(promptBytes: turn.request.text.utf8.count)
        let answered = await answered(turn) {
            if isQueued { try await waitForEarlierTurns(than: turn) }
            return try await answer(turn, agent: agent, ledger)
        }
        // A quick answer may be there before its turn is safe.
        guard await turn.isStored() else { return forget(turn.log.replyID) }
        await end(turn, answered, agent, ledger)
    }

    /// What came of an answer, whose calls are made in the turn's name.
    @inline(never)
    func answered(
        _ turn: PendingTurn, by answer: () async throws -> ModelCompletion
    ) async -> Result<ModelCompletion, any Error> {
        do {
            return .success(try await Caller.$current.withValue(turn.caller, operation: answer))
        } catch {
            return .failure(error)
        }
    }

    /// How a turn ends, and what it took.
    func terminal(
        of turn: PendingTurn, _ answered: Result<ModelCompletion, any Error>, _ ledger: TurnLedger, free: Set<String>
    ) -> (ChatEvent, TurnAccount) {
        let length = turn.log.replyLength
        // What an earlier reply said took nothing now.
        let written = max(0, length - (turn.request.beginning?.utf8.count ?? 0))
        switch state.withLock({ $0.answered(turn.log.replyID, answered) }) {
        case .completed(let completion):
            reportSkippedEvents(of: completion, turn)
            let account = ledger.account(of: completion, free: free)
            let told = self.completion(
                of: turn, account, finishReason: completion.finishReason, attempts: completion.attempts,
                details: completion.usageDetails)
            return (.completed(told), account)
        case .stopped:
            let account = ledger.account(cutOff: .stopped, textBytes: written, free: free)
            let completion = completion(of: turn, account, finishReason: "stopped", attempts: ledger.attempts)
            return (.completed(completion), account)
        case .interrupted:
            let account = ledger.account(cutOff: .failed, textBytes: written, free: free)
            return (.failed(.interrupted(isPartial: length > 0, usage: account.usage)), account)
        case .failed(let error):
            // A call that failed was reported when it did.
            if !ledger.knows(error) { report("turn \(turn.log.replyID): \(error)") }
            let account = ledger.account(cutOff: .failed, textBytes: written, error: error, free: free)
            var failure = ReplyFailure(error, isPartial: length > 0)
            failure.usage = account.usage
            return (.failed(failure), account)
        }
    }

    @inline(never)
    private func end(
        _ turn: PendingTurn, _ answered: Result<ModelCompletion, any Error>, _ agent: any Agent, _ ledger: TurnLedger
    ) async {
        var (terminal, account) = terminal(of: turn, answered, ledger, free: agent.freeProviders)
        let unstored = await end(turn.log, with: terminal, account, of: turn.request.user)
        forget(turn.log.replyID)
        if let failure = unstored?.error { terminal = .failed(failure) }
        tellEnd(of: turn, agent: agent.name, terminal, account)
        changed(turn.request.user, .replyEnded(turn.acceptance.sessionID, reply: turn.log.replyID))
        // Not in this task, which may have been cancelled and could not wait.
        if let unstored { Task { await storeLater(unstored) } }
    }

    func tellEnd(of turn: PendingTurn, agent: String, _ terminal: ChatEvent, _ account: TurnAccount) {
        whenTurnEnded(
            TurnReport(
                turn, agent: agent, terminal, account, durationMS: MonotonicTime.now().milliseconds(since: turn.begun)))
    }

    private func answer(_ turn: PendingTurn, agent: any Agent, _ ledger: TurnLedger) async throws -> ModelCompletion {
        let sink = TurnSink(
            log: turn.log, ledger: ledger, limit: limits.replyBytes, form: turn.request.form,
            showsThoughts: turn.request.showsThoughts, beginning: turn.request.beginning, report: report)
        let context = try await context(of: turn)
        sink.begin()
        return try await agent.reply(to: context, into: sink)
    }

    @inline(never)
    private func context(of turn: PendingTurn) async throws -> TurnContext {
        var context = TurnContext(
            user: turn.request.user, session: turn.acceptance.sessionID, userMessageID: turn.acceptance.userMessageID,
            replyID: turn.acceptance.replyID, text: turn.request.text, history: try await history(before: turn),
            createdAt: turn.acceptance.createdAt, isRegeneration: turn.isRegeneration)
        context.beginning = turn.request.beginning
        return context
    }

    /// What the agent is given of the conversation.
    private func history(before turn: PendingTurn) async throws -> [Message] {
        // A conversation that began with this message has none.
        if turn.request.session == nil { return [] }
        let page = try await offload { [store, limits] in
            try await store.history(
                of: turn.request.user, in: turn.acceptance.sessionID, limit: limits.historyMessages,
                at: .leading(to: turn.acceptance.userMessageID))
        }
        return Array((page?.messages ?? []).withLatestReplies.latest(within: limits.historyBytes))
    }

    /// A provider that sends what its protocol does not have is worth a look, and its answer is whole all the same.
    func reportSkippedEvents(of completion: ModelCompletion, _ turn: PendingTurn) {
        if let error = completion.lateError {
            report("turn \(turn.log.replyID): after the end of the answer: \(error)")
        }
        guard completion.skippedEvents > 0 else { return }
        report(
            "turn \(turn.log.replyID): \(completion.provider): passed over \(completion.skippedEvents) events in its stream "
                + "that are none of its protocol")
    }

    func completion(
        of turn: PendingTurn, _ account: TurnAccount, finishReason: String, attempts: Int,
        details: UsageDetails = UsageDetails()
    ) -> Completion {
        let duration = MonotonicTime.now().milliseconds(since: turn.begun)
        let tokens = Double(account.usage.completionTokens)
        var completion = Completion(
            wasStopped: account.outcome != .completed, finishReason: finishReason, provider: account.provider,
            model: account.model, usage: account.usage,
            metrics: ReplyMetrics(
                timeToFirstTokenMS: turn.log.firstTextAt.map { $0.milliseconds(since: turn.begun) },
                durationMS: duration,
                tokensPerSecond: (tokens * 10_000 / Double(max(1, duration))).rounded() / 10,
                attempts: attempts, isCached: account.isCached, cachedQuestion: account.cachedQuestion))
        completion.metrics.thinkingMS = turn.log.thinkingMS
        completion.usageDetails = details
        return completion
    }

    /// Writes the reply as it stays, then shows the terminal event: who has seen it finds the same text in the history.
    /// - Parameter user: whose turn it is, when it ran here; nil when it was left behind by another worker.
    /// - Returns: what the store did not take, the failure that was shown instead; nil when it did.
    func end(
        _ log: TurnLog, with terminal: ChatEvent, _ account: TurnAccount, of user: UserID? = nil
    ) async -> TurnEnd? {
        var closing = TurnLife.Closing.notTaken
        do {
            closing = try await store.finish(turnEnd(of: log, with: terminal, account, user)) ? .taken : .endedElsewhere
            if closing == .endedElsewhere { try await showAsStored(log) }
        } catch {
            closing = .notTaken
            report("turn \(log.replyID): its end could not be stored: \(error)")
        }
        let shown = closing.shown(
            for: terminal, isPartial: log.replyLength > 0, usage: account.usage)
        var unstored: TurnEnd?
        if closing == .notTaken {
            // Whatever the provider gave: what is kept of it is a failure.
            var failed = account
            if failed.outcome != nil { failed.outcome = .failed }
            unstored = turnEnd(of: log, with: shown, failed, user)
        }
        log.append(shown)
        return unstored
    }

    /// Takes back, for those who follow it here, what of a turn's text did not come into the store before it was ended by
    /// somebody else. What is shown is what is kept.
    private func showAsStored(_ log: TurnLog) async throws {
        let batches = try await store.batches(of: log.replyID, after: 0)
        let kept = try await store.condensed(log.replyID)?.content
        let stored = try kept ?? TurnLog(replyID: log.replyID, batches: batches).replyText
        guard stored != log.replyText else { return }
        log.append(.providerSwitch(.textLost))
        var pieces = TextBatch()
        pieces.append(utf8: stored)
        log.append(pieces)
    }

    /// Tries again, until the store takes it, to write an end that was shown. Else the reply would be streaming for ever:
    /// nobody takes the turn of a worker that lives for abandoned.
    private func storeLater(_ end: TurnEnd) async {
        var delayMS = limits.endRetryMS
        while true {
            try? await timers.sleep(milliseconds: delayMS)
            do {
                _ = try await store.finish(end)
                report("turn \(end.replyID): its end is stored now")
                return
            } catch let error as StoreError where error.kind == .fault {
                // It will not be taken later either; what waits must not grow without end.
                report("turn \(end.replyID): its end is given up: \(error)")
                return
            } catch {
                delayMS = min(2 * delayMS, 60_000)
            }
        }
    }

    private func turnEnd(
        of log: TurnLog, with terminal: ChatEvent, _ account: TurnAccount, _ user: UserID?
    ) -> TurnEnd {
        var end = TurnEnd(
            replyID: log.replyID, content: log.replyText, status: .complete, recommendations: log.recommendations,
            provider: account.provider.isEmpty ? nil : account.provider,
            model: account.model.isEmpty ? nil : account.model, usage: account.usage, error: nil, endedAt: .now(),
            lastBatch: log.unrecorded(andEnd: terminal)!, summary: log.summary(endingWith: terminal), account: account,
            user: user)
        switch terminal {
        case .completed(let completion): end.status = completion.wasStopped ? .stopped : .complete
        case .failed(var failure):
            end.status = failure.code == ReplyFailure.interruptedCode ? .interrupted : .failed
            // The message has the one, and the other holds only now.
            failure.usage = nil
            failure.retryAfterMS = nil
            end.error = failure
        case .accepted, .text, .reasoning, .reasoningDetails, .toolCalls, .recommendations, .note, .providerSwitch:
            break
        }
        return end
    }
}
