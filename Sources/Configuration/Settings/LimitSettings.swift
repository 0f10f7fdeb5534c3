/// What a client or a user may take.
public struct LimitSettings: Sendable, Equatable {
    /// Bytes of a request's body. `limits.body_bytes`; 1,024 to 67,108,864 (64 MiB), 1,048,576 (1 MiB) by default.
    public var bodyBytes = 1_048_576
    /// Bytes of the body of a chat completion (dialect 3), where pictures and files come in. `limits.completion_body_bytes`; 1,024 to
    /// 67,108,864 (64 MiB), 20,971,520 (20 MiB) by default; never less than `bodyBytes`.
    public var completionBodyBytes = 20_971_520
    /// Answers that one user may have under way, in all processes, and streams that may follow one of them.
    /// `limits.streams_per_user`; 1 to 10,000, 4 by default.
    public var streamsPerUser = 4
    /// Streams of one address that the process may have open. `limits.streams_per_address`; 0 to 1,000,000; 0: no limit; nil by
    /// default: half of what the process may have, and no limit for the machine itself.
    public var streamsPerAddress: Int?
    /// Streams that the process may have open. `limits.streams`; 1 to 1,000,000, 10,000 by default.
    public var streams = 10_000
    /// Requests of one user in a minute. `limits.requests_per_minute`; 0 to 1,000,000, 60 by default; 0: no limit.
    public var requestsPerMinute = 60
    /// Tokens of one user in a day. `limits.tokens_per_day`; 0 to 1,000,000,000,000, 200,000 by default; 0: no limit.
    public var tokensPerDay = 200_000
    /// Tokens of a chat completion's prompt, estimated at four bytes each. `limits.prompt_tokens`; 0 to 100,000,000, 131,072 by
    /// default; 0: no limit. A model may have its own.
    public var promptTokens = 131_072
    /// Most tokens that a chat completion may ask for. `limits.completion_tokens`; 0 to 10,000,000, 65,536 by default; 0: no limit.
    /// A model may have its own.
    public var completionTokens = 65_536
    /// New guests of one address in a day. `limits.guests_per_address`; 0 to 1,000,000; 0: no limit; nil by default: 500, and no
    /// limit for the machine itself.
    public var guestsPerAddress: Int?
    /// Bytes that the guests of one address may have stored in a day. `limits.guest_bytes_per_address`; 0 to 1,000,000,000,000; 0: no
    /// limit; nil by default: 268,435,456 (256 MiB), and no limit for the machine itself.
    public var guestBytesPerAddress: Int?
    /// Tokens and keys from one address that are not valid here, in a minute. `limits.failed_sign_ins_per_address`; 0 to 1,000,000, 60
    /// by default; 0: no limit.
    public var failedSignInsPerAddress = 60
    /// Conversations that are stored of one user. `limits.conversations_per_user`; 0 to 1,000,000,000, 10,000 by default; 0: no
    /// limit.
    public var conversationsPerUser = 10_000
    /// Messages and replies that are stored of one user. `limits.messages_per_user`; 0 to 1,000,000,000, 200,000 by default; 0: no
    /// limit.
    public var messagesPerUser = 200_000
    /// Bytes of texts, metadata and book cards that are stored of one user. `limits.bytes_per_user`; 0 to 1,000,000,000,000,
    /// 104,857,600 (100 MiB) by default; 0: no limit.
    public var bytesPerUser = 104_857_600
    /// Days without a message after which a conversation is removed. `limits.retention_days`; 0 to 36,500, 0 by default: never.
    public var retentionDays = 0
    /// Days after which a guest is removed who was here on the first day only. `limits.guest_days`; 0 to 36,500, 30 by default; 0:
    /// never.
    public var guestDays = 30

    public init() {}
}

