import Chat
import Substrings

/// Whether some words are a title or an author's name.
extension MentionSearch {
    mutating func name(_ range: Range<Int>, in run: NameSpans.Run, isFuzzy: Bool) async throws -> Mention? {
        guard isPlausible(range, in: run), lookups > 0 else { return nil }
        // "Novels set in Wood Green": a place.
        var start = range.lowerBound
        while start > 2, tokens[start - 1].isCapitalized { start -= 1 }
        if start > 1, tokens[start - 1].folded == "in", tokens[start - 2].folded == "set" { return nil }
        if isFuzzy, let known = nearSeries(range) ?? shortName(range, in: run) { return known }
        let isAuthorFirst = announcesAuthor(range)
        if isAuthorFirst, let author = try await author(range, in: run, isFuzzy: isFuzzy) { return author }
        if let work = try await work(range, in: run, isFuzzy: isFuzzy) {
            // A family name that is a title by chance, as somebody's "Dickens" or "Milton".
            if !isAuthorFirst, range.count == 1, work.work.map({ $0.popularity < 0.5 }) ?? false,
                let author = try await author(range, in: run, isFuzzy: false),
                KnownAuthors.shared[author.author ?? ""] != nil
            {
                return author
            }
            return work
        }
        return isAuthorFirst ? nil : try await author(range, in: run, isFuzzy: isFuzzy)
    }

    /// "Harry Poter": a series' name a slip or two away.
    func nearSeries(_ range: Range<Int>) -> Mention? {
        let typed = Folding.titleKey(text(range))
        guard typed.utf8.count >= 8 else { return nil }
        let found = SeriesTable.all.first { series in
            series.key.utf8.count >= 8 && EditDistance.slips(series.key, typed, limit: 2) != nil
        }
        return found.map {
            Mention(referent: .series($0), range: range, stance: reading.stances[range.lowerBound], isFuzzy: true)
        }
    }

    /// "Dorian Gray", "Alice in Wunderland": a well-known work by a short or a misspelt name.
    func shortName(_ range: Range<Int>, in run: NameSpans.Run) -> Mention? {
        let words = range.map { tokens[$0].base }
        let stance = reading.stances[range.lowerBound]
        if range.count == 1, tokens[range.lowerBound].quote == nil, isPartOfName(range) { return nil }
        guard run.isMarked || LooseTitles.significant(words).count > 1, let work = titles.work(named: words) else {
            return nil
        }
        if stance == .wanted, LooseTitles.significant(words).count < 2 {
            guard case .about = reading.ask else { return nil }
        }
        return Mention(referent: .work(work), range: range, stance: stance, isFuzzy: true)
    }

    func text(_ range: Range<Int>) -> String {
        range.map { index in
            index == range.upperBound - 1 && tokens[index].isPossessive ? tokens[index].base : tokens[index].text
        }.joined(separator: " ")
    }

    /// Whether these words may be a name at all.
    func isPlausible(_ range: Range<Int>, in run: NameSpans.Run) -> Bool {
        let isQuoted = tokens[range.lowerBound].quote != nil
        if isQuoted { return true }
        let meaningful = range.filter { !StopWords.contains(tokens[$0].folded) }
        if meaningful.isEmpty {
            // "Little Women"
            if run.isMarked, range.count > 1, range.allSatisfy({ tokens[$0].isCapitalized }) { return true }
            // "It", "She", "We": only when written large within a sentence, and a word on what is liked or read before it.
            return run.isMarked && range.count == 1 && !tokens[range.lowerBound].startsSentence
                && ![.wanted, .background].contains(reading.stances[range.lowerBound])
        }
        // "World War II" is a subject, whatever books are called so.
        let isSubject = reading.concepts.contains {
            $0.range == range
                || $0.range.count > 1 && $0.range.lowerBound <= range.lowerBound
                    && range.upperBound <= $0.range.upperBound
        }
        if isSubject, [.wanted, .avoided, .softened, .background].contains(reading.stances[range.lowerBound]) {
            return false
        }
        let isCovered = meaningful.allSatisfy { reading.isCommonWord(at: $0) }
        guard isCovered else { return run.isMarked || range.count > 1 || meaningful.count == range.count }
        // "science fiction", "the French Revolution" are subjects unless they are liked or read as one likes a book.
        let stance = reading.stances[range.lowerBound]
        return [.similar, .liked, .read, .disliked].contains(stance) && (run.isMarked || range.count > 2)
            || (run.isMarked && range.count >= 2 && tokens[range].dropFirst().contains { $0.isCapitalized })
    }

