import Chat

/// Looks up the titles and authors a message may name, and decides which it means.
struct MentionResolver {
    let catalog: any BookCatalog

    /// Look-ups for one message; a long message must not cost the catalogue more than a short one many times over.
    static let maximumLookups = 90
    /// Look-ups that may scan for spelling mistakes, which cost far more.
    static let maximumFuzzyLookups = 3

    func mentions(in reading: Reading) async throws -> [Mention] {
        var search = MentionSearch(catalog: catalog, reading: reading)
        return try await search.run()
    }
}

/// One message's search for names.
private struct MentionSearch {
    let catalog: any BookCatalog
    let reading: Reading
    private var lookups = MentionResolver.maximumLookups
    private var fuzzyLookups = MentionResolver.maximumFuzzyLookups
    private var mentions: [Mention] = []
    private var knownNames: [String: [String]] = [:]

    init(catalog: any BookCatalog, reading: Reading) {
        self.catalog = catalog
        self.reading = reading
    }

    private var tokens: [Token] { reading.tokens }

    mutating func run() async throws -> [Mention] {
        findSeries()
        let runs = NameSpans(reading).runs().filter { run in !mentions.contains { $0.range.overlaps(run.range) } }
        for run in runs { try await resolve(run) }
        mentions.sort { $0.range.lowerBound < $1.range.lowerBound }
        chooseEditionsByAuthor()
        return mentions
    }

    private mutating func findSeries() {
        var index = 0
        while index < tokens.count {
            guard let (series, length) = SeriesTable.phrases.match(at: index, of: tokens),
                tokens[index..<(index + length)].contains(where: \.isCapitalized) || length > 1,
                !belongsToLongerTitle(index..<(index + length))
            else {
                index += 1
                continue
            }
            let range = index..<(index + length)
            mentions.append(Mention(referent: .series(series), range: range, stance: reading.stances[index]))
            index += length
        }
    }

    /// "Harry Potter and the Goblet of Fire" is a title, not the series.
    private func belongsToLongerTitle(_ range: Range<Int>) -> Bool {
        let next = range.upperBound
        guard next + 1 < tokens.count, tokens[next].breakBefore == .none else { return false }
        return tokens[next].folded == "and" && tokens[next + 1].folded == "the"
    }

    // MARK: - One run

    /// Takes the longest names from the left: exact spellings first, then slips of the pen in what is left.
    private mutating func resolve(_ run: NameSpans.Run) async throws {
        var left: [Range<Int>] = []
        var start = run.range.lowerBound
        while start < run.range.upperBound {
            var found: Mention?
            for end in ends(from: start, in: run) where found == nil {
                found = try await name(start..<end, in: run, isFuzzy: false)
            }
            if let found {
                mentions.append(found)
                start = found.range.upperBound
            } else {
                if let last = left.last, last.upperBound == start {
                    left[left.count - 1] = last.lowerBound..<(start + 1)
                } else {
                    left.append(start..<(start + 1))
                }
                start += 1
            }
        }
        guard run.isMarked || run.range.count <= 4 else { return }
        for span in left { try await resolveSlips(in: span, of: run) }
    }

    private mutating func resolveSlips(in span: Range<Int>, of run: NameSpans.Run) async throws {
        // Only at the joints: "Wuthering Hights by Emily Bronty" are two names, not ten.
        var parts: [Range<Int>] = [span]
        if let joint = span.first(where: { ["by", "and", "or"].contains(tokens[$0].folded) }) {
            parts += [span.lowerBound..<joint, (joint + 1)..<span.upperBound]
        }
        for part in parts {
            let part = trimmed(part)
            guard !part.isEmpty, fuzzyLookups > 0, !mentions.contains(where: { $0.range.overlaps(part) }) else {
                continue
            }
            if let found = try await name(part, in: run, isFuzzy: true) { mentions.append(found) }
        }
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, NameSpans.connectors.contains(tokens[first].folded),
            tokens[first].folded != "the"
        {
            range = (first + 1)..<range.upperBound
        }
        while let last = range.last,
            NameSpans.connectors.contains(tokens[last].folded) || (reading.isCommonWord(at: last) && range.count > 1)
        {
            range = range.lowerBound..<last
        }
        return range
    }

    private func ends(from start: Int, in run: NameSpans.Run) -> [Int] {
        let longest = min(run.range.upperBound, start + NameSpans.longestName)
        return (start + 1...longest).reversed().filter { end in
            !["of", "the", "and", "a", "by", "or"].contains(tokens[end - 1].folded) || end == start + 1
        }
    }

    // MARK: - One name

