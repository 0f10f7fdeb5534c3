public import Chat
public import SQLite

/// The catalogue in `catalog.db`. Reads on threads of its own; imports, in this process or another, do not hold it up.
public final class SQLiteBookCatalog: BookCatalog {
    /// The tables of a catalogue, for who copies one.
    public static let schema = CatalogSchema.schema

    private let readers: DatabaseReaders
    /// For what is found by an index, on the calling thread.
    private let lookups: LookupConnection
    /// How long one call may take; far more than any does.
    private let timeLimit = Duration.seconds(5)
    /// Works by their ids that are looked up as quickly as another thread is asked.
    private static let briefIDs = 8

    /// Opens the catalogue; a missing file is made, empty. Blocks for as long as opening files takes.
    ///
    /// - Parameter threads: reads at the same time.
    ///
    /// Throws `SQLiteError` when the file cannot be opened, and `DatabaseError` when it is another program's.
    public init(path: String, threads: Int = 2) throws {
        var options = CatalogSchema.options(cacheBytes: 16 << 20)
        options.busyTimeout = .seconds(5)
        try Connection(path: path, options: options).migrate(to: CatalogSchema.schema)
        readers = try DatabaseReaders(path: path, options: options, threads: threads)
        lookups = LookupConnection(path: path, cacheBytes: 2 << 20)
    }

    /// How many works the catalogue at `path` has, read without changing it; 0, too, for a file without tables. Blocks.
    ///
    /// Throws `SQLiteError` when there is no such file or it cannot be read, and `DatabaseError` when it is another program's or of a
    /// newer version.
    public static func works(path: String) throws -> Int {
        let connection = try Connection(path: path, options: CatalogSchema.options(cacheBytes: 1 << 20).readOnly)
        try connection.checkIdentity(CatalogSchema.schema)
        let hasTable = try connection.first("SELECT 1 FROM sqlite_schema WHERE name = 'works'") { _ in true } ?? false
        return hasTable ? try connection.first("SELECT count(*) FROM works") { row in try row.int(0) } ?? 0 : 0
    }

    /// Ends the threads. Later calls throw `StoreError` `unavailable`.
    public func close() async {
        lookups.close()
        await readers.close()
    }

    public func search(_ query: CatalogQuery) async throws -> [CatalogMatch] {
        try await read { connection in
            let works = WorkLookup(connection: connection)
            return try SearchPlan(query, connection).matches().compactMap { match in
                try works.entry(match.row).map { CatalogMatch(entry: $0, textScore: match.score) }
            }
        }
    }

    public func works(titled title: String, isFuzzy: Bool) async throws -> [CatalogEntry] {
        try await read(isBrief: !isFuzzy) { connection in
            let works = WorkLookup(connection: connection)
            return try works.rows(titled: title, isFuzzy: isFuzzy, limit: 20).compactMap { try works.entry($0) }
        }
    }

    public func authors(named name: String) async throws -> [String] {
        try await read { connection in
            try AuthorLookup(connection: connection).names(for: name, limit: 10)
        }
    }

    /// What `body` reads, in one state of the catalogue.
    /// - Parameter isBrief: that it is found by an index.
    /// - Throws: `StoreError`.
    private func read<Result: Sendable>(
        isBrief: Bool = false, _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        do {
            if isBrief, let found = lookups.lookUp({ connection in try connection.snapshot { try body(connection) } }) {
                return found
            }
            return try await readers.read(timeLimit: timeLimit, body)
        } catch {
            throw StoreError(
                kind: .init(rawValue: DatabaseFailure(error).rawValue) ?? .fault, detail: "the catalogue: \(error)")
        }
    }

    public func works(withIDs ids: [BookID]) async throws -> [CatalogEntry] {
        try await read(isBrief: ids.count <= Self.briefIDs) { connection in
            let works = WorkLookup(connection: connection)
            return try works.rows(of: Array(ids.prefix(1_000))).compactMap { try works.entry($0) }
        }
    }

    public func readURLs(of ids: [BookID]) async throws -> [BookID: String] {
        try await read { connection in
            let works = WorkLookup(connection: connection)
            var urls: [BookID: String] = [:]
            for id in ids.prefix(1_000) {
                // https://www.gutenberg.org/policy/linking.html
                urls[id] = try works.gutenbergNumber(of: id).map { "https://www.gutenberg.org/ebooks/\($0)" }
            }
            return urls
        }
    }

    public func count() async throws -> Int {
        try await read { connection in
            try connection.first("SELECT count(*) FROM works") { row in try row.int(0) } ?? 0
        }
    }

    /// What is in the catalogue.
    public func statistics() async throws -> CatalogStatistics {
        try await readers.read(timeLimit: nil) { connection in try CatalogStatistics(connection) }
    }
}
