/// The keys of an issuer that publishes them, fetched when they are needed and kept.
///
/// They are asked for anew every hour, while the old ones go on being used, and when a token names a key that is not among them: the
/// issuer has changed its keys (OpenID Connect Core 1.0, section 10.1.1). Tokens can name any key, so that is done twice a minute at
/// most, by all processes together. As long as the issuer does not answer, the last keys that it gave are used; nobody waits for it longer than
/// ``patience``, while the question goes on.
public actor IssuerKeys {
    /// Where the keys of the last time are kept, for other processes and the next start.
    public struct Kept: Sendable, Equatable {
        /// The key set as it came; empty when it never did.
        public var document: [UInt8]
        /// Seconds since 1970; 0: never.
        public var fetchedAt: Int64
        /// When the issuer was last asked, whether it answered or not.
        public var askedAt: Int64

        public init(document: [UInt8] = [], fetchedAt: Int64 = 0, askedAt: Int64 = 0) {
            self.document = document
            self.fetchedAt = fetchedAt
            self.askedAt = askedAt
        }
    }

    /// How the issuer is asked and where its answer is kept.
    public struct Source: Sendable {
        /// The key set as the issuer publishes it.
        public var fetch: @Sendable () async throws -> [UInt8]
        public var load: @Sendable () -> Kept?
        public var save: @Sendable (Kept) -> Void
        /// Seconds since 1970.
        public var now: @Sendable () -> Int64
        /// Takes a line for the operator.
        public var log: @Sendable (String) -> Void

        public init(
            fetch: @escaping @Sendable () async throws -> [UInt8], load: @escaping @Sendable () -> Kept?,
            save: @escaping @Sendable (Kept) -> Void, now: @escaping @Sendable () -> Int64,
            log: @escaping @Sendable (String) -> Void
        ) {
            self.fetch = fetch
            self.load = load
            self.save = save
            self.now = now
            self.log = log
        }
    }

    /// The issuer has never given any keys, so nothing can be said of a token.
    public struct Unavailable: Error, Sendable {}

    /// Seconds after which keys are asked for again.
    static let lifetime: Int64 = 3600
    /// Seconds after which anyone who needs them waits for new ones. A process that answers one request ends before it has asked in the
    /// background, and a key that the issuer withdrew must end there too.
    static let waitingAge: Int64 = 86_400
    /// Seconds between two questions.
    static let pause: Int64 = 30

    /// How long an issuer that is slow, or accepts and never answers, holds up those who need its keys.
    public static let patience = Duration.seconds(5)

    private let source: Source
    private let patience: Duration
    private var kept = Kept()
    private var keys: JSONWebKeySet?
    private var isAsking = false
    /// Those who wait for the answer under way.
    private var waiting: [CheckedContinuation<Void, Never>] = []
    /// Whether the answer under way is late: nobody waits for it any more.
    private var isLate = false

    public init(_ source: Source, patience: Duration = patience) {
        self.source = source
        self.patience = patience
    }

    /// The issuer's keys.
    /// - Parameter missing: a `kid` that was not among those given before.
    /// - Throws: `Unavailable`.
    public func keys(missing: String? = nil) async throws(Unavailable) -> JSONWebKeySet {
        if keys == nil || missing != nil { takeKept() }
        let isThere = keys.map { keys in missing.map(keys.has) ?? true } ?? false
        if !isThere || source.now() - kept.fetchedAt >= Self.waitingAge {
            await ask()
        } else if source.now() - kept.fetchedAt >= Self.lifetime {
            // Nobody waits for it.
            Task { await self.ask() }
        }
        guard let keys else { throw Unavailable() }
        return keys
    }

    /// What another process may have fetched since.
    private func takeKept() {
        guard let newer = source.load(), newer.fetchedAt > kept.fetchedAt || newer.askedAt > kept.askedAt else {
            return
        }
        if newer.fetchedAt > kept.fetchedAt, let set = try? JSONWebKeySet(newer.document, allowsSecrets: false) {
            keys = set
            kept = newer
        }
        kept.askedAt = max(kept.askedAt, newer.askedAt)
    }

    /// One question at a time; who comes while one is under way waits for its answer.
    private func ask() async {
        if !isAsking {
            let now = source.now()
            // A clock that was set back must not end it for good.
            guard now - kept.askedAt >= Self.pause || now < kept.askedAt else { return }
            kept.askedAt = now
            source.save(kept)
            isAsking = true
            Task { await fetchInTime() }
        }
        if !isLate { await withCheckedContinuation { waiting.append($0) } }
    }

    private func fetchInTime() async {
        let timer = Task {
            try await Task.sleep(for: patience)
            try Task.checkCancellation()
            isLate = true
            release()
        }
        await fetch()
        timer.cancel()
        isAsking = false
        isLate = false
        release()
    }

    private func release() {
        for waiter in waiting { waiter.resume() }
        waiting = []
    }

    private func fetch() async {
        do {
            let document = try await source.fetch()
            let set = try JSONWebKeySet(document, allowsSecrets: false)
            keys = set
            kept.document = document
            kept.fetchedAt = source.now()
            source.save(kept)
            for remark in set.remarks { source.log("the issuer's keys: \(remark)") }
        } catch {
            let consequence = keys == nil ? "no token can be checked" : "the last ones go on being used"
            source.log("the issuer's keys cannot be had, \(consequence): \(error)")
        }
    }
}
