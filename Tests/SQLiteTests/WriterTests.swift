import CFaultyDisk
import Testing

@testable import SQLite

@Suite struct WriterTests {
    static let schema = Schema(
        applicationID: 7,
        migrations: [
            Migration(
                "001",
                sql: """
                    CREATE TABLE items (id INTEGER PRIMARY KEY, body BLOB) STRICT;
                    CREATE TABLE notes (item INTEGER REFERENCES items (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
                    """)
        ])
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    func writer(
        options: ConnectionOptions = ConnectionOptions(), limits: DatabaseWriter.Limits = DatabaseWriter.Limits()
    ) throws -> DatabaseWriter {
        try DatabaseWriter(path: folder.file(), schema: Self.schema, options: options, limits: limits)
    }

    /// Queues `jobs` behind a held writer, so that all of them meet in one group, and tells how each ended.
    func together(
        _ writer: DatabaseWriter, _ jobs: [@Sendable (Connection) throws -> Void]
    ) async throws -> [(any Error)?] {
        let gate = Gate()
        let entered = Gate()
        async let held: Void = writer.write { _ in
            entered.open()
            gate.wait()
        }
        await entered.opened()
        let ends = await withTaskGroup(of: (Int, (any Error)?).self) { group in
            for (index, job) in jobs.enumerated() {
                group.addTask {
                    do {
                        try await writer.write(job)
                        return (index, nil)
                    } catch {
                        return (index, error)
                    }
                }
            }
            while writer.statistics.queued < jobs.count { await Task.yield() }
            gate.open()
            var ends = [(any Error)?](repeating: nil, count: jobs.count)
            for await (index, error) in group { ends[index] = error }
            return ends
        }
        try await held
        return ends
    }

    func insert(_ id: Int, bytes: Int = 10) -> @Sendable (Connection) throws -> Void {
        { connection in
            try connection.run(
                "INSERT INTO items VALUES (?1, ?2)",
                [DatabaseValue(id), .blob([UInt8](repeating: 1, count: bytes))])
        }
    }

    func ids() throws -> [Int] {
        let connection = try Connection(path: folder.file(), options: ConnectionOptions().readOnly)
        return try connection.all("SELECT id FROM items ORDER BY id") { row in try row.int(0) }
    }

    @Test func `what waits together is committed together`() async throws {
        let writer = try writer()
        let before = writer.statistics
        let ends = try await together(writer, (0..<100).map { insert($0) })
        #expect(ends.allSatisfy { $0 == nil })
        #expect(try ids() == Array(0..<100))
        #expect(writer.statistics.writes - before.writes == 101)
        #expect(writer.statistics.transactions - before.transactions == 2)
    }

    @Test func `what need not be synced is not, what comes after it is, and both hold at once`() async throws {
        let writer = try DatabaseWriter(path: folder.file("a.db"), schema: Self.schema)
        @Sendable func synchronous(_ connection: Connection) throws -> Int? {
            try connection.first("PRAGMA synchronous") { row in try row.int(0) }
        }
        // 1 is NORMAL, 2 is FULL (https://sqlite.org/pragma.html#pragma_synchronous).
        #expect(try await writer.writeUnsynced { try synchronous($0) } == 1)
        try await writer.writeUnsynced(insert(1))
        #expect(try await writer.write { try synchronous($0) } == 2)
        await #expect(throws: SQLiteError.self) { try await writer.writeUnsynced(self.insert(1)) }
        #expect(try await writer.write { try synchronous($0) } == 2)
        let count = try Connection(path: folder.file("a.db")).first("SELECT count(*) FROM items") { try $0.int(0) }
        #expect(count == 1)
        await writer.close()
    }

    @Test func `what goes with the next write waits for it, and what it throws is nobody's`() async throws {
        struct Refused: Error {}
        let writer = try writer()
        let before = writer.statistics
        writer.writeWithNext(insert(1))
        writer.writeWithNext { _ in throw Refused() }
        #expect(writer.statistics.queued == 2)
        #expect(try ids() == [])
        try await writer.write(insert(2))
        #expect(try ids() == [1, 2])
        #expect(writer.statistics.transactions - before.transactions == 1)
        writer.writeWithNext(insert(3))
        await writer.close()
        #expect(try ids() == [1, 2, 3])
        writer.writeWithNext(insert(4))
        #expect(writer.statistics.queued == 0)
    }