    /// "Little Women", "Irish Poetry": every word has a meaning of its own, so a title must be well known to be meant.
    private func isCovered(_ range: Range<Int>) -> Bool {
        range.allSatisfy { StopWords.contains(tokens[$0].folded) || reading.isCommonWord(at: $0) }
    }

    func announcesAuthor(_ range: Range<Int>) -> Bool {
        let before = range.lowerBound > 0 ? tokens[range.lowerBound - 1].folded : ""
        if before == "by" || tokens[range.upperBound - 1].isPossessive { return true }
        // "The novels of Joseph Conrad": there is a book called "Joseph Conrad".
        if before == "of", range.lowerBound > 1, Self.written.contains(tokens[range.lowerBound - 2].folded) {
            return true
        }
        let next = range.upperBound
        return next < tokens.count && tokens[next].breakBefore == .none && Self.written.contains(tokens[next].folded)
    }

    private static let written: Set<String> = [
        "books", "novels", "novel", "works", "stories", "plays", "poems", "book",
    ]

    mutating func work(_ range: Range<Int>, in run: NameSpans.Run, isFuzzy: Bool) async throws -> Mention? {
        // "Long Island", "Blade Runner": one word of a longer name is no title.
        if range.count == 1, tokens[range.lowerBound].quote == nil, isPartOfName(range) { return nil }
        let text = text(range)
        if isFuzzy {
            // A misspelt single word is a well-known title, which `LooseTitles` has, or none.
            guard fuzzyLookups > 0, text.utf8.count >= 5, range.count > 1 else { return nil }
            fuzzyLookups -= 1
        }
        lookups -= 1
        let found = try await catalog.works(titled: text, isFuzzy: isFuzzy)
        guard let best = found.first else { return nil }
        let stance = reading.stances[range.lowerBound]
        let isQuoted = tokens[range.lowerBound].quote != nil
        let significant = range.filter { !StopWords.contains(tokens[$0].folded) }.count
        // The fewer signs there are that a title is meant, the better known it must be.
        var needed = 0.0
        if !isQuoted {
            if !run.isMarked { needed = significant >= 3 ? 0.1 : range.count >= 2 ? 0.3 : 0.45 }
            if run.isMarked, range.count == 1 { needed = stance == .wanted ? 0.3 : 0.15 }
            if isFuzzy { needed = max(needed, range.count == 1 ? 0.4 : 0.2) }
            if range.count == 1, reading.isCommonWord(at: range.lowerBound) { needed = max(needed, 0.5) }
            if range.count == 2, isCovered(range) { needed = max(needed, 0.35) }
        }
        guard best.popularity >= needed else { return nil }
        // "on an island", "two or three characters": one everyday word is no title for want of better.
        if run.isWeak, significant < 2, range.count < tokens.count {
            guard case .about = reading.ask else { return nil }
        }
        let same = found.dropFirst().filter { other in
            other.authors.contains { author in best.authors.contains { AuthorMatch.isSamePerson($0, author) } }
        }
        // An adaptation bears the short name by which everybody calls the work itself.
        if !isFuzzy, significant > 1,
            let famous = titles.work(named: range.map { tokens[$0].base }), famous.id != best.id,
            famous.popularity > best.popularity + 0.05,
            famous.authors.contains(where: { author in best.authors.contains { AuthorMatch.isSamePerson($0, author) } })
        {
            return Mention(referent: .work(famous), range: range, stance: stance, others: found)
        }
        return Mention(referent: .work(best), range: range, stance: stance, isFuzzy: isFuzzy, others: Array(same))
    }

