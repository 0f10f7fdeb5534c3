// Live objects: boards, and those who watch them.

public import Scheduling
import Synchronization

/// Shows live objects to those who follow a session, whatever process they were put in.
///
/// The store is the bus between processes. As long as anybody follows, the board asks it ten times a second what is new, once
/// for all followers; what is put in this process is shown at once. Nobody follows: nothing is asked.
public final class LiveBoard: Sendable {
    public struct Limits: Sendable {
        /// How long an object lives after its last update, in milliseconds.
        public var lifetimeMS: Int64 = 30_000
        /// How often other processes' changes are looked for, in milliseconds.
        public var pollMS = 100
        /// Objects of a session.
        public var objectsPerSession = 64
        /// Streams in this process, and of one user in it.
        public var streams = 10_000
        public var streamsPerUser = 4

        public init() {}
    }

    private struct State {
        var feeds: [LivePlace: [LiveFeed]] = [:]
        var count = 0
        var countOfUser: [UserID: Int] = [:]
        /// The store's last change that all feeds have; nil while nobody follows.
        var last: Int64?
        var isPolling = false
        /// Whether somebody has come who may have to be shown what the store has had for a while.
        var mustPoll = false
        /// When the store was last told who follows.
        var noted = Timestamp(milliseconds: 0)
        var isClosed = false
    }

    private let store: any LiveStore
    private let timers: TimerQueue
    private let limits: Limits
    private let state = Mutex(State())

    public init(store: any LiveStore, timers: TimerQueue, limits: Limits = Limits()) {
        self.store = store
        self.timers = timers
        self.limits = limits
    }

    /// Sets an object for its lifetime.
    /// - Parameters:
    ///   - data: a JSON object of at most 4 KiB.
    ///   - limit: objects of the session; nil for the usual limit.
    /// - Throws: `LiveError` `tooManyObjects`, `StoreError`.
    @discardableResult
    public func put(
        _ key: LiveKey, data: [UInt8], in place: LivePlace, limit: Int? = nil
    ) async throws -> LiveObject {
        let now = Timestamp.now()
        let object = LiveObject(
            key: key, data: data, updatedAt: now,
            expiresAt: Timestamp(milliseconds: now.milliseconds + limits.lifetimeMS))
        guard try await store.put(object, in: place, limit: limit ?? limits.objectsPerSession) else {
            throw LiveError(kind: .tooManyObjects)
        }
        await poll()
        return object
    }

    /// Makes an object expire now. One that is not there is not an error.
    /// - Throws: `StoreError`.
    public func remove(_ key: LiveKey, from place: LivePlace) async throws {
        try await store.remove(key, from: place)
        await poll()
    }

    /// Removes everything of a session, or of a user.
    /// - Throws: `StoreError`.
    public func removeAll(of user: UserID, in session: SessionID? = nil) async throws {
        try await store.removeAll(of: user, in: session)
        await poll()
    }

    // MARK: - Following

    /// Has a user's changes told from now on, for as long as a client may take that has asked how things are and now comes to follow.
    public func expectChanges(of user: UserID, at now: Timestamp = .now()) {
        store.expectChanges(of: user, until: Timestamp(milliseconds: now.milliseconds + limits.lifetimeMS))
    }

    /// Whether somebody may be there, or come back, who is to be told a user's changes.
    public func mayBeExpectingChanges(of user: UserID, at now: Timestamp = .now()) -> Bool {
        store.mayBeExpectingChanges(of: user, at: now)
    }

    /// Follows a session's objects: those that are there first, then what changes. `unfollow` ends it.
    /// - Throws: `LiveError`, `StoreError`.
    public func follow(_ place: LivePlace) async throws -> LiveFeed {
        let feed = LiveFeed(place: place)
        try admit(feed)
        expectChanges(of: place.user)
        do {
            // After the feed is on the board: what changes from here on comes to it either way.
            let (changes, last) = try await store.objects(in: place)
            let now = Timestamp.now()
            for change in changes { feed.apply(change, at: now) }
            beginPolling(after: last)
        } catch {
            unfollow(feed)
            throw error
        }
        return feed
    }

