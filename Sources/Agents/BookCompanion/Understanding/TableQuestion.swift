/// What a message asks of the books that were shown last: of one of them ("who wrote it?"), or of the list ("the shortest of
/// these").
enum TableQuestion: String, Sendable, CaseIterable {
    case author, content, year, length, language, rating, worth
    case shortest, longest, oldest, newest, famous, best
    /// "Which should I start with?"
    case start
    /// "Why the first?"
    case why
    /// "I have read it."
    case known

    /// What is asked of one book; nil for a question about the list.
    var aspect: BookAspect? {
        switch self {
        case .author: .author
        case .content: .content
        case .year: .year
        case .length: .length
        case .language: .language
        case .rating: .rating
        case .worth: .worth
        case .shortest, .longest, .oldest, .newest, .famous, .best, .start, .why, .known: nil
        }
    }

    /// A message that says more than this wishes for something of its own.
    private static let maximumWords = 12

    /// Nil for a message that does not point at the list.
    static func read(_ reading: Reading) -> TableQuestion? {
        guard reading.tokens.count <= maximumWords, let found = wordings.found(in: reading.text) else { return nil }
        return allCases.first(where: found.kinds.contains)
    }

    private static let wordings = Wordings<TableQuestion>([
        (
            .english,
            WordingSource(
                classes: """
                    it: it this that he she they them these those one ones book
                    of: of among from in
                    """,
                wordings: """
                    author:
                    who|whos ~2 wrote|written|writes|author|writer ~1 $it|.
                    whos it|that|this by
                    who is it|that|this by
                    who is ~1 author|writer .
                    whose book
                    what else did|has he|she|they
                    length:
                    how long|thick|big is|are ~1 $it
                    how many pages ~4 .
                    is|are $it|they ~1 long|short|thick|quick .|read
                    year:
                    when ~1 was|is|were|did ~1 $it ~2 written|published|out|from|.
                    how old is|are ~1 $it
                    what year|century ~4 .
                    language:
                    what|which language ~2 is|was|are $it
                    is it|that|this ~1 in|translated ~1 .|english|french|german|original
                    rating:
                    how ~1 rated|popular is|are ~1 $it
                    what|any rating|ratings|reviews ~3 .
                    content:
                    what|whats ~1 is|are|about ~1 $it about
                    what|whats $it about
                    what does it|this|that deal with
                    tell me ~1 more ~1 about $it
                    more about it|this|that
                    what happens ~1 in it|this|that
                    worth:
                    is|was|are $it ~2 good|worth|any|readable|difficult|hard|easy|sad|funny|dark|scary|boring|violent
                    should i|we read it|this|that
                    do|would|will i|you like|recommend|enjoy it|this|that
                    shortest:
                    shortest|briefest|thinnest|quickest
                    least pages
                    longest:
                    longest|thickest|biggest
                    most pages
                    oldest:
                    oldest|earliest
                    newest:
                    newest|latest|youngest
                    most recent|modern
                    famous:
                    most|best famous|popular|known|read
                    best:
                    best|highest|top rated|rating
                    best of|among these|them|those
                    start:
                    which|where|what ~3 should|would|do|shall|could|can ~1 i|we|you|one ~2 start|begin|first|choose|pick|recommend|read ~3 first|with|.
                    which|where|what ~1 to ~1 start|begin|choose|pick|read ~2 first|with|.
                    which ~1 one ~2 best|first|.
                    pick|choose ~2 one for|.
                    best ~2 start|begin
                    why:
                    why ~4 first|second|third|fourth|fifth|$it|.
                    how come ~4 first|second|third|$it
                    what makes ~1 $it ~3 .
                    known:
                    i ~2 read|know|finished|own it|this|that|them ?one ?already .
                    i ~1 already|have ~1 read|know|own ?it ?that ?this ?one ?already .
                    already read|know ~1 .|it|that|this
                    read it|that|this ?one already|before
                    seen|read it|that .
                    """)
        )
    ])
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
        for index in tokens.indices {
            guard let count = numbers[tokens[index].folded] ?? Int(tokens[index].folded), (1...100).contains(count)
            else {
                continue
            }
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
            if tokens[index].folded == "one", !["just", "only", "me"].contains(before) { continue }
            guard before == "top" || isLast && (isAsked || index == 0) || namesBooks && (isAsked || index == 0) else {
                continue
            }
            return Mention(
                count: min(count, maximum), range: (index > 0 && before == "top" ? index - 1 : index)..<(index + 1))
        }
        return nil
    }

    private static let numbers = [
        "one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
        "ten": 10,
    ]
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
