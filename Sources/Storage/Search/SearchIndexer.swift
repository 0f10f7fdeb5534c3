import SQLite
import Synchronization

/// Brings new messages into the search index, many at a time.
///
/// FTS5 writes a part of its index at every savepoint that follows a change, and merges the parts later: message by message that
/// was a sixth of the processor time of a turn with a long reply. So a turn only notes its messages in `unindexed_messages`, in the
/// transaction that stores them. They are indexed soon after, in pieces, and before every search: a search
/// finds what was acknowledged before it, by this process or another one. What a killed process has left is indexed by the next.
final class SearchIndexer: Sendable {
    static let migration = Migration(
        "011 messages that wait for the search index",
        sql: """
            CREATE TABLE unindexed_messages (
                message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE
            ) STRICT;
            """)

    /// How long messages gather.
    private static let pause = Duration.milliseconds(500)
    /// What is indexed in one transaction: some 10 ms.
    fileprivate static let messagesOfPiece = 200
    fileprivate static let bytesOfPiece = 131_072

    private let writer: DatabaseWriter
    /// The run that is due or under way.
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(writer: DatabaseWriter) { self.writer = writer }

    /// Says that a message waits, or may: it is indexed shortly.
    func wake() {
        task.withLock { task in
            guard task == nil else { return }
            task = Task {
                // Cut short when the store is closed.
                try? await Task.sleep(for: Self.pause)
                self.task.withLock { $0 = nil }
                try? await self.run()
            }
        }
    }

    /// Indexes what waits.
    func run() async throws {
        while try await writer.write({ connection in try connection.indexWaiting() }) {}
    }

    /// Indexes what waits here, if anything does: a process that answers a single request has no later.
    func close() async {
        let task = task.withLock { $0 }
        task?.cancel()
        await task?.value
    }
}

extension Connection {
    /// Has a message indexed, shortly or before the next search. In the transaction that gives it its text.
    func noteUnindexed(message: Int64) throws {
        try run("INSERT INTO unindexed_messages (message) VALUES (?1)", [.integer(message)])
    }

    /// Whether messages wait for the index.
    func hasUnindexed() throws -> Bool {
        try first("SELECT EXISTS (SELECT 1 FROM unindexed_messages)") { row in try row.bool(0) } ?? false
    }

    /// Indexes some of the messages that wait, oldest first. True when there are more.
    fileprivate func indexWaiting() throws -> Bool {
        var (indexed, bytes): ([Int64], Int) = ([], 0)
        // What is being removed has no user any more, and its words leave or do not come in with it. What is being moved to another
        // user comes in with its piece, or afterwards.
        try scan(
            """
            SELECT messages.id, sessions.user, messages.content FROM unindexed_messages
            CROSS JOIN messages ON messages.id = unindexed_messages.message
            CROSS JOIN sessions ON sessions.id = messages.session
            WHERE NOT EXISTS (SELECT 1 FROM removed_sessions WHERE session = sessions.id)
                AND NOT EXISTS (SELECT 1 FROM moved_sessions WHERE session = sessions.id)
            ORDER BY unindexed_messages.message
            """
        ) { row in
            let (id, content) = (try row.int64(0), try row.text(2))
            try index(content, message: id, of: try row.int64(1))
            indexed.append(id)
            bytes += content.utf8.count
            return indexed.count < SearchIndexer.messagesOfPiece && bytes < SearchIndexer.bytesOfPiece
        }
        for id in indexed { try run("DELETE FROM unindexed_messages WHERE message = ?1", [.integer(id)]) }
        return indexed.count == SearchIndexer.messagesOfPiece || bytes >= SearchIndexer.bytesOfPiece
    }
}