    public func unfollow(_ feed: LiveFeed) {
        state.withLock { state in
            guard let index = state.feeds[feed.place]?.firstIndex(where: { $0 === feed }) else { return }
            state.feeds[feed.place]?.remove(at: index)
            if state.feeds[feed.place]?.isEmpty == true { state.feeds[feed.place] = nil }
            state.count -= 1
            let left = state.countOfUser[feed.place.user, default: 1] - 1
            state.countOfUser[feed.place.user] = left > 0 ? left : nil
        }
    }

    /// Ends every feed; nobody follows any more.
    public func close() {
        state.withLock { $0.isClosed = true }
        endFeeds()
    }

    /// Ends the feeds of now: who follows comes back, to another process.
    public func endFeeds() {
        for feed in state.withLock({ $0.feeds.values.flatMap { $0 } }) { feed.end() }
    }

    private func admit(_ feed: LiveFeed) throws(LiveError) {
        let user = feed.place.user
        let refusal = state.withLock { state -> LiveError.Kind? in
            if state.isClosed { return .shuttingDown }
            if state.count >= limits.streams { return .tooManyStreams }
            if state.countOfUser[user, default: 0] >= limits.streamsPerUser { return .tooManyStreamsOfUser }
            state.feeds[feed.place, default: []].append(feed)
            state.count += 1
            state.countOfUser[user, default: 0] += 1
            return nil
        }
        if let refusal { throw LiveError(kind: refusal) }
    }

    // MARK: - Polling

    /// Anyone who follows has seen the store up to `last`; what came after it is shown to everybody, to some once more.
    private func beginPolling(after last: Int64) {
        let begins = state.withLock { state in
            state.last = min(state.last ?? last, last)
            state.mustPoll = true
            defer { state.isPolling = true }
            return !state.isPolling
        }
        guard begins else { return }
        Task { [weak self, timers, limits] in
            while await self?.showAll() ?? false { try? await timers.sleep(milliseconds: limits.pollMS) }
        }
    }

    /// False when nobody follows any more.
    private func showAll() async -> Bool {
        guard let mustPoll = goesOn() else { return false }
        if mustPoll || store.hasChanged() { await poll() }
        expire()
        noteFollowers()
        return true
    }

    /// Tells the store who follows, several times before what it was told last ends.
    private func noteFollowers(at now: Timestamp = .now()) {
        let users = state.withLock { state -> [UserID] in
            guard now.milliseconds - state.noted.milliseconds >= limits.lifetimeMS / 10 else { return [] }
            state.noted = now
            return Array(state.countOfUser.keys)
        }
        for user in users { expectChanges(of: user, at: now) }
    }

    /// Whether the store is to be asked in any case; nil when nobody follows any more.
    private func goesOn() -> Bool? {
        state.withLock { state in
            guard state.count > 0 else {
                state.isPolling = false
                state.last = nil
                return nil
            }
            defer { state.mustPoll = false }
            return state.mustPoll
        }
    }

    private func expire() {
        let now = Timestamp.now()
        for feed in state.withLock({ $0.feeds.values.flatMap { $0 } }) { feed.expire(at: now) }
    }

    /// Shows what is new. Several may do so at once.
    private func poll() async {
        while let last = state.withLock({ $0.last }) {
            guard let changes = try? await store.changes(after: last) else {
                // What cannot be read now is read in a moment.
                state.withLock { $0.mustPoll = true }
                break
            }
            let now = Timestamp.now()
            for change in changes {
                for feed in state.withLock({ $0.feeds[change.place] ?? [] }) { feed.apply(change, at: now) }
            }
            guard let newest = changes.last?.sequence else { break }
            state.withLock { state in
                // Otherwise somebody has come who has to be shown more.
                if state.last == last { state.last = newest }
            }
        }
    }
}
