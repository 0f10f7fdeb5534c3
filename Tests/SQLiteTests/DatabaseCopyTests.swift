import Foundation
import Scheduling
import Testing

@testable import SQLite

/// Copies of a database in use.
@Suite struct DatabaseCopyTests {
    struct Stop: Error {}

    let folder: TemporaryFolder
    let schema = Schema(
        applicationID: 7,
        migrations: [
            Migration(
                "001 letters",
                sql: """
                    CREATE TABLE people (id INTEGER PRIMARY KEY);
                    CREATE TABLE letters (
                        id INTEGER PRIMARY KEY, text TEXT NOT NULL, person INTEGER REFERENCES people (id)) STRICT;
                    CREATE INDEX letters_text ON letters (text);
                    """)
        ])

    init() throws {
        folder = try TemporaryFolder()
    }

    var copy: String { folder.file("copy.db") }

    func source(letters: Int) throws -> Connection {
        let connection = try Connection(path: folder.file())
        try connection.migrate(to: schema)
        try connection.transaction {
            for number in 1...letters { try add(number, to: connection) }
        }
        return connection
    }

    func add(_ number: Int, to connection: Connection) throws {
        let text = String(repeating: "letter \(number) ", count: 100)
        try connection.run("INSERT INTO letters (id, text) VALUES (?1, ?2)", [.integer(Int64(number)), .text(text)])
    }

    func numbers(in path: String) throws -> [Int] {
        var options = ConnectionOptions()
        options.access = .readOnly
        return try Connection(path: path, options: options).all("SELECT id FROM letters ORDER BY id") { row in
            try row.int(0)
        }
    }

    @Test func `a copy holds what was committed when it began, whatever is written while it is made`() throws {
        let source = try source(letters: 12_000)
        let other = try Connection(path: folder.file())
        var next = 12_001
        var steps = 0
        try DatabaseCopy(of: folder.file(), schema: schema).write(to: copy) { progress in
            guard case .copying(let done, let total) = progress else { return }
            steps += 1
            #expect(done <= total)
            // With each step, by another connection and so as another process does.
            try add(next, to: other)
            next += 1
        }
        #expect(steps > 3)
        #expect(try numbers(in: copy) == Array(1...12_000))
        #expect(try source.first("SELECT count(*) FROM letters") { row in try row.int(0) } == 12_000 + steps)
    }

    @Test func `a copy is one file, for its owner alone, that opens where nothing can be written`() throws {
        let source = try source(letters: 10)
        let bytes = try DatabaseCopy(of: folder.file(), schema: schema).write(to: copy)
        withExtendedLifetime(source) {}
        let attributes = try FileManager.default.attributesOfItem(atPath: copy)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(attributes[.size] as? Int == bytes)
        for suffix in ["-wal", "-shm", "-journal"] {
            #expect(!FileManager.default.fileExists(atPath: copy + suffix), "\(suffix)")
        }
        let alone = folder.path + "/alone"
        try FileManager.default.createDirectory(atPath: alone, withIntermediateDirectories: false)
        try FileManager.default.moveItem(atPath: copy, toPath: alone + "/copy.db")
        #expect(try numbers(in: alone + "/copy.db") == Array(1...10))
        #expect(try FileManager.default.contentsOfDirectory(atPath: alone) == ["copy.db"])
        // And it is a database that goes on.
        #expect(try Connection(path: alone + "/copy.db").migrate(to: schema) == [])
    }

    @Test func `who is told of the progress can end it, while it copies and while it checks`() throws {
        let source = try source(letters: 12_000)
        #expect(throws: Stop.self) {
            try DatabaseCopy(of: folder.file(), schema: schema).write(to: copy) { _ in throw Stop() }
        }
        try FileManager.default.removeItem(atPath: copy)
        #expect(throws: Stop.self) {
            try DatabaseCopy(of: folder.file(), schema: schema).write(to: copy) { progress in
                if progress == .checking { throw Stop() }
            }
        }
        #expect(try source.first("SELECT count(*) FROM letters") { row in try row.int(0) } == 12_000)
    }

    @Test func `a file that is empty, another program's or damaged makes no copy`() throws {
        try Data().write(to: URL(fileURLWithPath: folder.file("empty")))
        let empty = #expect(throws: DatabaseError.self) {
            try DatabaseCopy(of: folder.file("empty"), schema: schema).write(to: copy)
        }
        #expect(empty?.reason == .damaged)
        try Connection(path: folder.file("theirs")).migrate(to: Schema(applicationID: 8, migrations: []))
        let theirs = #expect(throws: DatabaseError.self) {
            try DatabaseCopy(of: folder.file("theirs"), schema: schema).write(to: copy)
        }
        #expect(theirs?.reason == .foreignDatabase)
        do {
            let source = try source(letters: 2_000)
            try source.truncateLog()
        }
        // A page of the index is overwritten: every row is still there, and the index does not find it.
        let file = try #require(FileHandle(forUpdatingAtPath: folder.file()))
        let size = try file.seekToEnd()
        for page in stride(from: size / 2, to: size - 4_096, by: 8 * 4_096) {
            try file.seek(toOffset: page / 4_096 * 4_096)
            try file.write(contentsOf: Data(repeating: 7, count: 4_096))
        }
        try file.close()
        let error = #expect(throws: (any Error).self) {
            try DatabaseCopy(of: folder.file(), schema: schema).write(to: copy)
        }
        #expect((error as? DatabaseError)?.reason == .damaged || (error as? SQLiteError)?.isCorrupt == true)
    }

    @Test func `a row that belongs to nobody is damage`() throws {
        var options = ConnectionOptions()
        options.enforcesForeignKeys = false
        let connection = try Connection(path: folder.file(), options: options)
        try connection.migrate(to: schema)
        try connection.run("INSERT INTO letters (text, person) VALUES ('x', 99)")
        let error = #expect(throws: DatabaseError.self) {
            try DatabaseCopy(of: folder.file(), schema: schema).write(to: copy)
        }
        #expect(error?.description.contains("people") == true)
    }
}
