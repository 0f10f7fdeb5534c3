import Chat

/// What the titles, authors and series of a message mean for the wish.
extension WishBuilder {
    func addMentions(to wish: inout Wish) {
        for mention in mentions {
            switch mention.referent {
            case .work(let entry): add(entry, mention, to: &wish)
            case .author(let name):
                for author in [name] + mention.furtherAuthors { add(author: author, mention, to: &wish) }
            case .series(let series): add(series, mention, to: &wish)
            }
        }
    }

    func add(_ entry: CatalogEntry, _ mention: Mention, to wish: inout Wish) {
        switch mention.stance {
        case .similar, .liked:
            wish.seeds.append(entry)
            wish.knownWorks += [entry] + mention.others
            wish.references.append(entry)
        case .read:
            wish.knownWorks += [entry] + mention.others
        case .avoided, .disliked:
            wish.excludedWorks += [entry] + mention.others
        case .wanted, .softened, .background:
            wish.references.append(entry)
        }
    }

    func add(author name: String, _ mention: Mention, to wish: inout Wish) {
        switch mention.stance {
        case .wanted, .background, .softened:
            wish.authors.append(name)
        case .similar:
            wish.seedAuthors.append(name)
            // "Something like Agatha Christie" wants others than her; "in the line of Ibsen" has Ibsen in it.
            let before = reading.tokens[max(0, mention.range.lowerBound - 3)..<mention.range.lowerBound].map(\.folded)
            if before.contains(where: Self.measures.contains) { wish.excludedAuthors.append(name) }
        case .liked:
            // "I love Trollope. What next?" may well be more of him; "books by Trollope" was said otherwise.
            wish.seedAuthors.append(name)
        case .read:
            wish.seedAuthors.append(name)
            if isWhole(mention) || !isPartly(mention) { wish.excludedAuthors.append(name) }
        case .avoided, .disliked:
            wish.excludedAuthors.append(name)
        }
    }

    private static let measures: Set<String> = ["like", "similar", "style", "vein", "spirit", "manner", "lines"]

    /// "all of Hornblower", "everything by Eliot".
    func isWhole(_ mention: Mention) -> Bool {
        let start = mention.range.lowerBound
        let before = reading.tokens[max(0, start - 4)..<start].map(\.folded)
        return before.contains("all") || before.contains("everything") || before.contains("every")
            || before.contains("most")
    }

    /// "I've read some Trollope": there is more of him.
    func isPartly(_ mention: Mention) -> Bool {
        let start = mention.range.lowerBound
        let before = reading.tokens[max(0, start - 3)..<start].map(\.folded)
        return ["some", "little", "few", "bit", "one", "two", "several"].contains { before.contains($0) }
    }

    func add(_ series: Series, _ mention: Mention, to wish: inout Wish) {
        switch mention.stance {
        case .wanted where ["but", "only", "just", "except", "minus"].contains { follows(mention, $0) }:
            // "Sherlock Holmes but set in space" is a comparison.
            wish.seedAuthors.append(series.author)
            wish.knownSeries.append(series)
        case .wanted, .background, .softened:
            wish.authors.append(series.author)
        case .similar, .liked, .read:
            wish.seedAuthors.append(series.author)
            wish.knownSeries.append(series)
            if mention.stance != .liked || isWhole(mention) { wish.excludedAuthors.append(series.author) }
        case .avoided, .disliked:
            wish.excludedAuthors.append(series.author)
        }
    }

    func follows(_ mention: Mention, _ word: String) -> Bool {
        let next = mention.range.upperBound
        return next < reading.tokens.count && reading.tokens[next].folded == word
    }

    /// A title by itself ("Dune", "The Time Machine by H. G. Wells") asks for that book.
    func takeBareTitle(_ wish: inout Wish) {
        let bare = mentions.filter { $0.stance == .wanted && $0.work != nil }
        guard let first = bare.first?.work else {
            seedFromKnownWorks(&wish)
            return
        }
        let isAlone =
            wish.concepts.isEmpty && wish.comparisons.isEmpty && wish.lengths.isEmpty && wish.period == nil
            && wish.languages.isEmpty && wish.nations.isEmpty && wish.softened.isEmpty && wish.excludedConcepts.isEmpty
        if wish.seeds.isEmpty, wish.authors.isEmpty, isAlone {
            wish.intent = .about([.availability])
            wish.subjectWork = first
        } else {
            wish.seeds += bare.compactMap(\.work)
            wish.knownWorks += bare.compactMap(\.work) + bare.flatMap(\.others)
        }
    }

