/// Finds the places in a message where a title or an author's name may stand.
struct NameSpans {
    /// A run of words that may hold one name or several.
    struct Run: Sendable, Equatable {
        var range: Range<Int>
        /// True when the run is in quotation marks or written with capitals: somebody meant it as a name.
        var isMarked: Bool
        /// True when no more than a word like "of" stands before it.
        var isWeak = false
    }

    static let longestName = 14

    let reading: Reading
    private var tokens: [Token] { reading.tokens }

    init(_ reading: Reading) { self.reading = reading }

    /// Runs in the order of the message, without overlaps.
    func runs() -> [Run] {
        var runs = quoted()
        for run in capitalized() + announced() where !runs.contains(where: { $0.range.overlaps(run.range) }) {
            runs.append(run)
        }
        return runs.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private func quoted() -> [Run] {
        var runs: [Run] = []
        var index = 0
        while index < tokens.count {
            guard let quote = tokens[index].quote else {
                index += 1
                continue
            }
            let end = tokens[index...].firstIndex { $0.quote != quote } ?? tokens.count
            if end - index <= Self.longestName { runs.append(Run(range: index..<end, isMarked: true)) }
            index = end
        }
        return runs
    }

    /// "The Time Machine", "Twenty Thousand Leagues under the Sea": capitals, with small words in between.
    private func capitalized() -> [Run] {
        // A message in capitals, or with nearly every word so, tells nothing by its capitals.
        let capitals = tokens.filter(\.isCapitalized).count
        guard capitals * 10 < tokens.count * 8 || tokens.count <= 8 else { return [] }
        var runs: [Run] = []
        var index = 0
        while index < tokens.count {
            guard isNameStart(index) else {
                index += 1
                continue
            }
            var end = index + 1
            var next = end
            while next < tokens.count, next - index < Self.longestName, tokens[next].breakBefore <= .hyphen,
                tokens[next].quote == tokens[index].quote
            {
                if tokens[next].isCapitalized, !(reading.cues[next] && !tokens[next].isPossessive && isPronoun(next)) {
                    end = next + 1
                } else if Int(tokens[next].folded) != nil, next == end {
                    end = next + 1
                } else if !Self.connectors.contains(tokens[next].folded) {
                    break
                }
                next += 1
            }
            // "The Lion, the Witch and the Wardrobe": a title may hold a comma.
            if end < tokens.count, tokens[end].breakBefore == .comma, tokens[end].folded == "the",
                end + 1 < tokens.count,
                tokens[end + 1].isCapitalized
            {
                var further = end + 1
                while further < tokens.count, tokens[further].breakBefore <= .hyphen,
                    tokens[further].isCapitalized || Self.connectors.contains(tokens[further].folded)
                {
                    further += 1
                }
                end = further
            }
            runs.append(Run(range: index..<end, isMarked: true))
            index = end
        }
        return runs
    }

    private func isPronoun(_ index: Int) -> Bool { ["i", "ive", "im", "id"].contains(tokens[index].folded) }

    /// "Brave New World or 1984"
    private func isBesideTitle(_ index: Int) -> Bool {
        func isCapital(_ place: Int) -> Bool {
            tokens.indices.contains(place) && tokens[place].isCapitalized && !isPronoun(place)
        }
        func joins(_ place: Int) -> Bool {
            tokens.indices.contains(place)
                && ["or", "and", "versus", "vs", "with", "to"].contains(tokens[place].folded)
        }
        return joins(index - 1) && isCapital(index - 2) || joins(index + 1) && isCapital(index + 2)
    }

    private func isNameStart(_ index: Int) -> Bool {
        let token = tokens[index]
        // "1984" and "2666" are titles where something is liked or read, and years elsewhere.
        if token.folded.utf8.count >= 3, Int(token.folded) != nil {
            if isBesideTitle(index) { return true }
            return ![.wanted, .background].contains(reading.stances[index])
                && reading.period?.range.contains(index) != true
        }
        guard token.isCapitalized, !isPronoun(index) else { return false }
        guard token.startsSentence else { return !(reading.cues[index]) }
        // The first word of a sentence is written large whatever it is.
        if reading.cues[index] { return false }
        let followsCapital =
            index + 1 < tokens.count && tokens[index + 1].isCapitalized && tokens[index + 1].breakBefore <= .hyphen
        if followsCapital {
            return !StopWords.contains(token.folded)
                || ["the", "a", "an", "in", "on", "of", "one", "two"].contains(token.folded)
        }
        if ["the", "a", "an"].contains(token.folded) { return false }
        return !reading.isCommonWord(at: index) || leadsToCapital(index)
    }

    /// "War and Peace" at the beginning: small words, and then a capital.
    private func leadsToCapital(_ index: Int) -> Bool {
        for next in tokens[(index + 1)...].prefix(3) where next.breakBefore <= .hyphen {
            if next.isCapitalized { return true }
            guard ["and", "of", "the", "in", "a", "to"].contains(next.folded) else { return false }
        }
        return false
    }

    /// Without capitals: what stands after "by", "like", "I loved", up to the end of the clause.
    private func announced() -> [Run] {
        var runs: [Run] = []
        for index in tokens.indices.dropLast() {
            let isBy = tokens[index].folded == "by" || tokens[index].folded == "from"
            let isCued =
                isBy || (reading.cues[index] && !reading.cues[index + 1] && reading.stances[index] != .wanted)
            let isWeak = !isCued && Self.naming.contains(tokens[index].folded)
            guard isCued || isWeak, !tokens[index + 1].isCapitalized, tokens[index + 1].breakBefore == .none else {
                continue
            }
            var end = index + 1
            while end < tokens.count, end - index <= 8, tokens[end].breakBefore < .comma || end == index + 1,
                !(isWeak && ["by", "from"].contains(tokens[end].folded)),
                !reading.cues[end], !(end > index + 1 && Self.clauseWords.contains(tokens[end].folded))
            {
                end += 1
            }
            if end > index + 1 { runs.append(Run(range: (index + 1)..<end, isMarked: false, isWeak: isWeak)) }
        }
        // A message without a capital at all: every word may begin a name.
        if runs.isEmpty, !tokens.contains(where: \.isCapitalized), (1...12).contains(tokens.count) {
            runs.append(Run(range: tokens.indices, isMarked: false, isWeak: tokens.count > 4))
        }
        return runs
    }

    /// Words that may stand within a title or a name without a capital.
    static let connectors: Set<String> = [
        "of", "the", "and", "in", "a", "an", "to", "for", "at", "on", "from", "with", "by", "under", "into", "or", "de",
        "la", "le", "les", "du",
        "des", "von", "van", "der", "das", "da", "di", "del", "el", "y", "et", "und", "as", "is", "my", "his", "her",
        "our", "its", "among",
        "between", "who", "that", "over", "through", "without", "before", "not", "be",
    ]

    private static let naming: Set<String> = ["wrote", "about", "called", "titled", "written", "of", "is", "whats"]
    private static let clauseWords: Set<String> = [
        "but", "what", "which", "who", "please", "so", "because", "where", "when", "next", "if",
    ]
}
