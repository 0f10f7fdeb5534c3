/// What one user may take.
public struct UserLimits: Sendable, Equatable {
    /// Answers under way at once, in all processes; 1 or more.
    public var streams: Int
    /// Requests in a minute, in all processes; 0: no limit.
    public var requestsPerMinute: Int
    /// Tokens in a day (UTC), in all processes; 0: no limit.
    public var tokensPerDay: Int

    public init(streams: Int = 4, requestsPerMinute: Int = 60, tokensPerDay: Int = 0) {
        self.streams = streams
        self.requestsPerMinute = requestsPerMinute
        self.tokensPerDay = tokensPerDay
    }
}

/// What all for whom a program's key acts may take together, in all processes.
public struct KeyLimits: Sendable, Equatable {
    /// The key's identifier.
    public var key: String
    /// Answers under way at once; 1 or more.
    public var streams: Int
    /// Tokens in a day (UTC); 0: no limit.
    public var tokensPerDay: Int

    public init(key: String, streams: Int, tokensPerDay: Int) {
        self.key = key
        self.streams = streams
        self.tokensPerDay = tokensPerDay
    }
}

/// The limits that a request brings.
public struct TurnLimits: Sendable, Equatable {
    /// Nil where its user has those of all users.
    public var user: UserLimits?
    /// Nil where no key acts for its user.
    public var key: KeyLimits?

    public init(user: UserLimits? = nil, key: KeyLimits? = nil) {
        self.user = user
        self.key = key
    }
}

/// How much of one user's is stored; 0: no limit.
public struct StorageQuotas: Sendable, Equatable {
    public var conversations: Int
    /// Messages and replies of all conversations.
    public var messages: Int
    /// Bytes of their texts, metadata and book cards.
    public var bytes: Int

    public init(conversations: Int = 0, messages: Int = 0, bytes: Int = 0) {
        self.conversations = conversations
        self.messages = messages
        self.bytes = bytes
    }
}

/// A quota that leaves no room for what was asked.
public struct QuotaReached: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case conversations, messages, bytes
    }

    public var kind: Kind
    public var used: Int
    public var allowed: Int

    public init(kind: Kind, used: Int, allowed: Int) {
        self.kind = kind
        self.used = used
        self.allowed = allowed
    }
}

/// Why a user may not begin an answer now.
public enum TurnRefusal: Sendable, Equatable {
    /// As many answers of the user are under way, in all processes, as may be.
    case tooManyTurns
    /// The answers of this day have taken `used` tokens, and those under way may take `reserved` more: nothing is left.
    case tokensAreSpent(used: Int, reserved: Int)
    /// The same of all for whom the request's key acts, together.
    indirect case ofKey(TurnRefusal)
}

/// Tokens that an answer sets aside before it begins, so that many at once do not take more than is left.
///
/// No more is set aside than is left of the day. What the answer took takes the reservation's place when it ends.
public struct TokenReservation: Sendable, Equatable {
    /// What a call of a model is taken to answer where its request names no maximum.
    public static let usualReplyTokens = 4_096

    /// Estimated from the texts.
    public var promptTokens: Int
    /// Most tokens of the reply.
    public var replyTokens: Int

    public var tokens: Int { promptTokens + replyTokens }

    public init(promptTokens: Int, replyTokens: Int) {
        self.promptTokens = promptTokens
        self.replyTokens = replyTokens
    }

    /// Of an answer that costs nothing.
    public static let none = TokenReservation(promptTokens: 0, replyTokens: 0)

    /// For a prompt of so many bytes.
    /// - Parameters:
    ///   - calls: of a model, with a prompt each.
    ///   - maximum: the reply's most tokens, where the request says it.
    ///   - availability: of those who may be asked. Where all of them are embedded, nothing is set aside.
    public init(promptBytes: Int, calls: Int = 1, maximum: Int? = nil, from availability: [ModelAvailability]) {
        if !availability.isEmpty, availability.allSatisfy({ $0.kind == EmbeddedProvider.kind }) {
            self = .none
        } else {
            self.init(
                promptTokens: Usage.estimatedTokens(ofUTF8: promptBytes) * calls,
                replyTokens: min(max(1, maximum ?? Self.usualReplyTokens * calls), 1_000_000_000))
        }
    }
}

/// An answer about to begin that is not kept as a message.
public struct EphemeralTurn: Sendable {
    public var id: MessageID
    public var user: UserID
    public var worker: WorkerID
    public var limits: UserLimits
    public var keyLimits: KeyLimits?
    public var reservation: TokenReservation
    public var createdAt: Timestamp
}