    /// "I've read Dune. What now?": what was read is all there is to go by.
    func seedFromKnownWorks(_ wish: inout Wish) {
        guard wish.seeds.isEmpty, wish.authors.isEmpty, !wish.knownWorks.isEmpty else { return }
        wish.seeds = mentions.filter { $0.stance == .read }.compactMap(\.work)
        wish.references = wish.seeds
    }

    /// Notes a title that nothing in the catalogue has: its words are no subjects, and searching for them finds what nobody
    /// asked for.
    func setAsideUnknownTitle(_ wish: inout Wish) {
        guard reading.ask != .identify, let range = unknownTitle() else { return }
        let tokens = reading.tokens[range]
        wish.unknownTitle = tokens.map(\.text).joined(separator: " ")
        let words = Set(tokens.map(\.base))
        wish.words.removeAll(where: words.contains)
        wish.ownWords.removeAll(where: words.contains)
        let own = reading.concepts.filter { $0.range.overlaps(range) }.map(\.concept)
        wish.concepts.removeAll { concept in
            own.contains(concept) && !reading.concepts.contains { $0.concept == concept && !$0.range.overlaps(range) }
        }
    }

    /// A run of words that was meant as a title, and is none that is known.
    private func unknownTitle() -> Range<Int>? {
        NameSpans(reading).runs().first { isUnknownTitle($0) }?.range
    }

    private func isUnknownTitle(_ run: NameSpans.Run) -> Bool {
        let (tokens, range) = (reading.tokens, run.range)
        let significant = range.filter { !StopWords.contains(tokens[$0].folded) && tokens[$0].folded.utf8.count > 2 }
        guard run.isMarked, range.count <= 8, !significant.isEmpty,
            !mentions.contains(where: { $0.range.overlaps(range) })
        else { return false }
        let first = tokens[range.lowerBound]
        if first.quote != nil { return true }
        if range.lowerBound > 0, Self.placeWords.contains(tokens[range.lowerBound - 1].folded) { return false }
        // "Ghost Stories", "The French Revolution": a subject, however it is written.
        let unread = significant.filter { index in
            !reading.concepts.contains { $0.range.contains(index) } && reading.period?.range.contains(index) != true
                && !reading.nations.contains { $0.range.contains(index) }
        }.count
        if case .about(let aspects) = reading.ask, aspects != [.worth] { return unread > 0 }
        // "Something like Blade Runner": what is to be like it, or was liked, is a name.
        if [.similar, .read].contains(reading.stances[range.lowerBound]), unread > 0, !first.startsSentence {
            return true
        }
        let hasArticle = ["the", "a", "an"].contains(first.folded) && first.isCapitalized
        if range.count == tokens.count {
            return significant.count >= 2 && unread >= (hasArticle ? 1 : 2)
                && !tokens.contains { WordingContext.words.contains($0.folded) }
        }
        return hasArticle && !first.startsSentence && significant.count >= 2 && unread > 0
    }

    /// Mentions without those that are only a part of a title: "Glass" in "I loved The Glass Octopus".
    static func whole(_ mentions: [Mention], in reading: Reading) -> [Mention] {
        let tokens = reading.tokens
        func weight(_ range: Range<Int>) -> Int { range.filter { !StopWords.contains(tokens[$0].folded) }.count }
        let parts = NameSpans(reading).runs().filter { run in
            let first = tokens[run.range.lowerBound]
            return run.isMarked
                && (first.quote != nil || ["the", "a", "an"].contains(first.folded) && !first.startsSentence)
        }
        return mentions.filter { mention in
            guard mention.work != nil, let run = parts.first(where: { $0.range.overlaps(mention.range) }) else {
                return true
            }
            let isAlone = mentions.filter { $0.range.overlaps(run.range) }.count == 1
            let joint = run.range.first { MentionSearch.joints.contains(tokens[$0].folded) } ?? run.range.upperBound
            let segment = run.range.lowerBound..<max(joint, mention.range.upperBound)
            return !isAlone || 2 * weight(mention.range) > weight(segment)
        }
    }

    /// What stands before a place, a time or a subject.
    private static let placeWords: Set<String> = [
        "in", "on", "at", "of", "from", "to", "about", "during", "around", "near", "through", "into", "set", "by",
        "before", "across",
    ]
}