    @Test func `a group is bounded`() async throws {
        var limits = DatabaseWriter.Limits()
        limits.group = 10
        let writer = try writer(limits: limits)
        _ = try await together(writer, (0..<25).map { insert($0) })
        #expect(writer.statistics.transactions == 4)
        #expect(try ids() == Array(0..<25))
    }

    @Test func `a write that fails undoes itself alone and gets its own error`() async throws {
        struct Refused: Error {}
        let writer = try writer()
        let jobs = (0..<30).map { number -> @Sendable (Connection) throws -> Void in
            let insert = insert(number)
            return { connection in
                try insert(connection)
                if number % 5 == 0 { throw Refused() }
            }
        }
        let ends = try await together(writer, jobs)
        #expect(ends.indices.allSatisfy { (ends[$0] is Refused) == ($0 % 5 == 0) })
        #expect(try ids() == (0..<30).filter { $0 % 5 != 0 })
        #expect(writer.statistics.transactions == 2)
    }

    @Test func `a write that ruins the commit ruins only its own`() async throws {
        let writer = try writer()
        var jobs = (0..<5).map { insert($0) }
        jobs.insert({ connection in try connection.run("INSERT INTO notes VALUES (99)") }, at: 2)
        let ends = try await together(writer, jobs)
        #expect((ends[2] as? SQLiteError)?.code == .foreignKeyConstraint)
        #expect(ends.count(where: { $0 == nil }) == 5)
        #expect(try ids() == Array(0..<5))
    }

    @Test func `a write too large for the disk fails as full and the others are kept`() async throws {
        let writer = try writer()
        // Stands in for a full disk: SQLite reports both as SQLITE_FULL.
        try await writer.withoutTransaction { connection in try connection.execute("PRAGMA max_page_count = 40") }
        let ends = try await together(writer, [insert(1), insert(2, bytes: 1 << 20), insert(3)])
        #expect(ends[0] == nil && ends[2] == nil)
        #expect((ends[1] as? SQLiteError)?.isFull == true)
        #expect(try ids() == [1, 3])
        try await writer.withoutTransaction { connection in try connection.execute("PRAGMA max_page_count = 4000") }
        try await writer.write(insert(2, bytes: 1 << 20))
        #expect(try ids() == [1, 2, 3])
    }

    @Test func `a commit the disk did not take is never acknowledged, and the writer recovers with the disk`()
        async throws
    {
        let disk = "broken-disk"
        try #require(faulty_disk_register(disk) == 0)
        var options = ConnectionOptions()
        options.vfs = disk
        let writer = try writer(options: options)
        try await writer.write(insert(1))
        faulty_disk_fail_syncs(disk, 1)
        for number in 2...4 {
            let error = await #expect(throws: SQLiteError.self) { try await writer.write(insert(number)) }
            #expect(error?.isIO == true, "\(String(describing: error))")
        }
        #expect(faulty_disk_failures(disk) >= 3)
        faulty_disk_fail_syncs(disk, 0)
        try await writer.write(insert(5))
        try await writer.write(insert(6))
        let kept = try ids()
        #expect(kept.contains(1) && kept.contains(5) && kept.contains(6))
        await writer.close()
        let connection = try Connection(path: folder.file())
        #expect(try connection.first("PRAGMA integrity_check") { row in try row.text(0) } == "ok")
    }

    @Test func `a writer that does not wait for the disk commits while it cannot sync`() async throws {
        let disk = "unsynced-disk"
        try #require(faulty_disk_register(disk) == 0)
        var options = ConnectionOptions()
        options.vfs = disk
        options.synchronous = .normal
        let writer = try writer(options: options)
        try await writer.write(insert(1))
        faulty_disk_fail_syncs(disk, 1)
        for number in 2...4 { try await writer.write(insert(number)) }
        #expect(faulty_disk_failures(disk) == 0)
        #expect(try ids() == [1, 2, 3, 4])
        faulty_disk_fail_syncs(disk, 0)
        await writer.close()
    }

