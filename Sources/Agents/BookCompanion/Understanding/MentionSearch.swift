import Chat

/// One message's search for names.
struct MentionSearch {
    let catalog: any BookCatalog
    let titles: LooseTitles
    let reading: Reading
    var lookups = MentionResolver.maximumLookups
    var fuzzyLookups = MentionResolver.maximumFuzzyLookups
    var mentions: [Mention] = []
    var knownNames: [String: [String]] = [:]

    init(catalog: any BookCatalog, titles: LooseTitles, reading: Reading) {
        self.catalog = catalog
        self.titles = titles
        self.reading = reading
    }

    var tokens: [Token] { reading.tokens }

    mutating func run() async throws -> [Mention] {
        findSeries()
        let runs = NameSpans(reading).runs().filter { run in !mentions.contains { $0.range.overlaps(run.range) } }
        for run in runs { try await resolve(run) }
        mentions.sort { $0.range.lowerBound < $1.range.lowerBound }
        chooseEditionsByAuthor()
        return mentions
    }

    mutating func findSeries() {
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
    func belongsToLongerTitle(_ range: Range<Int>) -> Bool {
        let next = range.upperBound
        guard next + 1 < tokens.count, tokens[next].breakBefore == .none else { return false }
        return tokens[next].folded == "and" && tokens[next + 1].folded == "the"
    }

    // MARK: - One run

    /// Takes names from a run: first as they stand between joints, then misspelt ones, then names within longer runs.
    mutating func resolve(_ run: NameSpans.Run) async throws {
        guard run.isMarked else { return try await resolveInside(run.range, of: run) }
        for start in starts(in: run) where !isTaken(start) {
            for end in ends(in: run, after: start) where !isTaken(end - 1) {
                guard let found = try await name(start..<end, in: run, isFuzzy: false) else { continue }
                mentions.append(found)
                break
            }
        }
        for segment in freeSegments(of: run.range) { try await resolveSlips(in: segment, of: run) }
        // What stands in quotation marks is one title, not several words that may be some.
        guard tokens[run.range.lowerBound].quote == nil else { return }
        for segment in freeSegments(of: run.range) where segment.count > 1 {
            try await resolveInside(segment, of: run)
        }
    }

    private func isTaken(_ index: Int) -> Bool { mentions.contains { $0.range.contains(index) } }

    func freeSegments(of range: Range<Int>) -> [Range<Int>] {
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
    static let joints: Set<String> = ["by", "and", "or", "nor"]

    func starts(in run: NameSpans.Run) -> [Int] {
        if tokens[run.range.lowerBound].quote != nil { return [run.range.lowerBound] }
        return run.range.filter { index in
            if index == run.range.lowerBound { return true }
            let before = tokens[index - 1]
            return Self.joints.contains(before.folded) || before.isPossessive
                || (index - run.range.lowerBound <= 2
                    && (run.range.lowerBound..<index).allSatisfy(isFiller))
        }
    }

    func isFiller(_ index: Int) -> Bool { reading.isCommonWord(at: index) || tokens[index].folded == "a" }

    func ends(in run: NameSpans.Run, after start: Int) -> [Int] {
        if tokens[run.range.lowerBound].quote != nil { return [run.range.upperBound] }
        return freeEnds(in: run, after: start)
    }

    private func freeEnds(in run: NameSpans.Run, after start: Int) -> [Int] {
        (start + 1...run.range.upperBound).reversed().filter { end in
            end == run.range.upperBound || Self.joints.contains(tokens[end].folded) || tokens[end - 1].isPossessive
                || tokens[end].breakBefore >= .comma
        }
    }

    /// Any names within a range, the longest from the left.
    mutating func resolveInside(_ range: Range<Int>, of run: NameSpans.Run) async throws {
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
    mutating func resolveSlips(in segment: Range<Int>, of run: NameSpans.Run) async throws {
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

    func trimmed(_ range: Range<Int>) -> Range<Int> {
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
}
