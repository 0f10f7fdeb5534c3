// What Noah asks the catalogue: works by title, author, subject, plot and likeness.

import SQLite
import Substrings

/// Finds the catalogue's authors for a name as a person types it.
struct AuthorLookup {
    struct Found: Equatable {
        var id: Int64
        var name: String
        var key: String
        /// That of the best known work, in thousandths.
        var fame: Int64

        var words: [String] { key.foldedWords.map(String.init) }
    }

    let connection: Connection

    /// From this fame on an author is known well enough to be meant by a misspelt name, before one who is hardly known
    /// and is called so.
    private static let knownFame: Int64 = 450
    private static let obscureFame: Int64 = 250

    /// Numbers of all authors these names may mean, with their other spellings.
    func identifiers(of names: [String]) throws -> [Int64] {
        var found: [Int64] = []
        for name in names {
            for author in try authors(named: name) {
                if !found.contains(author.id) { found.append(author.id) }
            }
        }
        return Array(found.prefix(SearchConditions.maximumValues))
    }

    /// Authors whose name this is, or may be short for, best known first, each followed by other spellings of the name.
    /// When none is well known, those whose name is a slip or another transliteration away.
    func authors(named name: String) throws -> [Found] {
        let words = Self.words(name)
        guard !words.isEmpty else { return [] }
        let exact = try row(key: words.joined(separator: " "))
        var found = words.count > 1 && exact != nil ? [exact].compactMap { $0 } : try holding(words)
        if let exact, !found.contains(exact) { found.append(exact) }
        let best = found.map(\.fame).max() ?? 0
        if best < Self.obscureFame {
            let alike = try alike(words)
            found += alike.filter { author in
                !found.contains(author) && (found.isEmpty || author.fame >= Self.knownFame)
            }
        }
        found.sort { $0.fame == $1.fame ? $0.key < $1.key : $0.fame > $1.fame }
        var listed: [Found] = []
        for (place, author) in found.enumerated() where !listed.contains(author) {
            listed.append(author)
            if place < 8 { listed += try spellings(of: author).filter { !listed.contains($0) } }
        }
        return listed
    }

    /// Names for showing: one for each person, best known first.
    func names(for name: String, limit: Int) throws -> [String] {
        var shown: [Found] = []
        var hidden: [Found] = []
        for author in try authors(named: name) where !hidden.contains(author) {
            guard shown.count < limit else { break }
            shown.append(author)
            hidden += try spellings(of: author)
        }
        return shown.map(\.name)
    }

    /// Folded words in natural order, without titles. "Wells, H. G." is turned round.
    private static func words(_ name: String) -> [String] {
        guard name.utf8.count <= 200 else { return [] }
        let parsed = name.utf8.contains(0x2c) ? AuthorName(heading: name) : AuthorName(natural: name)
        guard let parsed else { return [] }
        var words = parsed.key.foldedWords.map(String.init)
        while words.count > 1, AuthorName.titles.contains(words[0]) { words.removeFirst() }
        return Array(words.prefix(8))
    }

    private static let columns = """
        a.id, a.name, a.key,
        coalesce((SELECT w.fame FROM work_authors w WHERE w.author_id = a.id ORDER BY w.fame DESC LIMIT 1), 0)
        """

    private static func read(_ row: borrowing Row) throws -> Found {
        Found(id: try row.int64(0), name: try row.text(1), key: try row.text(2), fame: try row.int64(3))
    }

    private func row(key: String) throws -> Found? {
        try connection.first("SELECT \(Self.columns) FROM authors a WHERE a.key = ?1", [.text(key)], Self.read)
    }

    /// Other spellings of the same person's name: they stand by the same work and the family name sounds the same, as "Mary
    /// Shelley" and "Mary Wollstonecraft Shelley" do by Frankenstein.
    private func spellings(of author: Found) throws -> [Found] {
        let words = author.words
        return try connection.all(
            """
            SELECT \(Self.columns) FROM authors a WHERE a.id IN (
                SELECT other.author_id FROM work_authors own
                JOIN work_authors other ON other.work_id = own.work_id AND other.author_id <> own.author_id
                WHERE own.author_id = ?1
            ) AND a.sound = (SELECT sound FROM authors WHERE id = ?1) LIMIT 16
            """, [.integer(author.id)], Self.read
        ).filter { other in
            let given = Array(words.dropLast())
            let theirs = Array(other.words.dropLast())
            return NameMatch.fits(given, theirs) || NameMatch.fits(theirs, given)
        }
    }

    /// Authors whose names hold the typed words, initials standing for names.
    private func holding(_ words: [String]) throws -> [Found] {
        let long = words.filter { $0.utf8.count > 1 }
        // The family name usually comes last.
        guard let last = long.last else { return [] }
        var found: [Found] = []
        for anchor in long.count > 1 ? [last, long[0]] : [last] where found.isEmpty {
            found = try connection.all(
                """
                SELECT \(Self.columns) FROM author_words w JOIN authors a ON a.id = w.author_id
                WHERE w.word = ?1 ORDER BY a.id LIMIT 2000
                """, [.text(anchor)], Self.read
            ).filter { NameMatch.holds(words, in: $0.words) }
        }
        if words.count == 1 {
            // "Wells" means those whose family name it is, as long as there are any.
            let family = found.filter { $0.words.last == words[0] }
            if !family.isEmpty { found = family }
        }
        return found
    }

    /// Authors whose family name is a slip or another way of spelling away, with given names that fit.
    private func alike(_ words: [String]) throws -> [Found] {
        guard let family = words.last else { return [] }
        let given = Array(words.dropLast())
        let sound = Likeness.sound(family)
        var spelled = EditDistance(family, limit: Likeness.allowedSlips(family.utf8.count))
        var sounded = EditDistance(sound, limit: sound.utf8.count < 4 ? 0 : 1)
        var near: [(slips: Int, id: Int64)] = []
        try connection.forEach("SELECT id, surname, sound FROM authors INDEXED BY authors_names") { row in
            var slips = try row.withBytes(1) { spelled.slips(to: $0) }
            if let other = try row.withBytes(2, { sounded.slips(to: $0) }) { slips = min(slips ?? .max, other) }
            if let slips { near.append((slips, try row.int64(0))) }
        }
        var best: [(slips: Int, author: Found)] = []
        for (slips, id) in near {
            let author = try connection.first(
                "SELECT \(Self.columns) FROM authors a WHERE a.id = ?1", [.integer(id)], Self.read)
            if let author, NameMatch.fitsLoosely(given, Array(author.words.dropLast())) { best.append((slips, author)) }
        }
        // A known author two slips away is meant rather than an unknown one at one.
        let least = best.filter { $0.author.fame >= Self.knownFame }.map(\.slips).min()
        if let least { return best.filter { $0.slips <= least && $0.author.fame >= Self.obscureFame }.map(\.author) }
        let nearest = best.map(\.slips).min() ?? 0
        return best.filter { $0.slips == nearest }.map(\.author)
    }
}
