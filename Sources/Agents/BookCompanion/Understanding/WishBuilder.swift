import Chat

/// Makes a wish of a reading and the names found in it.
struct WishBuilder {
    let reading: Reading
    let mentions: [Mention]
    private let isPlot: Bool

    init(reading: Reading, mentions: [Mention]) {
        let plot = PlotReader(reading: reading)
        isPlot = plot.isPlot(mentions)
        self.reading = isPlot ? reading.told(from: plot.story) : reading
        self.mentions = isPlot ? [] : mentions.filter { !Self.isSubject($0, reading.tokens) }
    }

    /// Who reads, or what stands between them and the word.
    private static let readers: Set<String> = [
        "i", "we", "you", "he", "she", "they", "to", "should", "can", "could", "have", "ive", "weve", "never", "ever",
        "already", "just",
        "not", "havent", "only", "also", "child", "children", "people",
    ]

    /// "A biography of Churchill" is about him, and "read by Stephen Fry" is spoken by him; neither is by him.
    private static func isSubject(_ mention: Mention, _ tokens: [Token]) -> Bool {
        var place = mention.range.lowerBound - 1
        if mention.author != nil, place > 0, tokens[place].folded == "by" {
            let verb = tokens[place - 1].folded
            if ["narrated", "spoken", "illustrated", "translated"].contains(verb) { return true }
            // "What should I read by Dickens?" is a reader's reading.
            if verb == "read", place < 2 || !readers.contains(tokens[place - 2].folded) { return true }
        }
        guard mention.author != nil, place > 0, ["of", "about", "on"].contains(tokens[place].folded) else {
            return false
        }
        place -= 1
        while place > 0, ["book", "a", "the"].contains(tokens[place].stem) { place -= 1 }
        return ["biography", "life", "lives", "biographies", "portrait"].contains(tokens[place].folded)
    }

    func wish() -> Wish {
        var wish = Wish()
        wish.isPlot = isPlot
        wish.tellsPlot = isPlot && PlotReader(reading: reading).tells
        addMentions(to: &wish)
        addConcepts(to: &wish)
        addConditions(to: &wish)
        addExclusions(to: &wish)
        wish.count = reading.count?.count
        wish.wantsExplanation = Self.explaining.first(in: reading.tokens) != nil
        let named = mentions.map(toldRange)
        wish.words = reading.searchWords(leavingOut: named, isPlot: wish.isPlot)
        wish.ownWords = reading.searchWords(leavingOut: named + reading.concepts.map(\.range))
            .filter { !OthersTaste.people.contains($0) && !OthersTaste.gifts.contains($0) }
        if case .about(let aspects) = reading.ask, asksForOthers(aspects), let work = self.named.first {
            wish.authors = work.authors
            wish.knownWorks.append(work)
        }
        setAsideUnknownTitle(&wish)
        wish.intent =
            compared().map(Wish.Intent.compare) ?? seriesAsked().map(Wish.Intent.series) ?? intent(of: wish)
        if case .about = wish.intent {
            wish.subjectWork = self.named.first
        } else if wish.intent == .recommend {
            takeBareTitle(&wish)
        }
        return wish
    }

    /// A name with what is said of having liked or read it: "Middlemarch last summer" is no wish for summers.
    private func toldRange(_ mention: Mention) -> Range<Int> {
        guard [.liked, .read].contains(mention.stance) else { return mention.range }
        var (start, end) = (mention.range.lowerBound, mention.range.upperBound)
        while start > 0, reading.tokens[start].breakBefore < .clause, reading.stances[start - 1] == mention.stance {
            start -= 1
        }
        while end < reading.tokens.count, reading.tokens[end].breakBefore < .comma,
            reading.stances[end] == mention.stance
        {
            end += 1
        }
        return start..<end
    }

    private static let explaining = PhraseTable<Bool>([
        (
            true,
            "book on how;books on how;book about how;books about how;introduction to;how it works;how they work;primer on"
        )
    ])

    /// Works that the message names without saying that they are liked, known or unwanted.
    var named: [CatalogEntry] {
        mentions.compactMap { $0.stance.isAgainst ? nil : $0.work }
    }

