import Scheduling
import Testing

@testable import SQLite

@Suite struct MigrationTests {
    let folder: TemporaryFolder
    let first = Migration("001 people", sql: "CREATE TABLE people (name TEXT) STRICT")
    let second = Migration("002 ages", sql: "ALTER TABLE people ADD COLUMN age INTEGER")

    init() throws {
        folder = try TemporaryFolder()
    }

    func schema(_ migrations: Migration..., id: Int32 = 7) -> Schema {
        Schema(applicationID: id, migrations: migrations)
    }

    @Test func `each is applied once, in order, and recorded with its time`() throws {
        let connection = try Connection(path: folder.file())
        #expect(try connection.migrate(to: schema(first)) == ["001 people"])
        #expect(try connection.migrate(to: schema(first, second)) == ["002 ages"])
        #expect(try connection.migrate(to: schema(first, second)) == [])
        try connection.run("INSERT INTO people (name, age) VALUES ('Ada', 36)")
        let recorded = try connection.all("SELECT name, applied_at FROM schema_migrations ORDER BY position") { row in
            (try row.text(0), try row.text(1))
        }
        #expect(recorded.map(\.0) == ["001 people", "002 ages"])
        #expect(recorded.allSatisfy { $0.1.hasPrefix("2") && $0.1.hasSuffix("Z") && $0.1.utf8.count == 24 })
        #expect(try connection.first("PRAGMA application_id") { row in try row.int(0) } == 7)
    }

    @Test func `a database of a newer program is refused by the names of what is unknown`() throws {
        let connection = try Connection(path: folder.file())
        try connection.migrate(to: schema(first, second))
        let error = #expect(throws: DatabaseError.self) { try connection.migrate(to: schema(first)) }
        #expect(error?.reason == .unknownMigrations(["002 ages"]))
        #expect(error?.description.contains("002 ages") == true)
        #expect(throws: DatabaseError.self) { try DatabaseWriter(path: folder.file(), schema: schema(first)) }
    }

    @Test func `another order is refused`() throws {
        let connection = try Connection(path: folder.file())
        try connection.migrate(to: schema(first))
        let between = Migration("000 before", sql: "CREATE TABLE early (x)")
        let error = #expect(throws: DatabaseError.self) { try connection.migrate(to: schema(between, first)) }
        #expect(error?.reason == .migrationOrder)
    }

    @Test func `another program's database is left alone`() throws {
        let marked = try Connection(path: folder.file("marked"))
        try marked.migrate(to: schema(first))
        let error = #expect(throws: DatabaseError.self) { try marked.migrate(to: schema(first, id: 8)) }
        #expect(error?.reason == .foreignDatabase)
        let unmarked = try Connection(path: folder.file("unmarked"))
        try unmarked.execute("CREATE TABLE theirs (x)")
        let other = #expect(throws: DatabaseError.self) { try unmarked.migrate(to: schema(first)) }
        #expect(other?.reason == .foreignDatabase)
        #expect(try unmarked.all("SELECT name FROM sqlite_schema") { row in try row.text(0) } == ["theirs"])
    }

    @Test func `one that fails leaves nothing behind, and those before it stay`() throws {
        let broken = Migration("002 broken") { connection in
            try connection.execute("CREATE TABLE half (x)")
            try connection.execute("CREATE TABLE people (name)")
        }
        let connection = try Connection(path: folder.file())
        #expect(throws: SQLiteError.self) { try connection.migrate(to: schema(first, broken)) }
        #expect(try connection.first("SELECT 1 FROM sqlite_schema WHERE name = 'half'") { _ in true } == nil)
        #expect(try connection.migrate(to: schema(first, second)) == ["002 ages"])
    }

    @Test(arguments: 1...25)
    func `of several that start at once on a new file, each step is applied by one`(round: Int) async throws {
        let path = folder.file("\(round).db")
        let schema = schema(first, second)
        let results = await onThreadsAtOnce(12) { number in
            // Some only read, as other commands do.
            var options = ConnectionOptions()
            if number % 4 == 3 { options.usesWriteAheadLog = false }
            return try Connection(path: path, options: options).migrate(to: schema)
        }
        #expect(try results.flatMap { try $0.get() }.sorted() == ["001 people", "002 ages"])
    }

    @Test func `a file that another process reads becomes a write-ahead one when it has read`() async throws {
        let path = folder.file()
        var options = ConnectionOptions()
        options.usesWriteAheadLog = false
        let other = try Connection(path: path, options: options)
        let refused = Gate()
        let opening = Task {
            await onThreadsAtOnce(1) { _ in
                // Too short a time: it says that it is locked.
                var hasty = ConnectionOptions()
                hasty.busyTimeout = .milliseconds(1)
                let error = #expect(throws: SQLiteError.self) { try Connection(path: path, options: hasty) }
                #expect(error?.isBusy == true)
                refused.open()
                // A busy machine may let go of the file late.
                var patient = ConnectionOptions()
                patient.busyTimeout = .seconds(120)
                return try Connection(path: path, options: patient).first("PRAGMA journal_mode") { row in
                    try row.text(0)
                }
            }
        }
        try other.execute("BEGIN; SELECT count(*) FROM sqlite_schema")
        await refused.opened()
        try other.execute("COMMIT")
        #expect(try await opening.value.first?.get() == "wal")
    }

    @Test func `a database that is up to date opens while another process writes to it`() throws {
        var options = ConnectionOptions()
        options.busyTimeout = .zero
        let writer = try Connection(path: folder.file(), options: options)
        try writer.migrate(to: schema(first))
        try writer.transaction {
            try writer.run("INSERT INTO people (name) VALUES ('Ada')")
            #expect(try Connection(path: folder.file(), options: options).migrate(to: schema(first)) == [])
        }
    }
}

/// Runs `body` on threads of their own, all let go at the same moment.
func onThreadsAtOnce<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) throws -> Result
) async -> [Swift.Result<Result, any Error>] {
    let start = Gate()
    let (results, done) = AsyncStream.makeStream(of: Swift.Result<Result, any Error>.self)
    for number in 0..<count {
        Thread.start(name: "at-once-\(number)") {
            start.wait()
            done.yield(Swift.Result { try body(number) })
        }
    }
    start.open()
    return await results.prefix(count).reduce(into: []) { $0.append($1) }
}
