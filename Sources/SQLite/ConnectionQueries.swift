/// The short way to a statement: prepare or find it in the cache, bind, read, reset.
extension Connection {
    /// Runs one statement with its values.
    ///
    ///     try connection.run("DELETE FROM sessions WHERE user_id = ?1 AND session_id = ?2", [.text(user), .text(id)])
    public func run(_ sql: String, _ values: [DatabaseValue] = []) throws(SQLiteError) {
        try statement(sql).run(values)
    }

    /// Every row, as `body` reads it.
    public func all<Element>(
        _ sql: String, _ values: [DatabaseValue] = [], _ body: (borrowing Row) throws -> Element
    ) throws -> [Element] {
        try statement(sql).all(values, body)
    }

    /// The first row as `body` reads it, or nil when there is none.
    public func first<Element>(
        _ sql: String, _ values: [DatabaseValue] = [], _ body: (borrowing Row) throws -> Element
    ) throws -> Element? {
        try statement(sql).first(values, body)
    }

    /// Reads every row.
    public func forEach(
        _ sql: String, _ values: [DatabaseValue] = [], _ body: (borrowing Row) throws -> Void
    ) throws {
        try statement(sql).forEach(values, body)
    }

    /// Reads rows until `body` returns false.
    public func scan(_ sql: String, _ values: [DatabaseValue] = [], _ body: (borrowing Row) throws -> Bool) throws {
        try statement(sql).scan(values, body)
    }

    /// The steps of SQLite's plan for a statement, such as `SEARCH users USING INDEX …`. The words are SQLite's and may
    /// change with its version.
    public func queryPlan(_ sql: String) throws -> [String] {
        let statement = try Statement(connection: handle, sql: "EXPLAIN QUERY PLAN " + sql, persistent: false)
        let unbound = [DatabaseValue](repeating: .null, count: statement.placeholders)
        return try statement.all(unbound) { row in try row.text(3) }
    }
}
