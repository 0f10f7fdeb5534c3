/// What a person types into a search field, made into words.
///
/// Every word must be there. Words in quotes stand side by side, as do those that only a sign parts ("e-mail"). A star
/// stands for any ending, and the last word may always go on: it may not be typed to its end yet. Nothing else means
/// anything: FTS5's operators, columns and brackets are words or gaps like in any text.
struct SearchQuery {
    struct Phrase: Hashable {
        /// UTF-8, as typed.
        var words: [[UInt8]]
        /// Whether the last word is the beginning of one.
        var isPrefix: Bool
    }

    /// None for a query without a letter or digit.
    private(set) var phrases: [Phrase] = []
    private var seen: Set<Phrase> = []

    init(_ text: String) {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            // A quote that is not closed reaches to the end, where somebody is still typing.
            let isLast = index == parts.count - 1
            if index % 2 == 1 {
                let hasStar = !isLast && parts[index + 1].hasPrefix("*")
                add(part, isPrefix: hasStar || isLast)
            } else {
                let chunks = part.split(whereSeparator: \.isWhitespace)
                for (number, chunk) in chunks.enumerated() {
                    add(chunk, isPrefix: chunk.hasSuffix("*") || (isLast && number == chunks.count - 1))
                }
            }
        }
    }

    private mutating func add(_ text: Substring, isPrefix: Bool) {
        let bytes = Array(text.utf8)
        var words: [[UInt8]] = []
        SearchWords.forEach(in: bytes) { range in words.append(Array(bytes[range])) }
        let phrase = Phrase(words: words, isPrefix: isPrefix)
        if !words.isEmpty, seen.insert(phrase).inserted { phrases.append(phrase) }
    }

    /// The query in FTS5's language (https://sqlite.org/fts5.html#full_text_query_syntax), among one user's words.
    func expression(of user: Int64) -> String {
        phrases.map { phrase in
            // Words hold no quote, so none can end the string early.
            let words = phrase.words.map { SearchIndex.term($0, of: user) }.joined(separator: " ")
            return "\"\(words)\"" + (phrase.isPrefix ? " *" : "")
        }.joined(separator: " AND ")
    }
}
