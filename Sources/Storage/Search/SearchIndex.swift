import SQLite

/// The full-text index over the messages: an FTS5 table without the texts, which lie in `messages`.
///
/// Every word is indexed with its user's number before it ("12xdune"). So one user's words lie together, a search, even
/// for the beginning of a word, reads nothing of others', and costs the same however many users write the same words.
/// Terms share their beginnings in the file, so the number takes no space to speak of.
enum SearchIndex {
    /// Marks (`M*`) are letters' company: without them the scripts of India fall to pieces. `remove_diacritics 2` takes
    /// them off Latin letters, in whichever way these are composed.
    static let tokenizer = "unicode61 remove_diacritics 2 categories ''L* M* N* Co''"

    static let migration = Migration("002 search") { connection in
        try connection.execute(
            """
            CREATE VIRTUAL TABLE message_search USING fts5 (
                words, content = '', tokenize = '\(tokenizer)'
            );
            """)
        try fill(connection)
    }

    /// Indexes every message that is stored. The index must be empty.
    static func fill(_ connection: Connection) throws {
        // In pieces: a reply has up to a mebibyte.
        var last: Int64 = 0
        while true {
            let rows = try connection.all(
                """
                SELECT messages.id, sessions.user, messages.content FROM messages
                JOIN sessions ON sessions.id = messages.session WHERE messages.id > ?1 ORDER BY messages.id LIMIT 100
                """, [.integer(last)]
            ) { row in (id: try row.int64(0), user: try row.int64(1), content: try row.text(2)) }
            guard let final = rows.last else { return }
            for row in rows { try connection.index(row.content, message: row.id, of: row.user) }
            last = final.id
        }
    }

    /// A word as the index has it.
    static func term(_ word: some Collection<UInt8>, of user: Int64) -> String {
        "\(user)x" + String(decoding: word, as: UTF8.self)
    }

    /// The words of a text as the index is told them; nil when there are none.
    static func words(of text: String, user: Int64) -> String? {
        let bytes = Array(text.utf8)
        let mark = Array("\(user)x".utf8)
        var words: [UInt8] = []
        words.reserveCapacity(bytes.count * 2)
        SearchWords.forEach(in: bytes) { range in
            words += mark
            words += bytes[range]
            words.append(UInt8(ascii: " "))
        }
        return words.isEmpty ? nil : String(decoding: words, as: UTF8.self)
    }
}

extension Connection {
    /// Makes a message's text found. The cost is that of the text, whatever the index holds.
    func index(_ text: String, message: Int64, of user: Int64) throws {
        guard let words = SearchIndex.words(of: text, user: user) else { return }
        try run("INSERT INTO message_search (rowid, words) VALUES (?1, ?2)", [.integer(message), .text(words)])
    }

    /// Takes a message out of the index, which must be told the very words it was given
    /// (https://sqlite.org/fts5.html#the_delete_command). One that waits for the index does not wait any more.
    /// - Returns: bytes of words that the index holds until its parts are merged, for ``noteRemovedWords(_:)``.
    func unindex(_ text: String, message: Int64, of user: Int64) throws -> Int {
        try run("DELETE FROM unindexed_messages WHERE message = ?1", [.integer(message)])
        guard changes == 0, let words = SearchIndex.words(of: text, user: user) else { return 0 }
        try run(
            "INSERT INTO message_search (message_search, rowid, words) VALUES ('delete', ?1, ?2)",
            [.integer(message), .text(words)])
        return words.utf8.count
    }
}
