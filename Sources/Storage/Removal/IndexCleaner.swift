import SQLite
import Synchronization

/// Makes removed words vanish from the search index.
///
/// FTS5 writes down that a message is gone and keeps its words in the older parts of the index until these are merged
/// (https://sqlite.org/fts5.html#the_merge_command). Its option to do otherwise, `secure-delete`, came with SQLite 3.42; this
/// has to do with 3.40. So after a removal the index is merged into one part, in small steps between everybody's writes,
/// and the pages that become free are overwritten (`PRAGMA secure_delete`). Then the write-ahead log is cut.
///
/// FTS5 ends a step of a merge when it has written enough, and words that go write nothing: a step reads all that lie between two that
/// stay. So no more than ``Removals/wordsBetweenMerges`` leave the index between two merges; a larger removal has several.
///
/// Merging reads and writes the whole index: 20,000 messages of 200 words are merged in a fifth of a second. Removals that
/// come meanwhile share one further run, and between runs there is a pause of four times the last one's length, so that who
/// removes much keeps a fifth of the writer busy at most.
final class IndexCleaner: Sendable {
    /// Pages of the index a step merges: some 5 ms.
    private static let pagesOfStep = 64
    /// How often the log is tried to be cut while readers are in the way.
    private static let logTries = 50
    private static let logPause = Duration.milliseconds(100)
    private static let shortestPause = Duration.milliseconds(100)
    /// How long a closing store goes on with it; the next process to open the store takes up the rest.
    private static let closingTime = Duration.seconds(2)

    private struct State {
        var isWanted = false
        var task: Task<Void, Never>?
        /// When to leave off, once the store is being closed.
        var deadline: ContinuousClock.Instant?
    }

    private let writer: DatabaseWriter
    private let state = Mutex(State())

    init(writer: DatabaseWriter) { self.writer = writer }

    /// Begins a run, or a further one after that which is on.
    func start() {
        state.withLock { state in
            state.isWanted = true
            if state.task == nil { state.task = Task { await self.run() } }
        }
    }

    /// Waits for the runs that are on or due.
    func finish() async {
        while let task = state.withLock({ $0.task }) { await task.value }
    }

    /// Goes on without pauses, and not for long.
    func close() async {
        let task = state.withLock { state in
            state.deadline = .now.advanced(by: Self.closingTime)
            return state.task
        }
        task?.cancel()
        await task?.value
    }

    private var mustLeaveOff: Bool {
        state.withLock { state in state.deadline.map { $0 < .now } ?? false }
    }

    private func run() async {
        var pause = Duration.zero
        while goesOn() {
            // Cut short when the store is closed.
            if pause > .zero { try? await Task.sleep(for: pause) }
            let begun = ContinuousClock.now
            // What cannot be done now stays noted in the store, and is taken up by the next one to clean up.
            try? await clean()
            pause = max(Self.shortestPause, (.now - begun) * 4)
        }
    }

    private func goesOn() -> Bool {
        state.withLock { state in
            if !state.isWanted { state.task = nil }
            defer { state.isWanted = false }
            return state.isWanted
        }
    }

    private func clean() async throws {
        let removed = try await writer.write { connection in
            try connection.first("SELECT removed FROM removals WHERE id = 1 AND removed > forgotten") { row in
                try row.int64(0)
            }
        }
        guard let removed else { return }
        try await merge()
        guard try await cutLog() else { return }
        try await writer.write { connection in
            try connection.run("UPDATE removals SET forgotten = max(forgotten, ?1) WHERE id = 1", [.integer(removed)])
        }
    }

    /// Merges all parts of the index that there are into one. What had left it before is in none afterwards.
    ///
    /// Throws ``DatabaseError`` `closed` when it had to leave off, and what ``DatabaseWriter/write(_:)`` throws.
    func merge() async throws {
        let words = try await writer.write { connection in
            try connection.first("SELECT removed_words FROM removals WHERE id = 1") { row in try row.int64(0) }
        }
        // Negative: takes all parts there are, whatever their sizes; then on with those, in steps.
        var pages = -Self.pagesOfStep
        while !mustLeaveOff {
            let step = pages
            let changes = try await writer.write { connection in
                let before = connection.totalChanges
                try connection.run(
                    "INSERT INTO message_search (message_search, rank) VALUES ('merge', ?1)", [DatabaseValue(step)])
                return connection.totalChanges - before
            }
            // The statement itself counts as one.
            if changes < 2 {
                try await writer.write { connection in
                    try connection.run(
                        "UPDATE removals SET forgotten_words = max(forgotten_words, ?1) WHERE id = 1",
                        [DatabaseValue(words)])
                }
                return
            }
            pages = Self.pagesOfStep
        }
        throw DatabaseError(.closed, "The database is being closed.")
    }

    private func cutLog() async throws -> Bool {
        for _ in 0..<Self.logTries where !mustLeaveOff {
            if try await writer.cutLog() { return true }
            try? await Task.sleep(for: Self.logPause)
        }
        return false
    }
}
