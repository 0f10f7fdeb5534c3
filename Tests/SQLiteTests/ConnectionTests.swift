import Foundation
import Testing

@testable import SQLite

@Suite struct ConnectionTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `a new database and its log are readable by their owner alone`() throws {
        let connection = try Connection(path: folder.file())
        try connection.execute("CREATE TABLE t (x) ")
        for suffix in ["", "-wal", "-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.file() + suffix)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
        }
    }

    @Test func `the pragmas asked for are in force`() throws {
        let connection = try Connection(path: folder.file())
        let integer = { (name: String) in try connection.first("PRAGMA \(name)") { row in try row.int64(0) } }
        #expect(try connection.first("PRAGMA journal_mode") { row in try row.text(0) } == "wal")
        #expect(try integer("synchronous") == 2)
        #expect(try integer("secure_delete") == 1)
        #expect(try integer("foreign_keys") == 1)
        #expect(try integer("wal_autocheckpoint") == 4_096)
        #expect(try integer("cache_size") == -2_048)
        #expect(try integer("mmap_size") == 0)
    }

    @Test func `a missing file, a missing folder and a file of another kind each have their code`() throws {
        var options = ConnectionOptions()
        options.access = .readWrite
        let missing = #expect(throws: SQLiteError.self) { try Connection(path: folder.file(), options: options) }
        #expect(missing?.code.primary == .cannotOpen)
        #expect(missing?.message.contains(folder.file()) == true)
        let nowhere = #expect(throws: SQLiteError.self) { try Connection(path: folder.path + "/none/x.db") }
        #expect(nowhere?.code.primary == .cannotOpen)
        try Data("This is a letter, not a database, however long it goes on.".utf8).write(
            to: URL(fileURLWithPath: folder.file("letter")))
        let letter = #expect(throws: SQLiteError.self) { try Connection(path: folder.file("letter")) }
        #expect(letter?.isCorrupt == true)
    }

    @Test func `a read-only connection does not write`() throws {
        let writer = try Connection(path: folder.file())
        try writer.execute("CREATE TABLE t (x INTEGER)")
        let reader = try Connection(path: folder.file(), options: ConnectionOptions().readOnly)
        #expect(reader.isReadOnly)
        let error = #expect(throws: SQLiteError.self) { try reader.run("INSERT INTO t VALUES (1)") }
        #expect(error?.isReadOnly == true)
    }

    @Test func `what was deleted is in no file once the log is cut`() throws {
        let connection = try Connection(path: folder.file())
        try connection.execute("CREATE TABLE t (x TEXT) STRICT")
        let secret = "the-secret-\(UUID().uuidString)"
        let long = String(repeating: secret, count: 2_000)
        try connection.run("INSERT INTO t VALUES (?1)", [.text(secret)])
        try connection.run("INSERT INTO t VALUES (?1)", [.text(long)])
        #expect(folder.bytes().range(of: Data(secret.utf8)) != nil)
        try connection.run("DELETE FROM t")
        try connection.truncateLog()
        #expect(folder.bytes().range(of: Data(secret.utf8)) == nil)
    }

    @Test func `cutting the log says so when a reader is in the way`() throws {
        var options = ConnectionOptions()
        options.busyTimeout = .milliseconds(1)
        let connection = try Connection(path: folder.file(), options: options)
        try connection.execute("CREATE TABLE t (x INTEGER); INSERT INTO t VALUES (1)")
        let reader = try Connection(path: folder.file(), options: options.readOnly)
        try reader.snapshot {
            _ = try reader.first("SELECT x FROM t") { row in try row.int64(0) }
            try connection.execute("INSERT INTO t VALUES (2)")
            let error = #expect(throws: SQLiteError.self) { try connection.truncateLog() }
            #expect(error?.isBusy == true)
        }
        #expect(throws: Never.self) { try connection.truncateLog() }
    }

    @Test func `a transaction that throws changes nothing`() throws {
        struct Stop: Error {}
        let connection = try Connection(path: folder.file())
        try connection.execute("CREATE TABLE t (x INTEGER); INSERT INTO t VALUES (1)")
        #expect(throws: Stop.self) {
            try connection.transaction {
                try connection.run("DELETE FROM t")
                throw Stop()
            }
        }
        #expect(try connection.first("SELECT count(*) FROM t") { row in try row.int(0) } == 1)
    }

    @Test func `triggers fill full-text tables where the schema is trusted, and only there`() throws {
        var options = ConnectionOptions()
        options.trustsSchema = true
        let trusting = try Connection(path: folder.file(), options: options)
        try trusting.execute(
            """
            CREATE TABLE docs (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
            CREATE VIRTUAL TABLE docs_fts USING fts5(body, content='docs', content_rowid='id');
            CREATE TRIGGER docs_insert AFTER INSERT ON docs BEGIN
                INSERT INTO docs_fts (rowid, body) VALUES (new.id, new.body);
            END;
            INSERT INTO docs (body) VALUES ('a time machine'), ('a war of worlds');
            """)
        let sql = "SELECT rowid FROM docs_fts WHERE docs_fts MATCH ?1"
        #expect(try trusting.all(sql, ["machine"]) { row in try row.int(0) } == [1])
        let doubting = try Connection(path: folder.file())
        #expect(try doubting.all(sql, ["worlds"]) { row in try row.int(0) } == [2])
        #expect(throws: SQLiteError.self) { try doubting.run("INSERT INTO docs (body) VALUES ('a third')") }
    }
}
