import Chat

/// How long the book should be, and which words say so.
struct LengthMention: Sendable, Equatable {
    var lengths: Set<BookLength>
    var range: Range<Int>
}

/// Reads how long a book should be: "short", "in one evening", "under 200 pages", "huge".
enum LengthReader {
    static func read(_ tokens: [Token], stances: [Stance]) -> LengthMention? {
        read(tokens, stances: stances, from: 0)
    }

    /// The first one from a place on.
    static func read(_ tokens: [Token], stances: [Stance], from start: Int) -> LengthMention? {
        for index in tokens.indices.dropFirst(start) {
            if let (meaning, length) = phrases.match(at: index, of: tokens) {
                guard let lengths = meaning else { return nil }
                // "not too long" is a phrase of its own; its "not" must not count twice.
                let isAgainst =
                    tokens[index].folded != "not" && (stances[index].isAgainst || stances[index] == .softened)
                return LengthMention(
                    lengths: isAgainst ? Set(BookLength.allCases).subtracting(lengths) : lengths,
                    range: index..<(index + length))
            }
            if let mention = pages(at: index, of: tokens) { return mention }
        }
        return nil
    }

    /// "under 200 pages", "300 pages or less", "over 500 pages". A page is taken for 275 words.
    private static func pages(at index: Int, of tokens: [Token]) -> LengthMention? {
        guard let number = Int(tokens[index].folded), (20...5000).contains(number), index + 1 < tokens.count,
            ["pages", "page", "pp"].contains(tokens[index + 1].folded)
        else { return nil }
        let before = index > 0 ? tokens[index - 1].folded : ""
        let isMinimum =
            ["over", "least", "above"].contains(before)
            || (before == "than" && index > 1 && tokens[index - 2].folded == "more")
        let lengths: Set<BookLength>
        if isMinimum {
            lengths = number >= 350 ? [.long] : [.medium, .long]
        } else {
            lengths = number <= 220 ? [.short] : [.short, .medium]
        }
        return LengthMention(lengths: lengths, range: index..<(index + 2))
    }

    /// Nil for a phrase that looks like a wish for a length and is none.
    private static let phrases = PhraseTable<Set<BookLength>?>([
        (
            nil,
            """
            doesnt matter how long;does not matter how long;any length;how long;so long;as long as;long ago;no longer;all night long;\
            before long;long time;long story short;length doesnt matter;length does not matter;dont mind length;short stories;short story;\
            short pieces;short piece;short tales;a long way;long lost;short of;in short;long distance;long dead;long flight;long journey;long trip;long drive;\
            long train;long weekend;long winter;long winters;long day;long days;long evenings;long nights;long night;long walk;long walks;\
            long island;long beach;long john;long march
            """
        ),
        (
            [.short],
            """
            short;brief;slim;quick read;quick;in one evening;in an evening;one evening;single evening;in one sitting;one sitting;\
            in a day;in an afternoon;one afternoon;in an hour;not too long;not very long;not so long;not long;little time;not much time;\
            novella;novellas;short novel;short book;short books;short novels;bite sized;in one go;over a weekend
            """
        ),
        (
            [.long],
            """
            long;huge;thick;lengthy;enormous;massive;doorstopper;doorstop;big fat;chunky;weighty tome;tome;long novel;long book;very long;\
            long read;keep me busy;last me;big novel;big book
            """
        ),
        ([.medium], "medium length;medium sized;average length;not too short"),
    ])
}
