import Testing

@testable import SQLite

@Suite("Migrations")
struct MigrationTests {
    let folder: TemporaryFolder
    let first = Migration("001 people", sql: "CREATE TABLE people (name TEXT) STRICT")
    let second = Migration("002 ages", sql: "ALTER TABLE people ADD COLUMN age INTEGER")

    init() throws {
        folder = try TemporaryFolder()
    }

    func schema(_ migrations: Migration..., id: Int32 = 7) -> Schema {
        Schema(applicationID: id, migrations: migrations)
    }

    @Test("each is applied once, in order, and recorded with its time")
    func applied() throws {
        let connection = try Connection(path: folder.file())
        #expect(try connection.pendingMigrations(of: schema(first)) == ["001 people"])
        #expect(try connection.migrate(to: schema(first)) == ["001 people"])
        #expect(try connection.pendingMigrations(of: schema(first, second)) == ["002 ages"])
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

    @Test("a database of a newer program is refused by the names of what is unknown")
    func newerRefused() throws {
        let connection = try Connection(path: folder.file())
        try connection.migrate(to: schema(first, second))
        let error = #expect(throws: DatabaseError.self) { try connection.migrate(to: schema(first)) }
        #expect(error?.reason == .unknownMigrations(["002 ages"]))
        #expect(error?.description.contains("002 ages") == true)
        #expect(throws: DatabaseError.self) { try connection.pendingMigrations(of: schema(first)) }
        #expect(throws: DatabaseError.self) { try DatabaseWriter(path: folder.file(), schema: schema(first)) }
    }

    @Test("another order is refused")
    func reorderedRefused() throws {
        let connection = try Connection(path: folder.file())
        try connection.migrate(to: schema(first))
        let between = Migration("000 before", sql: "CREATE TABLE early (x)")
        let error = #expect(throws: DatabaseError.self) { try connection.migrate(to: schema(between, first)) }
        #expect(error?.reason == .migrationOrder)
    }

    @Test("another program's database is left alone")
    func foreignRefused() throws {
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

    @Test("one that fails leaves nothing behind, and those before it stay")
    func failing() throws {
        let broken = Migration("002 broken") { connection in
            try connection.execute("CREATE TABLE half (x)")
            try connection.execute("CREATE TABLE people (name)")
        }
        let connection = try Connection(path: folder.file())
        #expect(throws: SQLiteError.self) { try connection.migrate(to: schema(first, broken)) }
        #expect(try connection.first("SELECT 1 FROM sqlite_schema WHERE name = 'half'") { _ in true } == nil)
        #expect(try connection.migrate(to: schema(first, second)) == ["002 ages"])
    }

    @Test("of several that start at once, each step is applied by one")
    func atOnce() async throws {
        let path = folder.file()
        let schema = schema(first, second)
        let applied = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let connection = try Connection(path: path)
                    return try connection.migrate(to: schema)
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(applied.sorted() == ["001 people", "002 ages"])
    }
}
