import SQLite

/// Finds the catalogue's authors for a name as a person types it.
struct AuthorLookup {
    struct Found {
        var id: Int64
        var name: String
        var key: String
    }

    let connection: Connection

    /// Numbers of all authors these names may mean.
    func identifiers(of names: [String], isFuzzy: Bool) throws -> [Int64] {
        var found: [Int64] = []
        for name in names {
            for author in try authors(named: name, isFuzzy: isFuzzy) where !found.contains(author.id) {
                found.append(author.id)
            }
        }
        return Array(found.prefix(SearchPlan.maximumValues))
    }

    /// Authors whose name this is or may be short for; when there are none, those whose name is a slip away.
    func authors(named name: String, isFuzzy: Bool) throws -> [Found] {
        let words = Self.words(name)
        guard !words.isEmpty else { return [] }
        let exact = try row(key: words.joined(separator: " "))
        if let exact, words.count > 1 { return try [exact] + spellings(of: exact) }
        var found = try holding(words)
        if let exact, !found.contains(where: { $0.id == exact.id }) { found.append(exact) }
        if found.isEmpty && isFuzzy { found = try alike(words) }
        return found
    }

    /// Folded words in natural order, without titles. "Wells, H. G." is turned round.
    private static func words(_ name: String) -> [String] {
        guard name.utf8.count <= 200 else { return [] }
        let isHeading = name.contains(",")
        let parsed = isHeading ? AuthorName(heading: name) : AuthorName(natural: name)
        guard let parsed else { return [] }
        var words = parsed.key.split(separator: " ").map(String.init)
        while words.count > 1, AuthorName.titles.contains(words[0]) { words.removeFirst() }
        return Array(words.prefix(8))
    }

    private func row(key: String) throws -> Found? {
        try connection.first("SELECT id, name, key FROM authors WHERE key = ?1", [.text(key)], Self.read)
    }

    private static func read(_ row: borrowing Row) throws -> Found {
        Found(id: try row.int64(0), name: try row.text(1), key: try row.text(2))
    }

    /// Other spellings of the same person's name: they stand by the same work and share the surname, as "Mary Shelley" and
    /// "Mary Wollstonecraft Shelley" do by Frankenstein.
    private func spellings(of author: Found) throws -> [Found] {
        let words = author.key.split(separator: " ").map(String.init)
        return try connection.all(
            """
            SELECT DISTINCT a.id, a.name, a.key FROM work_authors own
            JOIN work_authors other ON other.work_id = own.work_id AND other.author_id <> own.author_id
            JOIN authors a ON a.id = other.author_id
            WHERE own.author_id = ?1 AND a.surname = (SELECT surname FROM authors WHERE id = ?1) LIMIT 16
            """, [.integer(author.id)], Self.read
        ).filter { other in
            let theirs = other.key.split(separator: " ").map(String.init)
            return Self.agree(words, theirs) || Self.agree(theirs, words)
        }
    }

    /// Authors whose names hold the typed words, initials standing for names.
    private func holding(_ words: [String]) throws -> [Found] {
        let long = words.filter { $0.utf8.count > 1 }
        // The family name usually comes last.
        guard let anchor = long.last else { return [] }
        var found: [Found] = []
        for anchor in long.count > 1 ? [anchor, long[0]] : [anchor] where found.isEmpty {
            found = try connection.all(
                """
                SELECT a.id, a.name, a.key FROM author_words w JOIN authors a ON a.id = w.author_id
                WHERE w.word = ?1 ORDER BY a.id LIMIT 2000
                """, [.text(anchor)], Self.read
            ).filter { Self.agree(words, $0.key.split(separator: " ").map(String.init)) }
        }
        if words.count == 1 {
            // "Wells" means those whose family name it is, as long as there are any.
            let family = found.filter { $0.key.hasSuffix(" " + words[0]) || $0.key == words[0] }
            if !family.isEmpty { found = family }
        }
        return found
    }

    /// Whether each typed word is a word of the name, or an initial for one; "hg" may stand for "h g".
    static func agree(_ typed: [String], _ name: [String]) -> Bool {
        var free = name
        for word in typed {
            if let index = free.firstIndex(of: word) {
                free.remove(at: index)
            } else if let index = free.firstIndex(where: { isInitial(word, of: $0) || isInitial($0, of: word) }) {
                free.remove(at: index)
            } else if (2...4).contains(word.utf8.count), typed.count > 1,
                initials(free).hasPrefix(word)
            {
                free.removeFirst(word.utf8.count)
            } else {
                return false
            }
        }
        return true
    }

    private static func isInitial(_ word: String, of name: String) -> Bool {
        word.utf8.count == 1 && name.hasPrefix(word)
    }

    private static func initials(_ words: [String]) -> String {
        words.map { String($0.prefix(1)) }.joined()
    }

    /// Authors whose family name is a slip, or another way of spelling, away from the typed one, with given names that fit.
    private func alike(_ words: [String]) throws -> [Found] {
        guard let family = words.last else { return [] }
        let given = Array(words.dropLast())
        var best: [(slips: Int, author: Found)] = []
        let sound = Likeness.sound(family)
        let limit = Likeness.allowedSlips(family.utf8.count)
        let bytes = Array(family.utf8)
        try connection.forEach("SELECT id, name, key, surname, sound FROM authors") { row in
            var slips: Int?
            try row.withBytes(3) { slips = Likeness.slips(bytes.span, $0, limit: limit) }
            if slips == nil, try row.text(4) == sound { slips = 1 }
            guard let slips else { return }
            let found = try Self.read(row)
            let names = found.key.split(separator: " ").map(String.init).dropLast()
            guard Self.agreeLoosely(given, Array(names)) else { return }
            best.append((slips, found))
        }
        let least = best.map(\.slips).min() ?? 0
        return best.filter { $0.slips == least }.map(\.author)
    }

    private static func agreeLoosely(_ typed: [String], _ names: [String]) -> Bool {
        typed.allSatisfy { word in
            names.contains { name in
                word == name || isInitial(word, of: name) || isInitial(name, of: word)
                    || Likeness.slips(word, name, limit: Likeness.allowedSlips(name.utf8.count)) != nil
            }
        }
    }
}
