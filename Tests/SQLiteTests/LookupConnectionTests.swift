import Testing

@testable import SQLite

@Suite struct LookupConnectionTests {
    @Test func `each commit of any connection is told once, and what is read is no change`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.file())
        try connection.execute("CREATE TABLE t (x)")
        let lookups = LookupConnection(path: folder.file())
        #expect(lookups.hasChanged())
        #expect(!lookups.hasChanged())
        for number in 1...3 {
            let other = try Connection(path: folder.file())
            try other.execute("INSERT INTO t VALUES (\(number))")
            #expect(lookups.hasChanged())
            _ = try other.first("SELECT count(*) FROM t") { row in try row.int(0) }
            #expect(!lookups.hasChanged())
        }
    }

    @Test func `where it cannot be told, something may have changed`() throws {
        let folder = try TemporaryFolder()
        let lookups = LookupConnection(path: folder.file())
        #expect(lookups.hasChanged() && lookups.hasChanged())
        let connection = try Connection(path: folder.file())
        try connection.execute("CREATE TABLE t (x)")
        #expect(lookups.hasChanged())
        #expect(!lookups.hasChanged())
        lookups.close()
        #expect(lookups.hasChanged())
    }

    @Test func `a lookup sees what was committed; while another is under way, and where it fails, there is none`()
        throws
    {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.file())
        try connection.execute("CREATE TABLE t (x)")
        let lookups = LookupConnection(path: folder.file())
        let top: (Connection) throws -> Int? = { connection in
            try connection.first("SELECT max(x) FROM t") { row in try row.int(0) }
        }
        for number in 1...50 {
            try connection.run("INSERT INTO t VALUES (?1)", [DatabaseValue(number)])
            #expect(lookups.lookUp(top) == .some(number))
            #expect(lookups.hasChanged() && !lookups.hasChanged())
        }
        #expect(lookups.lookUp { _ in lookups.lookUp(top) } == .some(nil))
        #expect(lookups.lookUp { connection in try connection.run("INSERT INTO t VALUES (51)") } == nil)
        #expect(lookups.lookUp(top) == .some(50))
        lookups.close()
        #expect(lookups.lookUp(top) == nil)
    }
}
