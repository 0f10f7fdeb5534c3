import Chat

/// A question about the order of a series.
enum SeriesQuestion: Sendable, Equatable {
    /// "What is the order of the Earthsea books?"
    case order
    /// "The third Hunger Games book": from 1; -1 is the last.
    case number(Int)
    /// "What comes after Mort?"
    case after
    /// "What comes before Eclipse?"
    case before

    /// Nil for a message that asks none.
    static func read(_ tokens: [Token]) -> SeriesQuestion? {
        guard tokens.count <= 20 else { return nil }
        if let found = phrases.first(in: tokens) { return found.value }
        // "How many Dune novels are there?"
        if tokens.count > 2, tokens[0].folded == "how", tokens[1].folded == "many",
            tokens.contains(where: { parts.contains($0.stem) })
        {
            return .order
        }
        for index in tokens.indices {
            // "the third book in …", "the third Harry Potter book"
            // and not "the last three books that I read".
            if let number = place(tokens[index].folded), index + 1 < tokens.count,
                NumberWords.value(tokens[index + 1].folded) == nil,
                tokens[(index + 1)...].prefix(5).enumerated().contains(where: { offset, token in
                    parts.contains(token.stem) && (offset == 0 || token.folded != "one")
                })
            {
                return .number(number)
            }
            // "Which Narnia book comes third?"
            if ["comes", "is", "was", "came"].contains(tokens[index].folded), index > 0, index + 1 < tokens.count,
                index + 2 == tokens.count || tokens[index + 2].breakBefore >= .comma,
                tokens[..<index].contains(where: { parts.contains($0.stem) }),
                let number = place(tokens[index + 1].folded)
            {
                return .number(number)
            }
            if parts.contains(tokens[index].stem), index + 1 < tokens.count,
                let number = Int(tokens[index + 1].folded) ?? numbers[tokens[index + 1].folded],
                (1...60).contains(number)
            {
                return .number(number)
            }
        }
        return nil
    }

    private static func place(_ word: String) -> Int? {
        ["last", "final"].contains(word) ? -1 : PeriodTable.ordinals[word]
    }

    private static let parts: Set<String> = ["book", "novel", "volume", "instalment", "installment", "part", "one"]
    private static let numbers = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    ]

    private static let phrases = PhraseTable<SeriesQuestion>([
        (
            .order,
            """
            order of;the order;what order;which order;reading order;right order;in order;correct order;chronological order;sequence of;part of a series;in a series;belong to a series;a series or;\
            list of all;all the books in the;order do i read;\
            order should i read
            """
        ),
        (
            .after,
            """
            comes after;come after;came after;sequel to;the sequel of;sequel of;is next in;comes next;the sequel;a sequel;any sequel;any sequels;sequels to;next book in the;\
            next one in the;next in the series;next in that series
            """
        ),
        (.before, "comes before;come before;came before;prequel to;the prequel"),
    ])
}

/// A question about a series, and which one it is.
struct SeriesAsked: Sendable, Equatable {
    var question: SeriesQuestion
    /// By the name that people call it; nil where a book of it is named.
    var series: Series?
    /// The book that others come after or before.
    var work: CatalogEntry?
}

extension WishBuilder {
    private static let seriesWords: Set<String> = [
        "series", "saga", "trilogy", "sequence", "books", "novels", "cycle", "quartet",
    ]

    /// Nil for a message that asks nothing of the order of a series, or names neither a series nor a book.
    func seriesAsked() -> SeriesAsked? {
        guard let question = SeriesQuestion.read(reading.tokens) else { return nil }
        var asked = SeriesAsked(question: question)
        for mention in mentions where !mention.stance.isAgainst {
            switch mention.referent {
            case .series(let series): asked.series = asked.series ?? series
            case .work(let entry): asked.work = asked.work ?? entry
            case .author: continue
            }
        }
        // A title within a series' name: "the Hunger Games series".
        if asked.series == nil { asked.series = SeriesTable.phrases.first(in: reading.tokens)?.value }
        switch question {
        case .after where asked.work == nil && asked.series != nil:
            // A series named for its first book.
            asked.question = .number(2)
            return asked
        case .after, .before: return asked.work == nil ? nil : asked
        case .order, .number:
            // "Part one of Faust" is a book.
            let isSeries =
                question == .order || reading.tokens.contains { Self.seriesWords.contains($0.folded) }
            return asked.series == nil && !(asked.work != nil && isSeries) ? nil : asked
        }
    }
}
