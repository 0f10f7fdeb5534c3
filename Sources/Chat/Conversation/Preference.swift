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
    public enum Source: String, Sendable {
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

/// Where preferences are kept.
public protocol PreferenceStore: Sendable {
    /// All that is known of the user's taste, overrides first, then inferred by falling weight; where both exist for
    /// one type and value, both are listed. Inferred ones carry at most five pieces of evidence, newest first.
    func preferences(of user: UserID) async throws -> [Preference]

    /// Applies the user's word unless a word with the same or a later timestamp is already there for this type and value
    /// (a withdrawal counts as a word and is remembered).
    /// - Returns: whether it was applied. False is not an error.
    func apply(_ override: PreferenceOverride, of user: UserID) async throws -> Bool

    /// Adds what was read from a message. The same message, type and value counts once, however often it is added. What was
    /// read from a message that the user does not have, or no longer, is left out.
    func add(_ inferred: [InferredPreference], of user: UserID) async throws
}
