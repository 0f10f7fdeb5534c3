public import Chat
public import SQLite
import Scheduling
import Synchronization

/// Conversations and preferences in one SQLite file. Several processes may use the same file.
///
/// Every write is committed and synced before its call returns; writes that come at the same time share one sync. Reads
/// run beside the writer on threads of their own.
public final class SQLiteChatStore: ChatStore {
    /// What the store takes on before it refuses.
    public struct Limits: Sendable {
        /// Threads that read, each with a connection.
        public var readers = 2
        /// Reads, and writes, that may wait; more are refused as overloaded.
        public var queued = 4_096

        public init() {}
    }

    /// What outlasts a power loss. The end of the process takes nothing in either case.
    public enum Durability: Sendable {
        /// All that was acknowledged.
        case full
        /// All but what was acknowledged in the last moments. The file stays whole
        /// (https://sqlite.org/pragma.html#pragma_synchronous).
        case normal
    }

    /// A piece of work that the store has done, or could not do.
    public struct Work: Sendable {
        public enum Kind: String, Sendable, CaseIterable { case read, write }

        public var kind: Kind
        /// From being asked for, the wait for its turn included.
        public var seconds: Double
        public var error: StoreError?
    }

    /// The tables of a store, for who copies one.
    public static let schema = ChatSchema.schema

    /// Makes anew what is worked out from the tables, for who has filled them one by one: the search index.
    public static func finishSalvage(_ connection: Connection) throws {
        // A store of before has no such table.
        let hasNotes = try connection.first("SELECT 1 FROM sqlite_schema WHERE name = 'unindexed_messages'") { row in
            try row.int(0)
        }
        if hasNotes != nil { try connection.run("DELETE FROM unindexed_messages") }
        try SearchIndex.fill(connection)
    }

    let writer: DatabaseWriter
    let readers: DatabaseReaders
    /// Opened with the first search; nobody else waits for what a search takes.
    private let searchers = Mutex<DatabaseReaders?>(nil)
    private let path: String
    let indexCleaner: IndexCleaner
    let searchIndexer: SearchIndexer
    let lookups: LookupConnection
    private let whenDone: @Sendable (Work) -> Void
    let inspection: DatabaseInspection
    let soundness = Mutex(Soundness())

    /// Opens or makes the database and brings its tables up to date. Blocks: call it at start.
    ///
    /// - Parameters:
    ///   - path: of the file, such as `var/chat.db`; its folder must exist.
    ///   - whenDone: told of every piece of work.
    /// - Throws: `StoreError`, with words for the operator: the file or its folder cannot be written, belongs to another
    ///   program, or was written by a newer version of this one.
    public init(
        path: String, durability: Durability = .full, limits: Limits = Limits(),
        whenDone: @escaping @Sendable (Work) -> Void = { _ in }
    ) throws(StoreError) {
        do {
            var writing = DatabaseWriter.Limits()
            writing.queued = limits.queued
            var options = ConnectionOptions()
            if durability == .normal { options.synchronous = .normal }
            writer = try DatabaseWriter(path: path, schema: ChatSchema.schema, options: options, limits: writing)
            readers = try DatabaseReaders(path: path, threads: limits.readers, queued: limits.queued)
        } catch {
            throw StoreError(error)
        }
        self.path = path
        indexCleaner = IndexCleaner(writer: writer)
        searchIndexer = SearchIndexer(writer: writer)
        lookups = LookupConnection(path: path)
        self.whenDone = whenDone
        inspection = DatabaseInspection(path: path)
    }

    /// Writes and reads that wait for their turn now.
    public var waiting: (writes: Int, reads: Int) { (writer.statistics.queued, readers.queued) }

    /// Whether a newer version of the program may be bringing the tables up to date: writes wait for it then.
    public func awaitMigration(_ isMigrating: Bool) { writer.awaitMigration(isMigrating) }

    /// Finishes what waits and closes the file. Later calls throw `StoreError` `unavailable`.
    public func close() async {
        await searchIndexer.close()
        await indexCleaner.close()
        lookups.close()
        await searchers.withLock { $0 }?.close()
        await readers.close()
        await writer.close()
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        try await timed(.write) { try await writer.write(body) }
    }

    func writeUnsynced<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        do {
            return try await writer.writeUnsynced(body)
        } catch {
            throw StoreError(error)
        }
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        try await timed(.read) { try await readers.read(body) }
    }

    /// The thread that searches.
    func searcher() throws(StoreError) -> DatabaseReaders {
        do {
            return try searchers.withLock { searchers in
                if let searchers { return searchers }
                let opened = try DatabaseReaders(path: path, threads: 1)
                searchers = opened
                return opened
            }
        } catch {
            throw StoreError(error)
        }
    }

    func searching<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        let searcher = try searcher()
        return try await timed(.read) { try await searcher.read(body) }
    }

    /// Reads one row or a few by an index, on the calling thread where that is free.
    func lookUp<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        try await timed(.read) {
            if let found = lookups.lookUp(body) { return found }
            return try await readers.read(body)
        }
    }

    private func timed<Result: Sendable>(
        _ kind: Work.Kind, _ body: () async throws -> Result
    ) async throws(StoreError) -> Result {
        let begun = MonotonicTime.now()
        func tell(_ error: StoreError?) {
            let nanoseconds = MonotonicTime.now().nanoseconds - begun.nanoseconds
            whenDone(Work(kind: kind, seconds: Double(nanoseconds) / 1e9, error: error))
        }
        do {
            let result = try await body()
            tell(nil)
            return result
        } catch {
            note(error)
            let error = StoreError(error)
            tell(error)
            throw error
        }
    }
}

extension StoreError {
    /// The store's view of what the database reported.
    init(_ error: any Error) {
        if let error = error as? StoreError {
            self = error
        } else {
            self.init(kind: Kind(rawValue: DatabaseFailure(error).rawValue) ?? .fault, detail: "\(error)")
            isDamage = Self.isDamage(error)
        }
    }
}