    func intent(of wish: Wish) -> Wish.Intent {
        if named.count == 1, Self.age.first(in: reading.tokens) != nil,
            ["is", "are", "would"].contains(reading.tokens.first?.folded ?? "")
        {
            return .about([.age])
        }
        if wish.unknownTitle != nil, named.isEmpty {
            if case .about = reading.ask { return .unknown }
            if !wish.hasContent { return .unknown }
        }
        switch reading.ask {
        case .beyond(let task):
            // "Explain Ulysses" asks about a book all the same; "write me a poem like Poe's" does not.
            return .needsLanguageModel(task)
        case .greeting, .thanks, .farewell, .help, .wellbeing: return .smallTalk(reading.ask)
        case .identify: return named.isEmpty ? .identify : .about([.content])
        case .about(let aspects):
            // "If I enjoyed The Name of the Rose …" says what is liked; it is not asked about.
            let isKnown = mentions.allSatisfy { $0.work == nil || [.liked, .similar, .read].contains($0.stance) }
            if asksForOthers(aspects) { return .recommend }
            if !named.isEmpty, !(isKnown && aspects.isSubset(of: [.worth, .availability])) { return .about(aspects) }
            if aspects.contains(.content) || aspects.contains(.author), !wish.hasContent { return .unknown }
            return .recommend
        case .recommend:
            return wish.hasContent || !wish.knownWorks.isEmpty || !wish.excludedAuthors.isEmpty
                || !wish.excludedConcepts.isEmpty
                || !wish.softened.isEmpty || !wish.excludedNations.isEmpty || !wish.excludedPeriods.isEmpty
                || !wish.excludedPhrases.isEmpty || !wish.excludedWorks.isEmpty || !named.isEmpty || asksPlainly
                ? .recommend : .unknown
        }
    }

    /// "Is Lolita suitable for a twelve-year-old?"
    private static let age = PhraseTable<Bool>([
        (
            true,
            "suitable for;appropriate for;ok for;okay for;too scary for;too hard for;too difficult for;too old for;too young for"
        )
    ])

    /// "Compare Emma and Persuasion", "Dracula or Frankenstein, which is better?": two books that are asked about together.
    private func compared() -> [CatalogEntry]? {
        let works = mentions.filter { !$0.stance.isAgainst }.compactMap(\.work)
        let others = reading.tokens.contains { ["else", "similar"].contains($0.folded) }
        guard works.count == 2, mentions.count == 2, !others, Self.comparing.first(in: reading.tokens) != nil else {
            return nil
        }
        return works
    }

    private static let comparing = PhraseTable<Bool>([
        (
            true,
            """
            compare;compared to;compared with;comparison;difference between;differences between;differ;which is better;which one is better;\
            whats better;better than;versus;vs;which is longer;which is shorter;which is older;which should i read first;or which;\
            should i read;do i read;in common;which of the two;which of these two;\
            which one would;which would you;which one should
            """
        )
    ])

    /// "What else did the author of Dracula write?"
    func asksForOthers(_ aspects: Set<BookAspect>) -> Bool {
        aspects == [.author] && named.count == 1
            && reading.tokens.contains { ["else", "other", "others", "more", "another"].contains($0.folded) }
    }

    /// "Recommend me a good book": nothing to go by, and still a wish.
    var asksPlainly: Bool {
        reading.tokens.contains {
            [
                "book", "novel", "read", "reading", "recommend", "recommendation", "suggest", "suggestion", "story",
                "something", "anything", "surprise", "bored",
            ]
            .contains($0.stem)
        }
    }

    // MARK: - Concepts and conditions

    func addConcepts(to wish: inout Wish) {
        let plot = PlotReader(reading: reading)
        for mention in reading.concepts where !mentions.contains(where: { $0.range.overlaps(mention.range) }) {
            if wish.isPlot, mention.concept.kind != .topic, !plot.isAsked(mention.range) { continue }
            switch mention.stance {
            case .wanted, .liked, .similar:
                if !wish.concepts.contains(mention.concept) { wish.concepts.append(mention.concept) }
            case .avoided, .disliked:
                exclude(mention, from: &wish)
            case .softened:
                wish.softened.append(mention.concept)
            case .background, .read:
                // "I'm a teacher" is no wish for schools, but "my son has read" says who reads.
                if mention.concept.kind == .audience { wish.concepts.append(mention.concept) }
            }
        }
        for mention in reading.comparisons {
            guard let name = mention.mood, let concept = Lexicon.shared[name] else { continue }
            if mention.isLess { wish.softened.append(concept) } else { wish.concepts.append(concept) }
        }
        wish.softened.removeAll { wish.concepts.contains($0) }
        // "Science fiction but no space opera": the lexicon takes both for one; what is refused is the narrower word.
        wish.excludedConcepts.removeAll { wish.concepts.contains($0) }
    }

