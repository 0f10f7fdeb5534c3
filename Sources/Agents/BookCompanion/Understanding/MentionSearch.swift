import Chat

/// One message's search for names.
struct MentionSearch {
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

    /// Takes names from a run: first as they stand between joints, then misspelt ones, then names within longer runs.
    private mutating func resolve(_ run: NameSpans.Run) async throws {
        guard run.isMarked else { return try await resolveInside(run.range, of: run) }
        for start in starts(in: run) where !isTaken(start) {
            for end in ends(in: run, after: start) where !isTaken(end - 1) {
                guard let found = try await name(start..<end, in: run, isFuzzy: false) else { continue }
                mentions.append(found)
                break
            }
        }
        for segment in freeSegments(of: run.range) { try await resolveSlips(in: segment, of: run) }
        for segment in freeSegments(of: run.range) where segment.count > 1 {
            try await resolveInside(segment, of: run)
        }
    }

    private func isTaken(_ index: Int) -> Bool { mentions.contains { $0.range.contains(index) } }

    private func freeSegments(of range: Range<Int>) -> [Range<Int>] {
        var segments: [Range<Int>] = []
        for index in range where !isTaken(index) {
            if let last = segments.last, last.upperBound == index {
                segments[segments.count - 1] = last.lowerBound..<(index + 1)
            } else {
                segments.append(index..<(index + 1))
            }
        }
        return segments
    }

    /// Words that join two names, and may as well stand within one.
    private static let joints: Set<String> = ["by", "and", "or", "nor"]

    private func starts(in run: NameSpans.Run) -> [Int] {
        run.range.filter { index in
            if index == run.range.lowerBound { return true }
            let before = tokens[index - 1]
            return Self.joints.contains(before.folded) || before.isPossessive
                || (index - run.range.lowerBound <= 2
                    && (run.range.lowerBound..<index).allSatisfy(isFiller))
        }
    }

    private func isFiller(_ index: Int) -> Bool { reading.isCommonWord(at: index) || tokens[index].folded == "a" }

    private func ends(in run: NameSpans.Run, after start: Int) -> [Int] {
        (start + 1...run.range.upperBound).reversed().filter { end in
            end == run.range.upperBound || Self.joints.contains(tokens[end].folded) || tokens[end - 1].isPossessive
                || tokens[end].breakBefore >= .comma
        }
    }

    /// Any names within a range, the longest from the left.
    private mutating func resolveInside(_ range: Range<Int>, of run: NameSpans.Run) async throws {
        var start = range.lowerBound
        while start < range.upperBound {
            var found: Mention?
            let longest = min(range.upperBound, start + NameSpans.longestName)
            for end in (start + 1...longest).reversed() where found == nil {
                let last = tokens[end - 1].folded
                guard end == start + 1 || !["of", "the", "and", "a", "by", "or"].contains(last) else { continue }
                found = try await name(start..<end, in: run, isFuzzy: false)
            }
            if let found { mentions.append(found) }
            start = found?.range.upperBound ?? start + 1
        }
        guard !run.isMarked, !run.isWeak, range.count <= 5 else { return }
        for segment in freeSegments(of: range) { try await resolveSlips(in: segment, of: run) }
    }

    /// "Wuthering Hights by Emily Bronty" are two names, not ten: only whole parts between joints may be misspelt.
    private mutating func resolveSlips(in segment: Range<Int>, of run: NameSpans.Run) async throws {
        var parts: [Range<Int>] = [segment]
        if let joint = segment.first(where: { Self.joints.contains(tokens[$0].folded) }) {
            parts += [segment.lowerBound..<joint, (joint + 1)..<segment.upperBound]
        }
        for part in parts {
            for candidate in [part, trimmed(part)] where !candidate.isEmpty {
                guard fuzzyLookups > 0, !mentions.contains(where: { $0.range.overlaps(candidate) }) else { continue }
                if let found = try await name(candidate, in: run, isFuzzy: true) { mentions.append(found) }
                if part == trimmed(part) { break }
            }
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

    // MARK: - One name

    private mutating func name(_ range: Range<Int>, in run: NameSpans.Run, isFuzzy: Bool) async throws -> Mention? {
        guard isPlausible(range, in: run), lookups > 0 else { return nil }
        if isFuzzy, let series = nearSeries(range) { return series }
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
    private func nearSeries(_ range: Range<Int>) -> Mention? {
        let typed = Folding.titleKey(text(range))
        guard typed.utf8.count >= 8 else { return nil }
        let found = SeriesTable.all.first { series in
            let name = Folding.titleKey(series.name)
            return name.utf8.count >= 8 && AuthorMatch.slips(name, typed) <= 2
        }
        return found.map {
            Mention(referent: .series($0), range: range, stance: reading.stances[range.lowerBound], isFuzzy: true)
        }
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
        // "World War II" is a subject, whatever books are called so.
        let isSubject = reading.concepts.contains { $0.range == range }
        if isSubject, [.wanted, .avoided, .softened, .background].contains(reading.stances[range.lowerBound]) {
            return false
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
        var found = try await authors(named: typed.joined(separator: " "))
        // "Jane Austin" and a Tolstoi there are, and yet Jane Austen and Leo Tolstoy are meant.
        if !found.contains(where: {
            KnownAuthors.shared[$0] != nil && AuthorMatch.isSame(typed, as: $0, isFuzzy: false)
        }),
            typed.count > 1 || run.isMarked || (typed.last?.utf8.count ?? 0) >= 6,
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

    /// "the Brontës", "the Bronte sisters": several writers of one family.
    private func family(_ typed: [String], endingAt end: Int) -> [String]? {
        guard let last = typed.last, typed.count <= 2 else { return nil }
        let isNamed = end < tokens.count && ["sisters", "brothers", "siblings", "family"].contains(tokens[end].folded)
        let name = last.hasSuffix("s") && !isNamed ? String(last.dropLast()) : last
        guard isNamed || name != last else { return nil }
        let members = KnownAuthors.shared.members(ofFamily: name)
        return members.count > 1 ? members : nil
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
