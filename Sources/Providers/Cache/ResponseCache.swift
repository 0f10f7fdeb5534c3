import Scheduling
import Synchronization

/// Whole answers by what was asked, in this process's memory: bounded in bytes, those used longest ago go first.
///
/// Memory and not the store: what is removed from the store is gone, and no copy of a user's conversation outlives it in a
/// second file. A process that answers one request (CGI) has no use of it.
public final class ResponseCache: Sendable {
    private struct Entry {
        var answer: CachedAnswer
        var expiresAt: MonotonicTime
        /// Rises with each use.
        var lastUse: UInt64
    }

    private struct State {
        var entries: [CacheKey: Entry] = [:]
        var bytes = 0
        var uses: UInt64 = 0
        var maximumBytes: Int
    }

    private let state: Mutex<State>

    /// - Parameter maximumBytes: of all answers together; 0 keeps none.
    public init(maximumBytes: Int) { state = Mutex(State(maximumBytes: maximumBytes)) }

    /// Bounds the cache anew; what is too much goes.
    public func limit(toBytes maximum: Int) {
        state.withLock { state in
            state.maximumBytes = maximum
            Self.makeRoom(in: &state)
        }
    }

    /// Forgets all answers: those who would give them may have changed.
    public func removeAll() {
        state.withLock { state in
            state.entries = [:]
            state.bytes = 0
        }
    }

    /// Bytes of the answers held, about.
    public var bytes: Int { state.withLock { $0.bytes } }

    func answer(to key: CacheKey, at now: MonotonicTime = .now()) -> CachedAnswer? {
        state.withLock { state in
            guard let entry = state.entries[key] else { return nil }
            guard entry.expiresAt > now else {
                Self.remove(key, from: &state)
                return nil
            }
            state.uses += 1
            state.entries[key]?.lastUse = state.uses
            return entry.answer
        }
    }

    /// Keeps an answer, unless it is larger than an eighth of the cache.
    func keep(_ answer: CachedAnswer, for key: CacheKey, until expiresAt: MonotonicTime) {
        state.withLock { state in
            guard answer.size <= state.maximumBytes / 8 else { return }
            Self.remove(key, from: &state)
            state.uses += 1
            state.bytes += answer.size
            state.entries[key] = Entry(answer: answer, expiresAt: expiresAt, lastUse: state.uses)
            Self.makeRoom(in: &state)
        }
    }

    private static func remove(_ key: CacheKey, from state: inout State) {
        guard let old = state.entries.removeValue(forKey: key) else { return }
        state.bytes -= old.answer.size
    }

    private static func makeRoom(in state: inout State) {
        guard state.bytes > state.maximumBytes else { return }
        // Down to seven eighths, so that the sorting is not done for each answer.
        for (key, _) in state.entries.sorted(by: { $0.value.lastUse < $1.value.lastUse }) {
            if state.bytes <= state.maximumBytes / 8 * 7 { return }
            remove(key, from: &state)
        }
    }
}
