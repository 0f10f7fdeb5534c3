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
            if before.contains("like") || before.contains("similar") { wish.excludedAuthors.append(name) }
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
        case .wanted where follows(mention, "but"):
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
}
