// Keys, ended tokens and merged users in the domain's terms.

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
    /// When it first came with a request.
    public var usedAt: Timestamp?

    public init(
        id: String, name: String, limits: UserLimits, actsForUsers: Bool, createdAt: Timestamp,
        revokedAt: Timestamp? = nil, usedAt: Timestamp? = nil
    ) {
        self.id = id
        self.name = name
        self.limits = limits
        self.actsForUsers = actsForUsers
        self.createdAt = createdAt
        self.revokedAt = revokedAt
        self.usedAt = usedAt
    }

    /// What stands for the key among the digests of tokens (`TokenEnding`). It is no secret, and no digest is as short.
    public static func digest(ofID id: String) -> [UInt8] { Array("key:\(id)".utf8) }
}

/// Service keys, of which only digests are kept. Every call may throw `StoreError`.
public protocol ServiceKeyStore: Sendable {
    /// The key of this identifier, whether it was taken back or not, and its digest; nil when there is none.
    func serviceKey(_ id: String) async throws -> (key: ServiceKey, digest: [UInt8])?

    /// A key came with a request.
    /// - Returns: whether that was the first time.
    func noteUse(ofServiceKey id: String, at time: Timestamp) async throws -> Bool
}