    /// Refuses what a phrase names: the concept, or only the name where a name was given ("not Oedipus").
    func exclude(_ mention: ConceptMention, from wish: inout Wish) {
        let tokens = reading.tokens[mention.range]
        let isWanted = reading.concepts.contains { $0.concept == mention.concept && $0.stance.isFor }
        let isName = mention.range.count == 1 && tokens.first.map { $0.isCapitalized && !$0.startsSentence } ?? false
        // "Not about war" leaves out the civil war, too.
        let isWord = mention.concept.kind == .topic && tokens.count == 1
        if isWanted || isName || isWord { wish.excludedPhrases.append(tokens.map(\.stem)) }
        if !isName || mention.concept.kind != .topic, !wish.excludedConcepts.contains(mention.concept) {
            wish.excludedConcepts.append(mention.concept)
        }
    }

    /// Refused words that nothing else has a meaning for ("no clowns"), and whose books are refused with "not by him".
    func addExclusions(to wish: inout Wish) {
        for index in reading.tokens.indices where reading.stances[index].isAgainst && !reading.isCommonWord(at: index) {
            let token = reading.tokens[index]
            guard token.folded.utf8.count > 3, !OthersTaste.people.contains(token.base),
                !mentions.contains(where: { $0.range.contains(index) })
            else { continue }
            wish.excludedPhrases.append([token.stem])
        }
        if Self.elsewhere.first(in: reading.tokens) != nil {
            wish.excludedAuthors += wish.seedAuthors + wish.seeds.flatMap(\.authors)
        }
    }

    /// Words that refuse the authors of what was named.
    private static let elsewhere = PhraseTable<Bool>([
        (
            true,
            "not by him;not by her;not by them;not by the same;by someone else;by somebody else;by other authors;by another author;by others;by other writers;different author;different authors;other authors"
        )
    ])

    private static func name(_ length: LengthMention) -> String {
        length.lengths.min { $0.rank < $1.rank }?.rawValue ?? "any length"
    }

    /// Of a plot only "a short novel about …" is a wish; "a huge fish" is in the book.
    private func asksForLength(_ range: Range<Int>) -> Bool {
        reading.tokens[range.upperBound...].prefix(2).contains { ["book", "novel", "story", "read"].contains($0.stem) }
    }

    func addConditions(to wish: inout Wish) {
        func isName(_ range: Range<Int>) -> Bool { mentions.contains { $0.range.overlaps(range) } }
        if let period = reading.period, !isName(period.range) {
            if reading.stances[period.range.lowerBound].isAgainst {
                wish.excludedPeriods.append(period)
            } else {
                wish.period = period
                if let other = reading.otherPeriod, !reading.stances[other.range.lowerBound].isAgainst,
                    !other.years.overlaps(period.years)
                {
                    wish.conflicts.append((taken: period.label, left: other.label))
                }
                if let nation = period.nation.flatMap(NationTable.named) { wish.nations.append(nation) }
            }
        }
        for mention in reading.nations where !isName(mention.range) {
            let stance = reading.stances[mention.range.lowerBound]
            if stance.isAgainst {
                wish.excludedNations.append(mention.nation)
            } else if mention.isLanguage {
                if !wish.languages.contains(mention.nation.language) { wish.languages.append(mention.nation.language) }
            } else if !wish.nations.contains(mention.nation) {
                wish.nations.append(mention.nation)
            }
        }
        wish.isOriginal = !wish.languages.isEmpty && LanguageReader.asksForOriginal(reading.tokens)
        if let length = reading.length, !isName(length.range), !wish.isPlot || asksForLength(length.range) {
            wish.lengths = length.lengths
        }
        // "No more Victorian novels" is about the time, not about novels.
        if !wish.excludedPeriods.isEmpty || !wish.excludedNations.isEmpty {
            wish.excludedConcepts.removeAll { $0.kind == .form }
        }
        if let length = reading.length, !wish.lengths.isEmpty,
            let other = LengthReader.read(reading.tokens, stances: reading.stances, from: length.range.upperBound),
            other.lengths.isDisjoint(with: length.lengths)
        {
            wish.conflicts.append((taken: Self.name(length), left: Self.name(other)))
        }
        wish.fame = FameReader.read(reading.tokens)
        wish.gaps = GapReader.read(reading.tokens)
        wish.comparisons = reading.comparisons.filter { !isName($0.range) }.compactMap(\.comparison)
    }
}
