// What turns take, and limits on it.

/// What a turn took, whatever way it ended.
public struct TurnAccount: Sendable, Equatable {
    /// How an answer ended, as far as counting goes.
    public enum Outcome: Sendable, Equatable {
        /// It reached its end.
        case completed
        /// Its user stopped it.
        case stopped
        /// It ended in an error, or was interrupted; with or without text.
        case failed
    }

    /// Who answered, or was answering, by the provider's name in the configuration. Empty when nobody was asked, or when
    /// that is not known because the worker was lost.
    public var provider: String
    public var model: String
    public var usage: Usage
    /// How the answer counts; nil when no provider was asked, and nothing counts.
    public var outcome: Outcome?
    /// Whether it was replayed from an earlier answer. It counts as a completion, and its tokens nowhere.
    public var isCached: Bool
    /// The similar question that it was an answer to, where it was replayed from such a one.
    public var cachedQuestion: String?
    /// Whether its tokens count against the user's limit.
    public var isCharged: Bool
    /// Calls of providers that came to nothing. They are counted apart from answers.
    public var failedAttempts: [FailedAttempt]

    public init(
        provider: String, model: String, usage: Usage, outcome: Outcome?, isCached: Bool = false,
        isCharged: Bool = true, failedAttempts: [FailedAttempt] = []
    ) {
        self.provider = provider
        self.model = model
        self.usage = usage
        self.outcome = outcome
        self.isCached = isCached
        self.isCharged = isCharged
        self.failedAttempts = failedAttempts
    }

    /// The account of a turn that another process left behind: what is known of it is the text that was recorded.
    ///
    /// It is charged: whether a language model was asked is not known, and its provider was paid if so.
    /// - Parameter questionBytes: the user's message, all that is known of the prompt.
    static func abandoned(_ log: TurnLog, questionBytes: Int) -> TurnAccount {
        let length = log.replyLength
        var provider = ""
        _ = log.read(after: 0) { _, view in
            if case .event(.providerSwitch(let change)) = view, !change.to.isEmpty { provider = change.to }
            return true
        }
        return TurnAccount(
            provider: provider, model: "",
            usage: Usage(
                promptTokens: length > 0 ? Usage.estimatedTokens(ofUTF8: questionBytes) : 0,
                completionTokens: Usage.estimatedTokens(ofUTF8: length), isEstimated: true),
            // Without text nobody can tell whether a provider was asked.
            outcome: length > 0 ? .failed : nil)
    }
}

/// What one turn of a user took, when it is not kept as a message.
public struct UsageRecord: Sendable, Equatable {
    /// The turn, where it was begun as one that is not kept.
    public var turn: MessageID?
    public var user: UserID
    /// When the turn ended: it counts on that day.
    public var endedAt: Timestamp
    public var account: TurnAccount
}
