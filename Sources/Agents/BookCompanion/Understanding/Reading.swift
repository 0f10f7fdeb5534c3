/// A concept of the lexicon in the message.
struct ConceptMention: Sendable, Equatable {
    var concept: Concept
    var range: Range<Int>
    var stance: Stance
}

/// What a message's words say, before any title or author is looked up. Pure: the same message gives the same reading.
struct Reading: Sendable {
    var text: String
    var tokens: [Token]
    var stances: [Stance]
    /// Words that announce something and name nothing.
    var cues: [Bool]
    /// Words that tell of somebody else's taste.
    var others: [Bool]
    var ask: Ask
    var concepts: [ConceptMention]
    var period: PeriodMention?
    /// A second time that is asked for.
    var otherPeriod: PeriodMention?
    var nations: [NationMention]
    var length: LengthMention?
    var comparisons: [ComparisonReader.Mention]
    var followUp: FollowUp
    /// How many books are wanted.
    var count: CountReader.Mention?

    /// Reads a message.
    init(_ text: String, lexicon: Lexicon = .shared) {
        self.text = text
        tokens = Tokenizer.tokens(of: text)
        let result = StanceReader.read(tokens, lexicon: lexicon)
        stances = result.stances
        cues = result.cues
        others = OthersTaste.read(tokens)
        for index in OthersTaste.contrasted(tokens).words { others[index] = false }
        ask = AskReader.read(tokens)
        concepts = []
        let stems = tokens.map(\.stem)
        let periods = PeriodReader(tokens: tokens).readAll().filter {
            !Self.isPartOfSubject($0.range, stems, lexicon)
        }
        // Of two the one that says more: "recent, after 2010", "modern, before 1800".
        period = periods.min { ($0.isLoose ? 1 : 0, $0.years.count) < ($1.isLoose ? 1 : 0, $1.years.count) }
        let chosen = period
        otherPeriod = periods.first { $0 != chosen }
        nations = LanguageReader.read(tokens)
        length = LengthReader.read(tokens, stances: stances)
        comparisons = ComparisonReader.read(tokens)
        followUp = FollowUpReader.read(tokens)
        count = CountReader.read(tokens)
        concepts = Self.concepts(in: self, stems, lexicon)
    }

    /// "the Harlem Renaissance", "Victorian London": a subject of its own with a period's name in it.
    private static func isPartOfSubject(_ range: Range<Int>, _ stems: [String], _ lexicon: Lexicon) -> Bool {
        (max(0, range.lowerBound - 2)...range.lowerBound).contains { start in
            guard let length = lexicon.phrase(at: start, of: stems)?.length else { return false }
            return length > range.count && start + length >= range.upperBound
        }
    }

    private static func concepts(in reading: Reading, _ stems: [String], _ lexicon: Lexicon) -> [ConceptMention] {
        var found: [ConceptMention] = []
        var index = 0
        while index < stems.count {
            guard let (concept, length) = lexicon.phrase(at: index, of: stems),
                !(length == 1 && reading.isTaken(index)),
                !reading.tokens[(index + 1)..<(index + length)].contains(where: { $0.breakBefore >= .clause })
            else {
                index += 1
                continue
            }
            found.append(
                ConceptMention(concept: concept, range: index..<(index + length), stance: reading.stances[index]))
            index += length
        }
        return found
    }

    /// Whether a word has a meaning already that is no concept: part of a cue, a period or a comparison.
    private func isTaken(_ index: Int) -> Bool {
        cues[index] || count?.range.contains(index) == true || period?.range.contains(index) == true
            || otherPeriod?.range.contains(index) == true
            || comparisons.contains { $0.range.contains(index) }
            || nations.contains { $0.range.contains(index) }
    }

    /// Whether a word by itself says something other than a name: a concept, a period, a nation, or nothing at all.
    func isCommonWord(at index: Int) -> Bool {
        StopWords.contains(tokens[index].folded) || isTaken(index) || length?.range.contains(index) == true
            || concepts.contains { $0.range.contains(index) }
    }

    /// The same where from a word on a story is told: nothing in it is refused or liked by the reader, and its people's nations are no literatures.
    func told(from start: Int?) -> Reading {
        var told = self
        let plot = PlotReader(reading: self)
        told.nations.removeAll { !plot.isAsked($0) }
        guard let start else { return told }
        for index in told.stances.indices where index >= start { told.stances[index] = .wanted }
        for place in told.concepts.indices where told.concepts[place].range.lowerBound >= start {
            told.concepts[place].stance = .wanted
        }
        return told
    }

    /// The words to search the catalogue's text for: those that have no other meaning, and the concepts' own.
    /// - Parameter isPlot: of a plot every word may be in a summary: "boy", "sad", "mad".
    func searchWords(leavingOut names: [Range<Int>], isPlot: Bool = false) -> [String] {
        tokens.indices.filter { index in
            let token = tokens[index]
            // "Long Island" is a name, whatever "long" says by itself.
            let isPartOfName =
                token.isCapitalized && !token.startsSentence && index + 1 < tokens.count
                && tokens[index + 1].isCapitalized
            let isTelling = isPartOfName || isPlot && index >= 3 && PlotWords.telling.contains(token.folded)
            return stances[index].isFor && !cues[index] && (isTelling || !StopWords.contains(token.folded))
                && token.folded.utf8.count > 1
                && !names.contains { $0.contains(index) } && period?.range.contains(index) != true
                && otherPeriod?.range.contains(index) != true
                && !nations.contains { $0.range.contains(index) } && length?.range.contains(index) != true
                && !comparisons.contains { $0.range.contains(index) } && count?.range.contains(index) != true
                && !concepts.contains {
                    !isPlot && $0.range.contains(index) && ![.topic, .genre].contains($0.concept.kind)
                }
        }.map { tokens[$0].base }
    }
}