    private mutating func name(_ range: Range<Int>, in run: NameSpans.Run, isFuzzy: Bool) async throws -> Mention? {
        guard isPlausible(range, in: run), lookups > 0 else { return nil }
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

    private func text(_ range: Range<Int>) -> String {
        range.map { index in
            index == range.upperBound - 1 && tokens[index].isPossessive ? tokens[index].base : tokens[index].text
        }.joined(separator: " ")
    }

    /// Whether these words may be a name at all.
    private func isPlausible(_ range: Range<Int>, in run: NameSpans.Run) -> Bool {
        let isQuoted = tokens[range.lowerBound].quote != nil
        if isQuoted { return true }
        let meaningful = range.filter { !StopWords.contains(tokens[$0].folded) }
        if meaningful.isEmpty {
            // "It", "She", "We": only when written large within a sentence, and a word on what is liked or read before it.
            return run.isMarked && range.count == 1 && !tokens[range.lowerBound].startsSentence
                && ![.wanted, .background].contains(reading.stances[range.lowerBound])
        }
        let isCovered = meaningful.allSatisfy { reading.isCommonWord(at: $0) }
        guard isCovered else { return run.isMarked || range.count > 1 || meaningful.count == range.count }
        // "science fiction", "the French Revolution" are subjects unless they are liked or read as one likes a book.
        let stance = reading.stances[range.lowerBound]
        return [.similar, .liked, .read, .disliked].contains(stance) && (run.isMarked || range.count > 2)
            || (run.isMarked && range.count >= 3 && tokens[range].dropFirst().contains { $0.isCapitalized })
    }

    private func announcesAuthor(_ range: Range<Int>) -> Bool {
        let before = range.lowerBound > 0 ? tokens[range.lowerBound - 1].folded : ""
        if before == "by" || tokens[range.upperBound - 1].isPossessive { return true }
        let next = range.upperBound
        return next < tokens.count && tokens[next].breakBefore == .none
            && ["books", "novels", "novel", "works", "stories", "plays", "poems", "book"].contains(tokens[next].folded)
    }

    private mutating func work(_ range: Range<Int>, in run: NameSpans.Run, isFuzzy: Bool) async throws -> Mention? {
        let text = text(range)
        if isFuzzy {
            guard fuzzyLookups > 0, text.utf8.count >= 5, run.isMarked || range.count > 1 else { return nil }
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
        }
        guard best.popularity >= needed else { return nil }
        let same = found.dropFirst().filter { other in
            other.authors.contains { author in best.authors.contains { AuthorMatch.isSamePerson($0, author) } }
        }
        return Mention(referent: .work(best), range: range, stance: stance, isFuzzy: isFuzzy, others: Array(same))
    }

    private mutating func author(_ range: Range<Int>, in run: NameSpans.Run, isFuzzy: Bool) async throws -> Mention? {
        guard range.count <= 5, !range.contains(where: { ["and", "or", "by", "in"].contains(tokens[$0].folded) }) else {
            return nil
        }
        let text = text(range)
        if range.count == 1 {
            guard text.utf8.count >= 3, !reading.isCommonWord(at: range.lowerBound) || announcesAuthor(range) else {
                return nil
            }
        }
        var typed = Folding.words(text)
        // The catalogue looks through all its authors for a name that it does not have: only where a name is likely.
        guard run.isMarked || announcesAuthor(range) || KnownAuthors.shared.hasFamily(typed) else { return nil }
        var found = try await authors(named: text)
        // "Jane Austin" exists, and yet Jane Austen is meant.
        if !found.contains(where: {
            KnownAuthors.shared[$0] != nil && AuthorMatch.isSame(typed, as: $0, isFuzzy: false)
        }),
            let known = KnownAuthors.shared.near(typed)
        {
            let meant = try await authors(named: known.name)
            if !meant.isEmpty {
                found = meant
                typed = Folding.words(known.name)
            }
        }
        guard let name = found.first(where: { AuthorMatch.isSame(typed, as: $0, isFuzzy: isFuzzy) }) else { return nil }
        let isWell = KnownAuthors.shared[name] != nil
        if !run.isMarked, !isWell, range.count == 1 { return nil }
        return Mention(
            referent: .author(name), range: range, stance: reading.stances[range.lowerBound], isFuzzy: isFuzzy)
    }

    private mutating func authors(named text: String) async throws -> [String] {
        if let known = knownNames[text] { return known }
        lookups -= 1
        let found = try await catalog.authors(named: text)
        knownNames[text] = found
        return found
    }

    /// "Wuthering Heights by Emily Brontë" is one book; its author is not asked for beside it.
    private mutating func chooseEditionsByAuthor() {
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
