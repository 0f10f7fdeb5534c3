/// What a live object is about.
public enum LiveKind: String, Sendable, CaseIterable {
    case cursor, presence, typing
    /// What the server tells a user's clients of: a conversation, or the user's taste, has changed.
    case conversation, taste

    /// Those that clients put.
    public static let allCases: [LiveKind] = [.cursor, .presence, .typing]
}

/// What tells one live object of a session from another.
public struct LiveKey: Hashable, Sendable {
    public var kind: LiveKind
    /// Which of the user's clients it belongs to, such as a tab of a browser.
    public var client: String

    public init(kind: LiveKind, client: String) {
        self.kind = kind
        self.client = client
    }
}

/// The session of a user that a live object belongs to.
public struct LivePlace: Hashable, Sendable {
    public var user: UserID
    public var session: SessionID

    public init(user: UserID, session: SessionID) {
        self.user = user
        self.session = session
    }
}

/// A short-lived object of a session: where a cursor is, who is there, who is typing. Never part of the history.
public struct LiveObject: Sendable, Equatable {
    public var key: LiveKey
    /// A JSON object of at most 4 KiB, as the client sent it.
    public var data: [UInt8]
    public var updatedAt: Timestamp
    public var expiresAt: Timestamp

    public init(key: LiveKey, data: [UInt8], updatedAt: Timestamp, expiresAt: Timestamp) {
        self.key = key
        self.data = data
        self.updatedAt = updatedAt
        self.expiresAt = expiresAt
    }
}

/// A change of an object, as all processes see it.
public struct LiveChange: Sendable, Equatable {
    public var place: LivePlace
    public var object: LiveObject
    /// Later changes of the store have greater numbers.
    public var sequence: Int64

    public init(place: LivePlace, object: LiveObject, sequence: Int64) {
        self.place = place
        self.object = object
        self.sequence = sequence
    }
}

/// Why an object was not taken, or may not be followed.
public struct LiveError: Error, Sendable, Equatable {
    public enum Kind: Sendable {
        /// The session has as many objects as one may.
        case tooManyObjects
        /// The process has as many live streams as it may.
        case tooManyStreams
        /// The user has as many live streams as one may.
        case tooManyStreamsOfUser
        case shuttingDown
    }

    public var kind: Kind

    public init(kind: Kind) { self.kind = kind }
}

/// Live objects, where all processes of an installation see them. Every call may throw `StoreError`.
public protocol LiveStore: Sendable {
    /// Sets an object, in the place of one with the same key.
    /// - Parameter limit: objects that a session may have.
    /// - Returns: false when the session has that many others.
    func put(_ object: LiveObject, in place: LivePlace, limit: Int) async throws -> Bool

    /// Makes an object expire now. One that is not there is not an error.
    func remove(_ key: LiveKey, from place: LivePlace) async throws

    /// Makes everything of a session expire now, or everything of a user, and overwrites it.
    func removeAll(of user: UserID, in session: SessionID?) async throws

    /// The objects of a session that have not expired, and the number of the store's last change.
    func objects(in place: LivePlace) async throws -> (changes: [LiveChange], last: Int64)

    /// Changes after number `last`, in order, at most 1,000; also of objects that have expired since.
    func changes(after last: Int64) async throws -> [LiveChange]

    /// Whether anything may have been written since this was asked last, by any process. Quick, and asked often.
    func hasChanged() -> Bool

    /// Notes that a client of the user's, of whatever process, is to be told what changes.
    func expectChanges(of user: UserID, until time: Timestamp)

    /// False when no process has noted that for the user, or not for so long.
    func mayBeExpectingChanges(of user: UserID, at now: Timestamp) -> Bool

    /// Overwrites what has expired.
    func dropExpired() async throws
}
