/// What a user's answers came to on one day.
public struct UsageDay: Sendable, Equatable {
    public var day: UTCDay
    /// By provider and model.
    public var providers: [ProviderUsage]
    /// By provider, model and code.
    public var failedAttempts: [AttemptCount]

    public init(day: UTCDay, providers: [ProviderUsage], failedAttempts: [AttemptCount]) {
        self.day = day
        self.providers = providers
        self.failedAttempts = failedAttempts
    }
}

/// Sums of the answers of one provider's model.
public struct ProviderUsage: Sendable, Equatable {
    /// The provider's name in the configuration; empty when that is not known.
    public var provider: String
    /// As the provider names it; empty when that is not known.
    public var model: String
    /// Answers that reached their end, those from the cache included.
    public var completions = 0
    /// Answers that their user stopped.
    public var stopped = 0
    /// Answers that ended in an error or were interrupted.
    public var failed = 0
    /// Those of the completions that came from the cache. Their tokens are in none of the sums.
    public var cached = 0
    public var promptTokens = 0
    public var completionTokens = 0
    /// Those of the tokens that no provider reported.
    public var estimatedTokens = 0
    /// Those of the tokens that count against the limit.
    public var chargedTokens = 0

    public var totalTokens: Int { promptTokens + completionTokens }

    public init(provider: String, model: String) {
        self.provider = provider
        self.model = model
    }
}

/// Calls of one provider's model that failed in one way.
public struct AttemptCount: Sendable, Equatable {
    public var provider: String
    public var model: String
    /// A stable snake_case word (``ModelError/Kind``).
    public var code: String
    public var count: Int

    public init(provider: String, model: String, code: String, count: Int) {
        self.provider = provider
        self.model = model
        self.code = code
        self.count = count
    }
}

/// What users' answers took, summed by user and day.
///
/// Turns that are kept as messages are added by the store in the transaction that ends them (``ChatStore/close(_:)``), so
/// that none is lost and none counted twice.
///
/// Every call may throw `StoreError`.
public protocol UsageStore: Sendable {
    /// Begins an answer that is not kept as a message: counts it among the user's, and sets its tokens aside, until `record`
    /// ends it.
    /// - Returns: why it may not begin; nil when it may.
    func begin(_ turn: EphemeralTurn) async throws -> TurnRefusal?

    /// Why an answer that is not kept may not begin, where nothing can be written.
    func refusal(of turn: EphemeralTurn) async throws -> TurnRefusal?

    /// Ends an answer that is not kept as a message, and adds what it took. To be called once for each turn, also when it throws:
    /// an error of the disk may leave unknown whether it is written.
    func record(_ usage: UsageRecord) async throws

    /// Ends the answers that gone workers left behind, and charges their prompts; what was answered is not known.
    /// - Parameter time: workers that have said nothing since then are gone.
    func endEphemeralTurns(ofWorkersSilentSince time: Timestamp) async throws

    /// The days from `first` to `last`, both included, latest first. Days without anything are left out; so a user whom the
    /// store does not know has none.
    func usage(of user: UserID, from first: UTCDay, to last: UTCDay) async throws -> [UsageDay]

    /// The user's tokens of a day that count against the limit, those from before the user's data were removed included. Turns
    /// under way are not in it.
    func tokens(of user: UserID, on day: UTCDay) async throws -> Int
}