/// How events reach clients.
public struct StreamSettings: Sendable, Equatable {
    /// Milliseconds without an event after which a comment is sent. `stream.heartbeat_ms`; 100 to 300,000, 15,000 by
    /// default.
    public var heartbeatMS = 15_000
    /// Milliseconds that a turn goes on after its last reader left. `stream.detach_grace_ms`; 0 to 3,600,000, 30,000 by
    /// default; 0: it stops at once.
    public var detachGraceMS = 30_000
    /// Milliseconds between writes of a growing reply to the store. `stream.record_every_ms`; 1 to 10,000, 40 by default.
    public var recordEveryMS = 40
    /// Seconds that a finished turn's events stay readable. `stream.replay_ttl_s`; 0 to 604,800 (a week), 600 by default.
    public var replaySeconds = 600
    /// Milliseconds that streams may go on after SIGTERM. `stream.drain_timeout_ms`; 0 to 3,600,000, 30,000 by default.
    public var drainTimeoutMS = 30_000
    /// Whether pieces of text that wait for a client go out as one event. `stream.merge`; true by default.
    public var mergesText = true

    public init() {}
}

/// How long a provider may take.
public struct ClockSettings: Sendable, Equatable {
    /// Milliseconds to connect, TLS included. `connect_ms`; 1 to 300,000, 5,000 by default.
    public var connectMS = 5_000
    /// Milliseconds from the request to the first token. `first_token_ms`; 1 to 3,600,000, 120,000 by default: models that think
    /// take that long.
    public var firstTokenMS = 120_000
    /// Milliseconds without more of the answer once it has begun. `idle_ms`; 1 to 3,600,000, 30,000 by default.
    public var idleMS = 30_000
    /// Tokens a second below which an answer is given up. `min_tokens_per_s`; 0 to 10,000, 0.2 by default, which no model is as
    /// slow as; 0: no limit.
    public var minimumTokensPerSecond = 0.2
    /// Milliseconds for the whole answer. `total_ms`; 1 to 86,400,000, 600,000 by default.
    public var totalMS = 600_000

    public init() {}
}

/// What is done when a provider fails.
public struct RetrySettings: Sendable, Equatable {
    /// Calls of one route for one answer, the first included. `attempts`; 1 to 10, 3 by default.
    public var attempts = 3
    /// Calls for one answer over all routes of the chain. `attempts_in_all`; 1 to 30, 8 by default. Only for the whole file:
    /// a provider's own `retry` holds the same number and it has no effect there.
    public var attemptsInAll = 8
    /// Milliseconds before the second call; doubled for each further one, with jitter. `backoff_ms`; 0 to 60,000, 400 by
    /// default.
    public var backoffMS = 400
    /// Most milliseconds between two calls, and most that are waited for a provider's `Retry-After` while the embedded answers
    /// are left. `backoff_max_ms`; 0 to 600,000 and not below `backoff_ms`, 8,000 by default.
    public var backoffMaximumMS = 8_000
    /// Most milliseconds that are waited because a provider asked for it (`Retry-After`); one that asks for more is passed
    /// over. `retry_after_max_ms`; 0 to 600,000, 20,000 by default.
    public var retryAfterMaximumMS = 20_000
    /// Turns in a row that a route failed, after which it is benched. `bench_after`; 1 to 1,000, 3 by default.
    public var benchAfter = 3
    /// Milliseconds that a benched route rests. `bench_ms`; 0 to 3,600,000, 30,000 by default.
    public var benchMS = 30_000
    /// Milliseconds that a provider may show nothing before the next one is asked as well. `hedge_after_ms`; 0 to 600,000, 0:
    /// never; nil by default: 10,000, but never for a model that thinks first.
    public var hedgeAfterMS: Int?
    /// Of a hundred answers, how many may have a second provider asked beside the first. `hedge_percent`; 0 to 100, 10 by
    /// default. Only for the whole file, as `attemptsInAll`.
    public var hedgePercent = 10

    public init() {}
}

/// Earlier answers, of all routes together.
public struct CacheSettings: Sendable, Equatable {
    /// Bytes. `cache.max_bytes`; 0 to 1,073,741,824 (1 GiB), 16,777,216 (16 MiB) by default; 0: nothing is kept.
    public var maximumBytes = 16_777_216
    /// Whether a user gets answers that others got, where a route does not say it. `cache.shared`; false by default.
    public var isShared = false
    /// How similar a user's earlier question without a conversation before it must be for its answer to be given again, where a
    /// route does not say it. `cache.similarity`; 0 to 1, 0 by default: only to the same question.
    public var similarity = 0.0
    /// Whether answers are kept in the store, for all workers, where a route does not say it. `cache.stored`; false by default.
    public var isStored = false

    static let similarityUnit = "of what a question says; 0: only the same question"

    public init() {}
}