    mutating func author(_ range: Range<Int>, in run: NameSpans.Run, isFuzzy: Bool) async throws -> Mention? {
        guard range.count <= 5, !range.contains(where: { ["and", "or", "by", "in"].contains(tokens[$0].folded) }) else {
            return nil
        }
        let text = text(range)
        if range.count == 1 {
            guard text.utf8.count >= 3, !reading.isCommonWord(at: range.lowerBound) || announcesAuthor(range) else {
                return nil
            }
            // "About the French Resistance", "a clergyman called Collins": no author's name.
            if range.lowerBound > 0, ["the", "called", "named"].contains(tokens[range.lowerBound - 1].folded),
                !announcesAuthor(range)
            {
                return nil
            }
        }
        var typed = Folding.words(text)
        if typed.count > 1, ["a", "an", "the"].contains(typed[0]) { typed.removeFirst() }
        // The catalogue looks through all its authors for a name that it does not have: only where a name is likely.
        guard run.isMarked || announcesAuthor(range) || KnownAuthors.shared.hasFamily(typed),
            !run.isWeak || run.isMarked
        else {
            return nil
        }
        if let family = family(typed, endingAt: range.upperBound) {
            return Mention(
                referent: .author(family[0]), range: range, stance: reading.stances[range.lowerBound],
                furtherAuthors: Array(family.dropFirst()))
        }
        // A single word is a name where it is announced as one, is liked or read, or is a well-known name; not "a Python loop".
        let isAnnounced = announcesAuthor(range) || ![.wanted, .background].contains(reading.stances[range.lowerBound])
        let isKnownFamily = KnownAuthors.shared.isFamily(typed[typed.count - 1])
        let isLong = typed[0].utf8.count >= 8 && run.isMarked
        if typed.count == 1, !isKnownFamily, !isAnnounced && !isLong || isPartOfName(range) { return nil }
        var found = try await authors(named: typed.joined(separator: " ")).filter { !AuthorMatch.isCorporate($0) }
        // "Jane Austin" and a Tolstoi there are, and yet Jane Austen and Leo Tolstoy are meant.
        if !found.contains(where: {
            KnownAuthors.shared[$0] != nil && AuthorMatch.isSame(typed, as: $0, isFuzzy: false)
        }),
            !isPartOfName(range),
            typed.count > 1 || isLong || isAnnounced && (run.isMarked || run.range == range || announcesAuthor(range)),
            let known = KnownAuthors.shared.near(typed)
        {
            let meant = try await authors(named: known.name)
            if !meant.isEmpty {
                found = meant
                typed = Folding.words(known.name)
            }
        }
        let takesSlips = isFuzzy && !isPartOfName(range)
        guard let name = found.first(where: { AuthorMatch.isSame(typed, as: $0, isFuzzy: takesSlips) }) else {
            return nil
        }
        let isWell = KnownAuthors.shared[name] != nil
        if !run.isMarked, !isWell, range.count == 1 { return nil }
        return Mention(
            referent: .author(name), range: range, stance: reading.stances[range.lowerBound], isFuzzy: isFuzzy)
    }

    /// "Blade Runner" is no misspelt Blake: a capital beside a single word makes it a part of another name.
    private func isPartOfName(_ range: Range<Int>) -> Bool {
        guard range.count == 1, !announcesAuthor(range) else { return false }
        let (before, next) = (range.lowerBound - 1, range.upperBound)
        let follows = next < tokens.count && tokens[next].breakBefore == .none && tokens[next].isCapitalized
        let precedes =
            before >= 0 && tokens[range.lowerBound].breakBefore == .none && tokens[before].isCapitalized
            && !tokens[before].startsSentence
        return follows || precedes
    }

    /// "the Brontës", "the Bronte sisters": several writers of one family.
    func family(_ typed: [String], endingAt end: Int) -> [String]? {
        guard let last = typed.last, typed.count <= 2 else { return nil }
        let isNamed = end < tokens.count && ["sisters", "brothers", "siblings", "family"].contains(tokens[end].folded)
        let members = KnownAuthors.shared.members(ofFamily: last)
        let name = members.isEmpty && last.hasSuffix("s") && !isNamed ? String(last.dropLast()) : last
        let isRefused = typed.count == 1 && reading.stances[end - 1].isAgainst
        guard isNamed || name != last || isRefused else { return nil }
        let family = KnownAuthors.shared.members(ofFamily: name)
        return family.count > 1 ? family : nil
    }

    mutating func authors(named text: String) async throws -> [String] {
        if let known = knownNames[text] { return known }
        lookups -= 1
        let found = try await catalog.authors(named: text)
        knownNames[text] = found
        return found
    }

    /// "Wuthering Heights by Emily Brontë" is one book; its author is not asked for beside it.
    mutating func chooseEditionsByAuthor() {
        for index in mentions.indices.dropLast() {
            guard case .work(let entry) = mentions[index].referent, let author = mentions[index + 1].author,
                mentions[index + 1].range.lowerBound - mentions[index].range.upperBound == 1,
                tokens[mentions[index].range.upperBound].folded == "by",
                entry.authors.contains(where: { AuthorMatch.isSamePerson($0, author) })
            else { continue }
            mentions[index].range = mentions[index].range.lowerBound..<mentions[index + 1].range.upperBound
            mentions[index + 1].stance = .background
        }
        mentions.removeAll { $0.author != nil && $0.stance == .background }
    }
}
