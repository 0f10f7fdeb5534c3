/// One thing that is stored about a user.
public enum UserRecord: Sendable {
    case user(UserID, createdAt: Timestamp, learns: Bool)
    case session(SessionSummary)
    case message(Message, session: SessionID, turn: TurnRecord?)
    case override(PreferenceOverride)
    case mark(MarkedBook)
    case evidence(InferredPreference)
    case usage(UsageDay)
}

/// What is stored beside a reply about how it came about.
public struct TurnRecord: Sendable, Equatable {
    /// The name of the agent that answered.
    public var agent: String
    public var idempotencyKey: String?
    /// JSON that the client sent along.
    public var metadata: [UInt8]?
    /// The first and the terminal event, as `EventArchive` keeps them; nil while the turn is open.
    public var summary: [UInt8]?

    public init(agent: String, idempotencyKey: String?, metadata: [UInt8]?, summary: [UInt8]?) {
        self.agent = agent
        self.idempotencyKey = idempotencyKey
        self.metadata = metadata
        self.summary = summary
    }
}

/// Where an export goes on.
public enum ExportPosition: Sendable, Equatable {
    case sessions(after: Int64)
    case messages(session: Int64, after: Int64)
    case overrides
    case evidence(after: Int64)
    /// Days since 1970.
    case usage(after: Int64)
}

/// What is stored about users, as a whole.
public protocol UserData: UserMerging {
    /// The next records of what is stored about a user, in pieces of some hundred kilobytes. What changes between two calls
    /// may or may not be in it.
    /// - Parameter position: nil begins.
    /// - Returns: the records, and where to go on, nil at the end; nil when there is no such user.
    /// - Throws: `StoreError`.
    func records(of user: UserID, from position: ExportPosition?) async throws -> (
        records: [UserRecord], next: ExportPosition?
    )?

    /// Notes that these users are here, those of them of whom anything is stored.
    /// - Throws: `StoreError`.
    func noteSeen(_ users: [UserID], at time: Timestamp) async throws

    /// Removes a user with everything that is stored about them. When it throws, some may be left; do it again.
    /// - Returns: false when there is no such user.
    /// - Throws: `StoreError`.
    func delete(_ user: UserID) async throws -> Bool
}