    @Test func `more writes than may wait are refused as overloaded, and those that wait are done`() async throws {
        var limits = DatabaseWriter.Limits()
        limits.queued = 3
        let writer = try writer(limits: limits)
        let gate = Gate()
        let entered = Gate()
        async let held: Void = writer.write { _ in
            entered.open()
            gate.wait()
        }
        await entered.opened()
        async let first: Void = writer.write(insert(1))
        async let second: Void = writer.write(insert(2))
        async let third: Void = writer.write(insert(3))
        while writer.statistics.queued < 3 { await Task.yield() }
        let error = await #expect(throws: DatabaseError.self) { try await writer.write(insert(4)) }
        #expect(error?.reason == .overloaded)
        gate.open()
        _ = try await (held, first, second, third)
        #expect(try ids() == [1, 2, 3])
    }

    @Test func `closing finishes what waits and refuses what comes after`() async throws {
        let writer = try writer()
        let gate = Gate()
        let entered = Gate()
        async let held: Void = writer.write { _ in
            entered.open()
            gate.wait()
        }
        await entered.opened()
        let waiting = (0..<20).map { number in Task { try await writer.write(insert(number)) } }
        while writer.statistics.queued < 20 { await Task.yield() }
        async let closed: Void = writer.close()
        while !writer.queue.isClosed { await Task.yield() }
        let error = await #expect(throws: DatabaseError.self) { try await writer.write { _ in } }
        #expect(error?.reason == .closed)
        gate.open()
        for task in waiting { try await task.value }
        _ = try await (held, closed)
        await writer.close()
        #expect(try ids() == Array(0..<20))
    }

    @Test func `a lock another connection keeps too long is an overload, never busy; it heals by itself`() async throws
    {
        var options = ConnectionOptions()
        options.busyTimeout = .milliseconds(5)
        var limits = DatabaseWriter.Limits()
        limits.lockPatience = .milliseconds(20)
        let writer = try writer(options: options, limits: limits)
        let gate = Gate()
        let locked = Gate()
        let other = try self.writer()
        async let held: Void = other.write { _ in
            locked.open()
            gate.wait()
        }
        await locked.opened()
        // All who come while it is there, not each after a wait of its own.
        for _ in 0..<3 {
            let error = await #expect(throws: DatabaseError.self) { try await writer.write(insert(1)) }
            #expect(error?.reason == .overloaded)
        }
        gate.open()
        try await held
        try await writer.write(insert(1))
        #expect(try ids() == [1])
    }

    @Test func `writers of one file that read before they write lose no update`() async throws {
        let writers = try (0..<4).map { _ in try writer() }
        try await writers[0].write(insert(0))
        try await writers[0].write { connection in try connection.run("INSERT INTO items VALUES (1, NULL)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in writers {
                for _ in 0..<50 {
                    group.addTask {
                        try await writer.write { connection in
                            let top = try connection.first("SELECT max(id) FROM items") { row in try row.int(0) } ?? 0
                            try connection.run("INSERT INTO items VALUES (?1, NULL)", [DatabaseValue(top + 1)])
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        for writer in writers { await writer.close() }
        #expect(try ids() == Array(0...201))
    }

    @Test func `work without a transaction runs between the groups, in its order`() async throws {
        let writer = try writer()
        try await writer.write(insert(1))
        try await writer.withoutTransaction { connection in
            #expect(!connection.isInTransaction)
            try connection.execute("VACUUM")
            try connection.truncateLog()
        }
        try await writer.write(insert(2))
        #expect(try ids() == [1, 2])
    }

    @Test func `a write that ends the shared transaction is refused`() async throws {
        let writer = try writer()
        let error = await #expect(throws: SQLiteError.self) {
            try await writer.write { connection in try connection.execute("COMMIT") }
        }
        #expect(error?.code == .misuse)
        try await writer.write(insert(1))
        #expect(try ids() == [1])
    }
}
