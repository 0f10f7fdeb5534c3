import Testing

@testable import SQLite

@Suite struct ReadersTests {
    let folder: TemporaryFolder
    let writer: DatabaseWriter

    init() throws {
        folder = try TemporaryFolder()
        writer = try DatabaseWriter(
            path: folder.file(),
            schema: Schema(
                applicationID: 7,
                migrations: [Migration("001", sql: "CREATE TABLE items (id INTEGER PRIMARY KEY) STRICT")]))
    }

    @Test func `a read sees what was acknowledged before it`() async throws {
        let readers = try DatabaseReaders(path: folder.file())
        for number in 1...50 {
            try await writer.write { connection in
                try connection.run("INSERT INTO items VALUES (?1)", [DatabaseValue(number)])
            }
            let top = try await readers.read { connection in
                try connection.first("SELECT max(id) FROM items") { row in try row.int(0) }
            }
            #expect(top == number)
        }
        await readers.close()
    }

    @Test func `one read sees one state, whatever is written meanwhile`() async throws {
        let readers = try DatabaseReaders(path: folder.file(), threads: 1)
        let seen = Gate()
        let written = Gate()
        async let counts = readers.read { connection in
            let count = { try connection.first("SELECT count(*) FROM items") { row in try row.int(0) } }
            let before = try count()
            seen.open()
            written.wait()
            return [before, try count()]
        }
        await seen.opened()
        try await writer.write { connection in try connection.run("INSERT INTO items VALUES (1)") }
        written.open()
        #expect(try await counts == [0, 0])
    }

    @Test func `a read that takes too long is interrupted, and the next one is not`() async throws {
        let readers = try DatabaseReaders(path: folder.file(), threads: 1)
        let error = await #expect(throws: SQLiteError.self) {
            try await readers.read(timeLimit: .milliseconds(20)) { connection in
                try connection.first(
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
                ) { row in try row.int(0) }
            }
        }
        #expect(error?.isInterrupted == true)
        let one = try await readers.read { connection in try connection.first("SELECT 1") { row in try row.int(0) } }
        #expect(one == 1)
    }

    @Test func `readers do not write`() async throws {
        let readers = try DatabaseReaders(path: folder.file())
        let error = await #expect(throws: SQLiteError.self) {
            try await readers.read { connection in try connection.run("INSERT INTO items VALUES (1)") }
        }
        #expect(error?.isReadOnly == true)
    }

    @Test func `more reads than may wait are refused; those that wait are answered, also while closing`() async throws {
        let readers = try DatabaseReaders(path: folder.file(), threads: 2, queued: 2)
        let gate = Gate()
        let entered = [Gate(), Gate()]
        let holding = entered.map { gateIn in
            Task {
                try await readers.read { _ in
                    gateIn.open()
                    gate.wait()
                }
            }
        }
        for gateIn in entered { await gateIn.opened() }
        let waiting = (0..<2).map { number in Task { try await readers.read { _ in number } } }
        while readers.queued < 2 { await Task.yield() }
        let refusal = await #expect(throws: DatabaseError.self) { try await readers.read { _ in } }
        #expect(refusal?.reason == .overloaded)
        async let closed: Void = readers.close()
        gate.open()
        for (number, task) in waiting.enumerated() { #expect(try await task.value == number) }
        for task in holding { try await task.value }
        await closed
        let error = await #expect(throws: DatabaseError.self) { try await readers.read { _ in } }
        #expect(error?.reason == .closed)
    }

    @Test func `readers of a file that is not there are refused at their start`() {
        #expect(throws: SQLiteError.self) { try DatabaseReaders(path: folder.file("none.db")) }
    }
}
