/// What a message asks of the books that were shown last: of one of them ("who wrote it?"), or of the list ("the shortest of
/// these").
enum TableQuestion: String, Sendable, CaseIterable {
    /// "What else did she write?"
    case others
    case age, author, content, year, length, language, rating, worth
    /// "I loved it", "I have read it": the book is done with, whatever is asked of the list after it.
    case liked, known
    case shortest, longest, oldest, newest, famous, best
    /// "Which should I start with?"
    case start
    /// "Why the first?"
    case why

    /// What is asked of one book; nil for a question about the list.
    var aspect: BookAspect? {
        switch self {
        case .age: .age
        case .author: .author
        case .content: .content
        case .year: .year
        case .length: .length
        case .language: .language
        case .rating: .rating
        case .worth: .worth
        case .shortest, .longest, .oldest, .newest, .famous, .best, .start, .why, .known, .liked, .others: nil
        }
    }

    /// A message that says more than this wishes for something of its own.
    private static let maximumWords = 12

    /// Nil for a message that does not point at the list.
    static func read(_ reading: Reading) -> TableQuestion? {
        guard reading.tokens.count <= maximumWords, let found = wordings.found(in: reading.text) else { return nil }
        return allCases.first(where: found.kinds.contains)
    }

    private static let wordings = Wordings<TableQuestion>("table-questions", [.english])
}

/// Reads how many books are wanted: "just one", "give me three", "top 5".
enum CountReader {
    /// More are not shown at once.
    static let maximum = 10

    struct Mention: Equatable {
        var count: Int
        var range: Range<Int>
    }

    static func read(_ tokens: [Token]) -> Mention? {
        // "Fewer, please."
        if tokens.count <= 3, tokens.first?.folded == "fewer" { return Mention(count: 2, range: 0..<1) }
        for index in tokens.indices {
            let word = tokens[index].folded
            guard let count = word == "single" ? 1 : NumberWords.value(word) ?? Int(word), (1...100).contains(count)
            else { continue }
            let next = index + 1 < tokens.count ? tokens[index + 1].folded : ""
            let before = index > 0 ? tokens[index - 1].folded : ""
            let isLast = index + 1 == tokens.count || next == "please" || next == "more" || next == "only"
            let namesBooks = tokens[(index + 1)...].prefix(4).contains { nouns.contains($0.folded) }
            let isUnit = units.contains(next)
            if isUnit || ["number", "no", "part", "volume", "under", "over", "than", "least"].contains(before) {
                continue
            }
            let isAsked = index > 0 && tokens[max(0, index - 3)..<index].contains { verbs.contains($0.folded) }
            // "One" and "a" by themselves are pronouns: "another one", "the second one".
            if word == "one", !["just", "only", "me"].contains(before), index > 0 || next != "more" { continue }
            guard before == "top" || isLast && (isAsked || index == 0) || namesBooks && (isAsked || index == 0) else {
                continue
            }
            return Mention(
                count: min(count, maximum), range: (index > 0 && before == "top" ? index - 1 : index)..<(index + 1))
        }
        return nil
    }

    private static let nouns: Set<String> = [
        "book", "books", "novel", "novels", "title", "titles", "recommendation", "recommendations", "suggestion",
        "suggestions",
        "stories", "plays", "classics", "biographies", "memoirs", "thrillers", "mysteries", "poems", "ideas", "options",
    ]
    private static let verbs: Set<String> = [
        "give", "show", "recommend", "suggest", "name", "list", "want", "need", "just", "only", "me", "like", "pick",
        "find",
    ]
    private static let units: Set<String> = [
        "pages", "page", "hours", "hour", "days", "day", "weeks", "week", "months", "years", "year", "old", "century",
        "parts",
        "volumes", "kids", "children", "sons", "daughters", "people", "friends", "sisters", "brothers", "percent",
        "stars",
        "men", "women", "boys", "girls", "generations", "am", "pm",
    ]
}
