/// Tells a message that describes a plot ("a boy stranded on a boat with a tiger") from one that names kinds and subjects: its words are
/// looked for in what the catalogue says of each book.
struct PlotReader {
    let reading: Reading

    /// Words in which a kind, a form or a mood is asked for; after them it is a part of the story ("a doctor who writes poems").
    private static let head = 5

    /// Whether a plot is described.
    var isPlot: Bool {
        switch reading.ask {
        case .recommend, .identify: break
        default: return false
        }
        // What is measured by another book, or judged, is no plot.
        let judging: [Stance] = [.similar, .liked, .disliked, .read, .avoided, .softened, .background]
        guard reading.comparisons.isEmpty, !reading.stances.contains(where: judging.contains),
            !reading.concepts.contains(where: { Scorer.factual.contains($0.concept.name) && isNamed($0) })
        else { return false }
        let tokens = reading.tokens
        // "A play for a school theatre group" says what it is for.
        if tokens.prefix(4).contains(where: { $0.folded == "for" }) || hasReaders { return false }
        let content = tokens.indices.filter { index in
            !StopWords.contains(tokens[index].folded) && tokens[index].folded.utf8.count > 1 && !reading.cues[index]
                && reading.stances[index].isFor
        }
        let isTime = { (index: Int) in
            reading.period?.range.contains(index) == true || reading.nations.contains { $0.range.contains(index) }
        }
        let story = content.filter { !isTime($0) }
        let own = story.filter { !reading.isCommonWord(at: $0) }
        return story.count >= 3 && (own.count >= 2 || tells && (own.count >= 1 || story.count >= 4))
            || tells && (own.count >= 2 || story.count >= 3)
    }

    /// Whether one book is meant: somebody does something in it, or it is pointed at ("that book with …").
    var tells: Bool {
        let tokens = reading.tokens
        let points =
            tokens.count > 2 && ["that", "the"].contains(tokens[0].folded)
            && ["book", "novel", "one", "story"].contains(tokens[1].folded)
        return points || reading.ask == .identify || tokens.contains { Self.links.contains($0.folded) }
            || Self.articles.contains(tokens.first?.folded ?? "") && tokens.count > 5
                && !AskReader.bookWords.contains(tokens[1].stem)
    }

    private static let articles: Set<String> = [
        "a", "an", "man", "woman", "boy", "girl", "kids", "two", "ten", "three",
    ]

    /// "To read aloud to my kids": whom it is for is said.
    private var hasReaders: Bool {
        reading.concepts.contains { mention in
            mention.concept.kind == .audience && mention.range.lowerBound > 0
                && ["for", "my", "to"].contains(reading.tokens[mention.range.lowerBound - 1].folded)
        }
    }

    /// "A history of …" names the kind; "an inventor" and "a journey" are in the story.
    private func isNamed(_ mention: ConceptMention) -> Bool {
        reading.tokens[mention.range].map(\.stem) == Folding.stems(mention.concept.name)
    }

    /// Whether a kind, a form, a mood or an audience is what is asked for, and not a part of the plot.
    func isAsked(_ range: Range<Int>) -> Bool {
        let isAudience = reading.concepts.contains { $0.range == range && $0.concept.kind == .audience }
        if range.lowerBound < Self.head, !isAudience { return !Self.follows(reading.tokens, range) }
        return range.lowerBound > 0 && reading.tokens[range.lowerBound - 1].folded == "for"
    }

    /// Whether a word of the story went before: "a girl whose letters …".
    private static func follows(_ tokens: [Token], _ range: Range<Int>) -> Bool {
        tokens[..<range.lowerBound].contains { links.contains($0.folded) || people.contains($0.folded) }
    }

    private static let links: Set<String> = [
        "where", "who", "whose", "whom", "when", "because", "while",
    ]
    private static let people: Set<String> = [
        "man", "woman", "boy", "girl", "kids", "orphan", "couple", "wife", "husband", "brothers", "sisters", "doctor",
        "sailor",
        "soldier", "captain", "governess", "king", "queen", "prince", "princess", "knight", "teacher", "student",
        "family",
    ]
}
