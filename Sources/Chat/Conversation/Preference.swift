/// What a preference is about.
public enum PreferenceType: String, Sendable, CaseIterable {
    case topic, author, era, length, language
}

/// What the user said that a preference was read from.
public struct Evidence: Sendable, Equatable {
    public var messageID: MessageID
    public var excerpt: String
    public var createdAt: Timestamp

    public init(messageID: MessageID, excerpt: String, createdAt: Timestamp) {
        self.messageID = messageID
        self.excerpt = excerpt
        self.createdAt = createdAt
    }
}

/// One thing known about a user's taste.
public struct Preference: Sendable, Equatable {
    public enum Source: String, Sendable, CaseIterable {
        /// Set by the user; wins over what was inferred.
        case override
        /// Read from what the user said.
        case inferred
    }

    public var type: PreferenceType
    /// In the normal form that makes two spellings one: lower case, single spaces.
    public var value: String
    /// -1 (never) to 1 (always).
    public var weight: Double
    public var source: Source
    /// 0 to 1; 1 for an override.
    public var confidence: Double
    public var evidence: [Evidence]
    public var updatedAt: Timestamp

    public init(
        type: PreferenceType, value: String, weight: Double, source: Source, confidence: Double, evidence: [Evidence],
        updatedAt: Timestamp
    ) {
        self.type = type
        self.value = value
        self.weight = weight
        self.source = source
        self.confidence = confidence
        self.evidence = evidence
        self.updatedAt = updatedAt
    }
}

/// A user's own word on a preference: a weight, or its withdrawal.
public struct PreferenceOverride: Sendable, Equatable {
    public var type: PreferenceType
    /// 1 to 200 bytes.
    public var value: String
    /// Nil withdraws the override that was there.
    public var weight: Double?
    /// When the user said so. The latest wins, whatever order they arrive in.
    public var timestamp: Timestamp

    public init(type: PreferenceType, value: String, weight: Double?, timestamp: Timestamp) {
        self.type = type
        self.value = value
        self.weight = weight
        self.timestamp = timestamp
    }
}

/// A preference read from one message of the user.
public struct InferredPreference: Sendable, Equatable {
    public var type: PreferenceType
    public var value: String
    /// -1 to 1: how this one message speaks for or against it.
    public var weight: Double
    public var evidence: Evidence

    public init(type: PreferenceType, value: String, weight: Double, evidence: Evidence) {
        self.type = type
        self.value = value
        self.weight = weight
        self.evidence = evidence
    }
}

/// A book that its user has put a mark on; it is recommended no more.
public struct MarkedBook: Sendable, Equatable {
    public enum Mark: String, Sendable, CaseIterable {
        /// Not for me.
        case dismissed
        /// Already read.
        case read
    }

    public var id: BookID
    public var mark: Mark
    public var markedAt: Timestamp

    public init(id: BookID, mark: Mark, markedAt: Timestamp) {
        self.id = id
        self.mark = mark
        self.markedAt = markedAt
    }
}

/// Where preferences are kept.
public protocol PreferenceStore: Sendable {
    /// The books that the user has marked, latest first, at most 1,000.
    func markedBooks(of user: UserID) async throws -> [MarkedBook]

    /// Whether the user's taste is read from what they say. True where they have not said otherwise.
    func learns(of user: UserID) async throws -> Bool

    /// All that is known of the user's taste, overrides first, then inferred by falling weight; where both exist for
    /// one type and value, both are listed. Inferred ones carry at most five pieces of evidence, newest first.
    func preferences(of user: UserID) async throws -> [Preference]

    /// Applies the user's word unless a word with the same or a later timestamp is already there for this type and value
    /// (a withdrawal counts as a word and is remembered).
    /// - Returns: whether it was applied. False is not an error.
    func apply(_ override: PreferenceOverride, of user: UserID) async throws -> Bool

    /// Notes what was read from a message, in the store's next write: in that of the reply's end at the latest. It may be lost, and nobody
    /// waits for it. The same message, type and value counts once, however often it is noted. What was read from a message that the user
    /// does not have, or no longer, is left out. Of a user who does not want to be learned of, nothing is noted.
    func note(_ inferred: [InferredPreference], of user: UserID)
}

/// What a user does about what is known of their taste. Every call may throw `StoreError`.
public protocol TasteStore: PreferenceStore {
    /// Marks a book, in the place of the mark that it has.
    func mark(_ book: MarkedBook, of user: UserID) async throws

    /// Takes a mark back. A book without one is not an error.
    func unmark(_ book: BookID, of user: UserID) async throws

    /// Says whether the user's taste is to be read from what they say. What is known stays.
    func setLearning(_ learns: Bool, of user: UserID) async throws

    /// Forgets what is known of a user's taste, at once and for good.
    /// - Parameters:
    ///   - only: one preference; nil for all.
    ///   - source: only what came from there; nil for both.
    /// - Returns: how many preferences were forgotten.
    func forget(
        _ only: (type: PreferenceType, value: String)?, source: Preference.Source?, of user: UserID
    ) async throws -> Int
}
