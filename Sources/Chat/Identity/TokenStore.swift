/// What is known of a token and of the user that it names.
public struct TokenStanding: Sendable, Equatable {
    /// Whether this very token was ended, or one that it was renewed from.
    public var isEnded: Bool
    /// How often all tokens of the user were ended. This installation's own tokens say the number that they were made under, and hold
    /// as long as it is this one.
    public var generation: Int
    /// When all of the user's tokens were last ended; nil when they never were. What is told apart by its time only, as an issuer's
    /// token is, holds when it was issued later.
    public var endedAt: Timestamp?

    public init(isEnded: Bool = false, generation: Int = 0, endedAt: Timestamp? = nil) {
        self.isEnded = isEnded
        self.generation = generation
        self.endedAt = endedAt
    }
}

/// Which tokens hold no more before their time. Tokens and users are digests here, so that ending the tokens of a user who is removed
/// keeps nothing of them.
///
/// Every call may throw `StoreError`. All processes that share the store see the same.
public protocol TokenStore: Sendable {
    func standing(ofToken token: [UInt8], user: [UInt8]) async throws -> TokenStanding

    /// Ends one token. One that was ended before is not an error.
    /// - Parameter time: until when it could have been used.
    func end(token: [UInt8], usableUntil time: Timestamp) async throws

    /// Ends all tokens of a user that were made so far.
    /// - Returns: the user's new generation.
    func endTokens(ofUser user: [UInt8], at time: Timestamp) async throws -> Int

    /// What was ended since a time, in order: for what is still open with it.
    func endings(since time: Timestamp) async throws -> [TokenEnding]
}

/// Something that let somebody in was ended.
public struct TokenEnding: Sendable, Equatable {
    /// Rises with each.
    public var number: Int64
    /// The digest of the token or of the user whose tokens these were, or the key's (`ServiceKey.digest(ofID:)`).
    public var digest: [UInt8]

    public init(number: Int64, digest: [UInt8]) {
        self.number = number
        self.digest = digest
    }
}
