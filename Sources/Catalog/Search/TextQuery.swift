/// Turns a person's words into a full-text query that cannot be anything but words.
///
/// FTS5 has a language of its own (https://sqlite.org/fts5.html#full_text_query_syntax): every word is quoted and holds
/// letters and digits only, so that no text is read as an operator, a column or a prefix.
enum TextQuery {
    static let maximumWords = 24
    static let maximumWordBytes = 64

    /// The words that can be looked up, folded, without those that are everywhere; those too when there are no others.
    static func words(_ texts: [String]) -> [String] {
        var words: [String] = []
        var common: [String] = []
        var seen: Set<String> = []
        for text in texts {
            for word in Folding.key(text.prefix(2_000)).split(separator: " ") where word.utf8.count <= maximumWordBytes
            {
                let word = String(word)
                guard seen.insert(word).inserted else { continue }
                if stopWords.contains(word) { common.append(word) } else { words.append(word) }
            }
        }
        return Array((words.isEmpty ? common : words).prefix(maximumWords))
    }

    static func all(of words: [String]) -> String { words.map(quoted).joined(separator: " AND ") }

    static func any(of words: [String]) -> String { words.map(quoted).joined(separator: " OR ") }

    /// The words in this order, side by side.
    static func phrase(_ words: [String]) -> String { words.map(quoted).joined(separator: " + ") }

    private static func quoted(_ word: String) -> String {
        // Folded words hold no quote; doubling is FTS5's own escape all the same.
        "\"" + word.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private static let stopWords: Set<String> = [
        "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "i", "in", "is", "it", "its",
        "of", "on",
        "or", "that", "the", "their", "this", "to", "was", "were", "which", "with", "about", "me", "my", "some",
        "something",
        "book", "books", "novel", "novels", "story", "read", "like", "who", "into", "de", "la", "le", "les", "des",
        "du", "et",
        "der", "die", "das", "und", "el", "y", "un", "une", "von", "ja", "het", "en", "van", "il", "di",
    ]
}
