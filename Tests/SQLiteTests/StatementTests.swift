import Testing

@testable import SQLite

/// Statements bind and read strictly.
@Suite struct StatementTests {
    let folder: TemporaryFolder
    let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try Connection(path: folder.file())
        try connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT, size REAL, bytes BLOB) STRICT")
    }

    @Test func `every storage class comes back as it went in`() throws {
        let name = "Zoë 🐉\u{0}\r\ne\u{301}"
        try connection.run(
            "INSERT INTO things VALUES (?1, ?2, ?3, ?4)",
            [.integer(.min), .text(name), .real(-0.5), .blob([0, 255, 0])])
        let row = try connection.first("SELECT id, name, size, bytes FROM things") { row in
            (try row.int64(0), try row.text(1), try row.double(2), try row.blob(3))
        }
        let (id, text, size, bytes) = try #require(row)
        #expect(id == .min)
        #expect(Array(text.utf8) == Array(name.utf8))
        #expect(size == -0.5)
        #expect(bytes == [0, 255, 0])
    }

    @Test func `an empty text and an empty blob are not NULL, and nil is`() throws {
        try connection.run("INSERT INTO things VALUES (1, ?1, NULL, ?2)", [.text(""), .blob([])])
        try connection.run(
            "INSERT INTO things VALUES (2, ?1, NULL, ?2)",
            [DatabaseValue(nil as String?), DatabaseValue(nil as [UInt8]?)])
        let rows = try connection.all("SELECT name, bytes FROM things ORDER BY id") { row in
            (try row.optionalText(0), try row.optionalBlob(1))
        }
        #expect(rows[0].0 == "" && rows[0].1 == [])
        #expect(rows[1].0 == nil && rows[1].1 == nil)
    }

    @Test func `bytes are read where they lie`() throws {
        try connection.run("INSERT INTO things VALUES (1, 'añb', NULL, ?1)", [.blob([7, 8])])
        let sums = try connection.first("SELECT name, bytes FROM things") { row in
            let text = try row.withBytes(0) { span in span.indices.reduce(0) { $0 + Int(span[$1]) } }
            let blob = try row.withBytes(1) { span in span.count }
            return [text, blob]
        }
        #expect(sums == ["añb".utf8.reduce(0) { $0 + Int($1) }, 2])
    }

    @Test func `a column of another type or number is refused, not converted`() throws {
        try connection.run("INSERT INTO things VALUES (1, '12', NULL, NULL)")
        let code = { (body: (borrowing Row) throws -> Void) -> ResultCode? in
            do {
                try connection.forEach("SELECT id, name, size FROM things", [], body)
                return nil
            } catch let error as SQLiteError {
                return error.code
            }
        }
        #expect(try code { row in _ = try row.int64(1) } == .mismatch)
        #expect(try code { row in _ = try row.text(0) } == .mismatch)
        #expect(try code { row in _ = try row.double(2) } == .mismatch)
        #expect(try code { row in _ = try row.blob(3) } == .range)
        #expect(try code { row in _ = try row.blob(-1) } == .range)
        #expect(try code { row in _ = try row.double(0) } == nil)
    }

    @Test func `a wrong number of values, a text of two statements or of none, and not a number are refused`() {
        #expect(throws: SQLiteError.self) { try connection.run("SELECT ?1, ?2", [1]) }
        #expect(throws: SQLiteError.self) { try connection.run("SELECT 1; SELECT 2") }
        #expect(throws: SQLiteError.self) { try connection.run("  -- nothing") }
        #expect(throws: SQLiteError.self) { try connection.run("SELECT ?1", [.real(.nan)]) }
        #expect(throws: SQLiteError.self) { try connection.run("SELECT \"x\"") }
        #expect(throws: Never.self) { try connection.run("SELECT 1 ; \n") }
    }

    @Test func `a statement is free again however its reading ended`() throws {
        struct Stop: Error {}
        try connection.execute("INSERT INTO things (id) VALUES (1), (2), (3)")
        let sql = "SELECT id FROM things WHERE id >= ?1"
        #expect(throws: Stop.self) { try connection.forEach(sql, [1]) { _ in throw Stop() } }
        #expect(try connection.first(sql, [2]) { row in try row.int64(0) } == 2)
        try connection.scan(sql, [1]) { _ in false }
        #expect(try connection.statement(sql).isInUse == false)
        // An open statement would keep the table locked against this.
        try connection.execute("DROP TABLE things")
    }

    @Test func `the same text can be read within its own reading`() throws {
        try connection.execute("INSERT INTO things (id) VALUES (1), (2)")
        var pairs: [[Int64]] = []
        let sql = "SELECT id FROM things ORDER BY id"
        try connection.forEach(sql) { outer in
            let first = try outer.int64(0)
            try connection.forEach(sql) { inner in pairs.append([first, try inner.int64(0)]) }
        }
        #expect(pairs == [[1, 1], [1, 2], [2, 1], [2, 2]])
    }

    @Test func `more statements than the cache holds still work`() throws {
        var options = ConnectionOptions()
        options.cachedStatements = 2
        let small = try Connection(path: folder.file(), options: options)
        for round in 0..<3 {
            for number in 0..<5 {
                #expect(
                    try small.first("SELECT \(number) + ?1", [1]) { row in try row.int(0) } == number + 1, "\(round)")
            }
        }
    }

    @Test func `a broken rule names the rule by its extended code`() throws {
        try connection.execute("CREATE TABLE unique_names (name TEXT NOT NULL UNIQUE CHECK (name <> 'x')) STRICT")
        try connection.run("INSERT INTO unique_names VALUES ('a')")
        let code = { (name: DatabaseValue) -> ResultCode? in
            do throws(SQLiteError) {
                try connection.run("INSERT INTO unique_names VALUES (?1)", [name])
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code("a") == .uniqueConstraint)
        #expect(code(nil) == .notNullConstraint)
        #expect(code("x") == .checkConstraint)
        #expect(code("b") == nil)
    }

    @Test func `what is logged of an error holds no value and no part of a full-text query`() throws {
        try connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        let error = #expect(throws: SQLiteError.self) {
            try connection.run("SELECT text FROM words WHERE words MATCH ?1", [.text("my \"secret")])
        }
        let words = try #require(error).description
        #expect(!words.contains("secret") && words.contains("MATCH ?1"))
    }
}
