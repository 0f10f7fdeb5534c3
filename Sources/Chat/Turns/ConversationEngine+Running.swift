import Scheduling

/// One turn from its first event to its terminal one.
extension ConversationEngine {
    func run(_ turn: PendingTurn, agent: any Agent) async {
        let terminal: ChatEvent
        do {
            let completion = try await answer(turn, agent: agent)
            terminal = .completed(self.completion(of: turn, completion, wasStopped: false))
        } catch {
            terminal = self.terminal(of: turn, after: error)
        }
        let unstored = await end(turn.log, with: terminal)
        forget(turn.log.replyID)
        // Not in this task, which may have been cancelled and could not wait.
        if let unstored { Task { await storeLater(unstored) } }
    }

    private func answer(_ turn: PendingTurn, agent: any Agent) async throws -> ModelCompletion {
        if turn.isQueued {
            // The earlier turns may run in any process, so the store is asked.
            while try await store.isQueued(turn.log.replyID) { try await timers.sleep(milliseconds: limits.queueMS) }
        }
        let page = try await apart { [store, limits] in
            try await store.history(
                of: turn.request.user, in: turn.acceptance.sessionID, limit: limits.historyMessages,
                before: turn.acceptance.userMessageID)
        }
        let history = (page?.messages ?? []).withLatestReplies.latest(within: limits.historyBytes)
        let context = TurnContext(
            user: turn.request.user, session: turn.acceptance.sessionID, userMessageID: turn.acceptance.userMessageID,
            replyID: turn.acceptance.replyID, text: turn.request.text, history: Array(history),
            createdAt: turn.acceptance.createdAt, isRegeneration: turn.isRegeneration)
        return try await agent.reply(
            to: context, into: TurnSink(log: turn.log, limit: limits.replyBytes, form: turn.request.form))
    }

    func terminal(of turn: PendingTurn, after error: any Error) -> ChatEvent {
        let ending = state.withLock { $0.turns[turn.log.replyID]?.ending }
        let isPartial = turn.log.replyLength > 0
        switch ending {
        case .stop:
            let text = turn.log.replyText
            let usage = Usage(
                promptTokens: Usage.estimatedTokens(ofUTF8: turn.request.text.utf8.count),
                completionTokens: Usage.estimatedTokens(ofUTF8: text.count), isEstimated: true)
            return .completed(
                completion(
                    of: turn,
                    ModelCompletion(finishReason: "stopped", provider: "", model: "", usage: usage), wasStopped: true))
        case .shutdown, .departure:
            return .failed(.interrupted(isPartial: isPartial))
        case nil:
            report("turn \(turn.log.replyID): \(error)")
            return .failed(ReplyFailure(error, isPartial: isPartial))
        }
    }

    func completion(of turn: PendingTurn, _ model: ModelCompletion, wasStopped: Bool) -> Completion {
        let duration = MonotonicTime.now().milliseconds(since: turn.begun)
        let tokens = Double(model.usage.completionTokens)
        return Completion(
            wasStopped: wasStopped, finishReason: model.finishReason, provider: model.provider, model: model.model,
            usage: model.usage,
            metrics: ReplyMetrics(
                timeToFirstTokenMS: turn.log.firstTextAt.map { $0.milliseconds(since: turn.begun) },
                durationMS: duration,
                tokensPerSecond: (tokens * 10_000 / Double(max(1, duration))).rounded() / 10,
                attempts: model.attempts, isCached: model.isCached))
    }

    /// Writes the reply as it stays, then shows the terminal event: who has seen it finds the same text in the history.
    /// - Returns: what the store did not take, the failure that was shown instead; nil when it did.
    func end(_ log: TurnLog, with terminal: ChatEvent) async -> TurnEnd? {
        var shown = terminal
        var unstored: TurnEnd?
        do {
            if try await !store.close(turnEnd(of: log, with: terminal)) {
                // Somebody else took this turn for abandoned and ended it, or it was removed.
                shown = .failed(.interrupted(isPartial: log.replyLength > 0))
                try await showAsStored(log)
            }
        } catch {
            report("turn \(log.replyID): its end could not be stored: \(error)")
            shown = .failed(
                ReplyFailure(
                    code: "store_unavailable", message: "The reply could not be stored. Please try again.",
                    isRetryable: true, isPartial: log.replyLength > 0))
            unstored = turnEnd(of: log, with: shown)
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
                _ = try await store.close(end)
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

    private func turnEnd(of log: TurnLog, with terminal: ChatEvent) -> TurnEnd {
        var end = TurnEnd(
            replyID: log.replyID, content: log.replyText, status: .complete, recommendations: log.recommendations,
            provider: nil, model: nil, usage: nil, error: nil, endedAt: .now(),
            lastBatch: log.unrecorded(andEnd: terminal)!, summary: log.summary(endingWith: terminal))
        switch terminal {
        case .completed(let completion):
            end.status = completion.wasStopped ? .stopped : .complete
            end.provider = completion.provider.isEmpty ? nil : completion.provider
            end.model = completion.model.isEmpty ? nil : completion.model
            end.usage = completion.usage
        case .failed(let failure):
            end.status = failure.code == ReplyFailure.interruptedCode ? .interrupted : .failed
            end.error = failure
        case .accepted, .text, .reasoning, .toolCalls, .recommendations, .note, .providerSwitch: break
        }
        return end
    }
}
