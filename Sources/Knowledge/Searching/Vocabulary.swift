import SQLite

/// The words that the documents have, as the index keeps them: stemmed, marks off letters.
struct Vocabulary {
    let connection: Connection

    /// Words that are looked at for one word.
    private static let maximumWords = 4_000

    /// The word that a misspelt one is most likely to be; nil when none is near enough, or two are equally near.
    ///
    /// The first letter must be right. Up to seven letters one slip is forgiven, from eight on two. Of five letters no letter may be another,
    /// since most such pairs are two words ("bread", "break"); of four, two may only be exchanged.
    func nearest(to word: String) throws -> String? {
        let letters = Array(word.unicodeScalars)
        guard (4...24).contains(letters.count), letters.allSatisfy(\.properties.isAlphabetic) else { return nil }
        let terms = try connection.all(
            """
            SELECT term FROM section_words WHERE term >= ?1 AND term < ?2 AND length(term) BETWEEN ?3 AND ?4 LIMIT ?5
            """,
            [
                .text(String(letters[0])), .text(String(letters[0]) + "\u{10FFFF}"), DatabaseValue(letters.count - 4),
                DatabaseValue(letters.count + 2), DatabaseValue(Self.maximumWords),
            ]
        ) { row in try row.text(0) }
        let allowed = letters.count >= 8 ? 2 : 1
        var best: (term: String, slips: Int)?
        var isTied = false
        for term in terms {
            let slips = Self.slips(in: letters, from: Array(term.unicodeScalars), atMost: allowed)
            guard slips <= allowed, slips <= best?.slips ?? allowed else { continue }
            isTied = slips == best?.slips
            best = (term, slips)
        }
        return isTied ? nil : best?.term
    }

    /// How many letters are wrong, missing, too many or exchanged; an ending of the word that a stem lacks does not count. Above `limit` any
    /// greater number.
    private static func slips(in word: [Unicode.Scalar], from stem: [Unicode.Scalar], atMost limit: Int) -> Int {
        guard stem.count >= 4, stem.count <= word.count + limit else { return limit + 1 }
        let isShort = word.count <= 5
        let missing = word.count <= 4 ? 2 : 1
        // A row for each letter of the stem; the last row is read at every place where the word's ending may begin.
        var before: [Int] = []
        var row = (0...word.count).map { $0 * missing }
        for (place, letter) in stem.enumerated() {
            var next = [(place + 1) * missing]
            for (index, other) in word.enumerated() {
                var least = row[index] + (letter == other ? 0 : isShort ? 2 : 1)
                least = min(least, row[index + 1] + missing, next[index] + missing)
                if place > 0, index > 0, letter == word[index - 1], other == stem[place - 1] {
                    least = min(least, before[index - 1] + 1)
                }
                next.append(least)
            }
            before = row
            row = next
        }
        // "documants" is "document" with an ending; of a short word nothing but a plural's is an ending.
        let ending = word.count >= 8 ? 3 : word.last == "s" ? 1 : 0
        return row[(word.count - ending)...].min() ?? limit + 1
    }
}
