/// Tells a message that describes a plot ("a boy stranded on a boat with a tiger") from one that names kinds and subjects: its words are
/// looked for in what the catalogue says of each book.
struct PlotReader {
    let reading: Reading

    /// Words in which a kind, a form or a mood is asked for; after them it is a part of the story ("a doctor who writes poems").
    private static let head = 5

    /// Where the story begins, in which nobody's taste is told: "a boy who never grows up" refuses nothing, and "a gang leader who loves Beethoven"
    /// asks for nothing by him. Nil where the whole message may be the reader's own words.
    var story: Int? {
        let tokens = reading.tokens
        let opening = tokens.prefix(Self.head)
        guard let first = tokens.first else { return nil }
        // "What's it called? A boy …": all of it tells of the one book.
        if reading.ask == .identify { return 0 }
        // "A light summer romance without vampires" names a kind before it refuses something.
        let refusal = reading.stances.firstIndex { $0.isAgainst || $0 == .softened } ?? 3
        if Self.articles.contains(first.folded), tokens.count > Self.head,
            !opening.contains(where: { AskReader.bookWords.contains($0.stem) }), purpose(in: opening) == nil,
            !tokens.contains(where: { Self.tellers.contains($0.folded) }),
            !reading.concepts.contains(where: {
                $0.range.lowerBound < refusal && [.form, .genre].contains($0.concept.kind) && isNamed($0)
            })
        {
            return 1
        }
        guard let link = tokens.firstIndex(where: { ["who", "whose", "whom"].contains($0.folded) }),
            !tokens[..<link].contains(where: { Self.tellers.contains($0.folded) }),
            !tokens[..<link].suffix(3).contains(where: { Self.beforeReaders.contains($0.folded) })
        else { return nil }
        return link
    }

    /// Where it is said what a book is for; one looks for a book and falls for somebody without it.
    private func purpose(in tokens: ArraySlice<Token>) -> Int? {
        tokens.indices.first {
            tokens[$0].folded == "for" && ($0 == 0 || !Self.beforeFor.contains(tokens[$0 - 1].folded))
        }
    }

    private static let beforeFor: Set<String> = [
        "looking", "searching", "look", "search", "hunting", "falls", "fall", "fell",
    ]
    /// Words of somebody who speaks of himself or asks.
    private static let tellers: Set<String> = ["i", "im", "ive", "id", "my", "me", "we", "our", "us", "please"]
    /// After these somebody who reads or writes is described, not somebody in a book.
    private static let beforeReaders: Set<String> = [
        "for", "by", "like", "author", "writer", "someone", "somebody", "anyone", "people", "reader", "readers",
    ]

    /// Whether a plot is described.
    /// - Parameter mentions: the names in the message; an author's or a place's within the story is no wish for books, and who is refused or
    ///   said to have written it is in no story.
    func isPlot(_ mentions: [Mention]) -> Bool {
        let story = story
        guard
            mentions.allSatisfy({
                $0.stance != .avoided && $0.range.lowerBound >= story ?? .max && isInStory($0)
            })
        else { return false }
        switch reading.ask {
        case .recommend, .identify: break
        default: return false
        }
        // What is measured by another book, or judged, is no plot.
        let judging: [Stance] = [.similar, .liked, .disliked, .read, .avoided, .softened, .background]
        guard reading.comparisons.isEmpty, !reading.stances.prefix(story ?? .max).contains(where: judging.contains),
            !reading.concepts.contains(where: {
                Scorer.factual.contains($0.concept.name) && isNamed($0) && $0.range.lowerBound < story ?? .max
            })
        else { return false }
        let tokens = reading.tokens
        // "A play for a school theatre group" says what it is for, "looking for the one about …" does not.
        if purpose(in: tokens.prefix(4)) != nil || hasReaders { return false }
        let content = tokens.indices.filter { index in
            !StopWords.contains(tokens[index].folded) && tokens[index].folded.utf8.count > 1 && !reading.cues[index]
                && (reading.stances[index].isFor || index >= story ?? .max)
        }
        let isTime = { (index: Int) in
            reading.period?.range.contains(index) == true || reading.nations.contains { $0.range.contains(index) }
        }
        let told = content.filter { !isTime($0) }
        let own = told.filter { !reading.isCommonWord(at: $0) }
        return told.count >= 3 && (own.count >= 2 || tells && (own.count >= 1 || told.count >= 4))
            || tells && (own.count >= 2 || told.count >= 3)
    }

    /// "Amsterdam" is a title as well as the place that two travel to.
    private func isInStory(_ mention: Mention) -> Bool {
        let (start, tokens) = (mention.range.lowerBound, reading.tokens)
        // "A book by Dickens"; but "guided by Virgil" is told.
        let before = tokens[..<start].suffix(2)
        if before.count == 2, before.last?.folded == "by",
            before.first.map({ AskReader.bookWords.contains($0.stem) || $0.folded == "written" }) ?? false
        {
            return false
        }
        // "A secret benefactor" is no title, and small letters in a story are none either.
        let isSmall = mention.range.count <= 2 && !tokens[mention.range].contains { $0.isCapitalized }
        return mention.author != nil || (mention.range.count == 1 || isSmall) && tokens[start].quote == nil
    }

    /// Whether one book is meant: somebody does something in it, or it is pointed at ("that book with …").
    var tells: Bool {
        let tokens = reading.tokens
        let points =
            tokens.count > 2 && ["that", "the"].contains(tokens[0].folded)
            && ["book", "novel", "one", "story"].contains(tokens[1].folded)
        return points || reading.ask == .identify || tokens.contains { Self.links.contains($0.folded) }
            || Self.articles.contains(tokens.first?.folded ?? "") && tokens.count > 5
                && !tokens.prefix(Self.head).contains { AskReader.bookWords.contains($0.stem) }
    }

    private static let articles: Set<String> = [
        "a", "an", "man", "woman", "boy", "girl", "kids", "two", "ten", "three", "four",
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

    /// Whether a literature or a language is asked for, and not a part of the plot: "a Russian novel about …", not "an Indian boy".
    func isAsked(_ mention: NationMention) -> Bool {
        let next = mention.range.upperBound
        guard next < reading.tokens.count, reading.tokens[next].breakBefore < .comma else { return true }
        return StopWords.contains(reading.tokens[next].folded)
            || AskReader.bookWords.contains(reading.tokens[next].stem)
            || reading.concepts.contains { $0.range.lowerBound == next && [.form, .genre].contains($0.concept.kind) }
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
