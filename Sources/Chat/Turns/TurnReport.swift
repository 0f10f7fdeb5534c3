/// What a turn was, told once when it has ended: figures and names, nothing of its text.
public struct TurnReport: Sendable, Equatable {
    /// How it ended.
    public enum Ending: String, Sendable, CaseIterable {
        case complete, stopped, interrupted, failed
    }

    public var turn: MessageID
    public var agent: String
    public var ending: Ending
    /// The code of the error that its reader was told; nil when it was none.
    public var error: String?
    public var account: TurnAccount
    /// From the turn's beginning to its first text; nil without any.
    public var timeToFirstTextMS: Int?
    public var durationMS: Int

    /// Tokens of the reply for each second from its first text on; nil where that is too short to tell.
    public var tokensPerSecond: Double? {
        guard let first = timeToFirstTextMS, durationMS - first >= 50, account.usage.completionTokens > 1 else {
            return nil
        }
        return Double(account.usage.completionTokens) * 1000 / Double(durationMS - first)
    }
}

extension TurnReport {
    init(
        _ turn: ConversationEngine.PendingTurn, agent: String, _ terminal: ChatEvent, _ account: TurnAccount,
        durationMS: Int
    ) {
        self.turn = turn.log.replyID
        self.agent = agent
        self.account = account
        self.durationMS = durationMS
        timeToFirstTextMS = turn.log.firstTextAt.map { $0.milliseconds(since: turn.begun) }
        switch terminal {
        case .completed(let completion): ending = completion.wasStopped ? .stopped : .complete
        case .failed(let failure):
            ending = failure.code == ReplyFailure.interruptedCode ? .interrupted : .failed
            error = failure.code
        case .accepted, .text, .reasoning, .reasoningDetails, .toolCalls, .recommendations, .note, .providerSwitch:
            ending = .failed
        }
    }
}
