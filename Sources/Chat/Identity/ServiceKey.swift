/// A key that the operator made for a program, such as a front end that speaks for many people.
public struct ServiceKey: Sendable, Equatable {
    /// Stands in the key itself; no secret.
    public var id: String
    /// What the operator calls it.
    public var name: String
    /// What the key may take; with `actsForUsers`, for all of its users together.
    public var limits: UserLimits
    /// Whether its bearer names the people it speaks for.
    public var actsForUsers: Bool
    public var createdAt: Timestamp
    /// When the operator took it back; nil while it holds.
    public var revokedAt: Timestamp?

    public init(
        id: String, name: String, limits: UserLimits, actsForUsers: Bool, createdAt: Timestamp,
        revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.limits = limits
        self.actsForUsers = actsForUsers
        self.createdAt = createdAt
        self.revokedAt = revokedAt
    }
}

/// Service keys, of which only digests are kept. Every call may throw `StoreError`.
public protocol ServiceKeyStore: Sendable {
    /// The key of this identifier, whether it was taken back or not, and its digest; nil when there is none.
    func serviceKey(_ id: String) async throws -> (key: ServiceKey, digest: [UInt8])?

    /// The tokens of a day that count against the key's limit: its own and those of all users that it acts for.
    func tokens(ofServiceKey id: String, on day: UTCDay) async throws -> Int
}
