import Testing

@testable import SQLite

@Suite struct ChangeWatchTests {
    @Test func `each commit of any connection is told once, and what is read is no change`() throws {
        let folder = try TemporaryFolder()
        let connection = try Connection(path: folder.file())
        try connection.execute("CREATE TABLE t (x)")
        let watch = ChangeWatch(path: folder.file())
        #expect(watch.hasChanged())
        #expect(!watch.hasChanged())
        for number in 1...3 {
            let other = try Connection(path: folder.file())
            try other.execute("INSERT INTO t VALUES (\(number))")
            #expect(watch.hasChanged())
            _ = try other.first("SELECT count(*) FROM t") { row in try row.int(0) }
            #expect(!watch.hasChanged())
        }
    }

    @Test func `where it cannot be told, something may have changed`() throws {
        let folder = try TemporaryFolder()
        let watch = ChangeWatch(path: folder.file())
        #expect(watch.hasChanged() && watch.hasChanged())
        let connection = try Connection(path: folder.file())
        try connection.execute("CREATE TABLE t (x)")
        #expect(watch.hasChanged())
        #expect(!watch.hasChanged())
        watch.close()
        #expect(watch.hasChanged())
    }
}
