import Scheduling
import Synchronization

/// Whole answers by what was asked, in this process's memory: bounded in bytes, those used longest ago go first.
public final class ResponseCache: Sendable {
    private struct Entry {
        var answer: CachedAnswer
        var expiresAt: MonotonicTime
        /// What similar questions are compared with; nil where none are looked for.
        var question: CachedQuestion?
        /// Rises with each use.
        var lastUse: UInt64

        /// Bytes of memory, about.
        var size: Int { answer.size + (question.map { 4 * $0.text.utf8.count + 128 } ?? 0) }
    }

    private struct State {
        var entries: [CacheKey: Entry] = [:]
        /// The answers to questions that differ in nothing but the question, latest last.
        var contexts: [[UInt8]: [CacheKey]] = [:]
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
            state.contexts = [:]
            state.bytes = 0
        }
    }

    /// Bytes of the answers held, about.
    public var bytes: Int { state.withLock { $0.bytes } }

    func answer(to key: CacheKey, at now: MonotonicTime = .now()) -> CachedAnswer? {
        state.withLock { state in Self.answer(to: key, at: now, in: &state) }
    }

    private static func answer(to key: CacheKey, at now: MonotonicTime, in state: inout State) -> CachedAnswer? {
        guard let entry = state.entries[key] else { return nil }
        guard entry.expiresAt > now else {
            remove(key, from: &state)
            return nil
        }
        state.uses += 1
        state.entries[key]?.lastUse = state.uses
        return entry.answer
    }

    /// The answer to the kept question that is most similar, if one is similar enough.
    /// - Parameter minimum: how similar, from 0 to 1.
    func answer(
        similarTo question: CachedQuestion, atLeast minimum: Double, at now: MonotonicTime = .now()
    ) -> (answer: CachedAnswer, question: String)? {
        state.withLock { state in
            let known = (state.contexts[question.context] ?? []).suffix(CachedQuestion.compared)
            let questions = known.compactMap { key in state.entries[key]?.question.map { (key, $0) } }
            guard let (key, text) = question.mostSimilar(of: questions, atLeast: minimum),
                let answer = Self.answer(to: key, at: now, in: &state)
            else { return nil }
            return (answer, text)
        }
    }

    /// Keeps an answer, unless it is larger than an eighth of the cache.
    func keep(
        _ answer: CachedAnswer, for key: CacheKey, question: CachedQuestion? = nil, until expiresAt: MonotonicTime
    ) {
        state.withLock { state in
            state.uses += 1
            let entry = Entry(answer: answer, expiresAt: expiresAt, question: question, lastUse: state.uses)
            guard entry.size <= state.maximumBytes / 8 else { return }
            Self.remove(key, from: &state)
            state.bytes += entry.size
            state.entries[key] = entry
            if let question { state.contexts[question.context, default: []].append(key) }
            Self.makeRoom(in: &state)
        }
    }

    private static func remove(_ key: CacheKey, from state: inout State) {
        guard let old = state.entries.removeValue(forKey: key) else { return }
        state.bytes -= old.size
        if let context = old.question?.context {
            state.contexts[context]?.removeAll { $0 == key }
            if state.contexts[context]?.isEmpty == true { state.contexts[context] = nil }
        }
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
