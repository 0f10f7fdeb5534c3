import Chat

/// Understands a message in the light of what was said before it.
struct Understanding {
    let catalog: any BookCatalog
    let keeper: ShelfCache

    /// Messages of the user looked back at for what a follow-up goes on from.
    static let lookback = 4
    /// Bytes of a message that are read.
    static let maximumBytes = 4_096

    /// A message's wish, and what it was made of.
    struct Understood: Sendable {
        var wish: Wish
        var reading: Reading
        var mentions: [Mention]
    }

    /// - Throws: what the catalogue throws.
    func understand(_ text: String, history: [Message]) async throws -> Understood {
        let alone = try await understand(text, hasList: history.contains { !$0.recommendations.isEmpty })
        var understood = alone
        understood.wish = try await wish(alone, history: history)
        return understood
    }

    private func wish(_ understood: Understood, history: [Message]) async throws -> Wish {
        let (reading, own) = (understood.reading, understood.wish)
        switch own.intent {
        case .aside, .series, .compare, .unreadable: return own
        default: break
        }
        let shown = history.flatMap(\.recommendations)
        guard let table = BookTable(history) else { return own }
        let last = table.books
        var wish = own
        wish.shown = Set(shown.map(\.id))
        let asked = reading.followUp
        let places = asked.places.map { $0 < 0 ? last.count + $0 : $0 }.filter { last.indices.contains($0) }
        if !places.isEmpty, own.subjectWork == nil, TableQuestion.read(reading) != .why {
            return try await resumed(wish, places: places.map { last[$0].id }, reading: reading, history: history)
        }
        if let asked = try await onTable(wish, table, reading, history: history) { return asked }
        guard goesOn(reading, own) else { return wish }
        wish = merged(try await earlierWish(in: history), wish)
        wish.isFollowUp = true
        wish.wantsOthers = !asked.corrects
        wish.intent = .recommend
        if asked.isLikeThat, wish.seeds.isEmpty, let first = last.first {
            wish.seeds = try await catalog.works(withIDs: [first.id])
        }
        if wish.references.isEmpty {
            wish.references =
                wish.seeds.isEmpty ? try await catalog.works(withIDs: last.prefix(3).map(\.id)) : wish.seeds
        }
        return wish
    }

    /// A question about the list on the table, or about its first book; nil for a message that is about something else.
    private func onTable(
        _ own: Wish, _ table: BookTable, _ reading: Reading, history: [Message]
    ) async throws -> Wish? {
        var wish = own
        let last = table.books
        let asksUnknown = !own.gaps.isEmpty && Self.pointsAtList(reading)
        let asked = TableQuestion.read(reading)
        // For whom a book is says nothing of what is wished for.
        guard Self.isBare(own) || asksUnknown || asked == .age else { return nil }
        if let question = SeriesQuestion.read(reading.tokens), [.after, .before, .order].contains(question),
            let work = try await catalog.works(withIDs: [table.focus.id]).first
        {
            wish.intent = .series(SeriesAsked(question: question, work: work))
            return wish
        }
        if let question = asked {
            if let aspect = question.aspect {
                guard let subject = try await catalog.works(withIDs: [table.focus.id]).first else { return nil }
                wish.intent = .about([aspect])
                wish.subjectWork = subject
                return wish
            }
            if question == .others, let subject = try await catalog.works(withIDs: [table.focus.id]).first,
                !subject.authors.isEmpty
            {
                wish.intent = .recommend
                wish.authors = subject.authors
                wish.knownWorks.append(subject)
                wish.words = []
                wish.ownWords = []
                return wish
            }
            if question == .known || question == .liked {
                let works = try await catalog.works(withIDs: [table.focus.id])
                wish = merged(try await earlierWish(in: history), wish)
                wish.words = wish.words.filter { !own.words.contains($0) }
                wish.ownWords = wish.ownWords.filter { !own.ownWords.contains($0) }
                wish.setAside = works.first
                if question == .liked { wish.seeds = works }
                wish.knownWorks += works
                wish.isFollowUp = true
                wish.wantsOthers = true
                wish.intent = .recommend
                return wish
            }
            wish.intent = .choose(.question(question))
        } else if let (mood, isLeast) = Self.most(reading) {
            wish.intent = .choose(isLeast ? .least(mood) : .most(mood))
        } else if asksUnknown {
            wish.intent = .choose(.unknown(own.gaps[0]))
        } else if let count = reading.count?.count, !reading.followUp.asksForMore, count <= last.count {
            wish.intent = .choose(.few(count))
        } else {
            return nil
        }
        var cards = last
        if case .choose(.question(.why)) = wish.intent, reading.followUp.places.isEmpty { cards = [table.focus] }
        if let place = reading.followUp.places.first {
            let index = place < 0 ? last.count + place : place
            if last.indices.contains(index) { cards = [last[index]] }
        }
        let works = try await catalog.works(withIDs: cards.map(\.id))
        wish.table = cards.compactMap { card in works.first { $0.id == card.id } }
        wish.tableCards = cards
        return wish.table.isEmpty ? nil : wish
    }

    /// "Which one is the funniest?", "the most exciting of these", "the least gloomy": what the books of a list are compared by.
    private static func most(_ reading: Reading) -> (concept: Concept, isLeast: Bool)? {
        let tokens = reading.tokens
        for index in tokens.indices {
            let word = tokens[index].folded
            if ["most", "least"].contains(word), index + 1 < tokens.count,
                let concept = Lexicon.shared.phrase(at: index + 1, of: tokens.map(\.stem))?.concept,
                concept.kind == .mood
            {
                return (concept, word == "least")
            }
            if let concept = superlatives[word].flatMap({ Lexicon.shared[$0] }) { return (concept, false) }
        }
        return nil
    }

    private static let superlatives = [
        "funniest": "funny", "saddest": "sad", "scariest": "creepy", "creepiest": "creepy", "darkest": "dark",
        "lightest": "light", "easiest": "light", "gentlest": "gentle", "strangest": "strange", "weirdest": "strange",
        "happiest": "uplifting", "funnier": "funny", "sadder": "sad", "scarier": "creepy", "darker": "dark",
    ]

    /// "Are any of these …?"
    private static func pointsAtList(_ reading: Reading) -> Bool {
        reading.tokens.count <= 12 && reading.tokens.contains { ["these", "those", "them"].contains($0.folded) }
    }

    /// Whether a message names nothing of its own: no book, author, subject or kind.
    private static func isBare(_ wish: Wish) -> Bool {
        wish.subjectWork == nil && wish.seeds.isEmpty && wish.seedAuthors.isEmpty && wish.authors.isEmpty
            && wish.excludedAuthors.isEmpty && wish.knownWorks.isEmpty && wish.unknownTitle == nil
            && !wish.concepts.contains { [.topic, .genre, .form, .audience].contains($0.kind) }
    }

    /// - Parameter hasList: whether books are on the table: then short questions about them name none.
    private func understand(_ text: String, hasList: Bool = false) async throws -> Understood {
        let reading = Reading(text.utf8.count <= Self.maximumBytes ? text : String(text.prefix(Self.maximumBytes)))
        if let (aside, language) = Aside.read(text), !(language == .english && reading.ask.isSmallTalk) {
            var wish = Wish()
            wish.intent = .aside(aside, language)
            return Understood(wish: wish, reading: reading, mentions: [])
        }
        if let foreign = ForeignWish.read(text) {
            // What was put into English is English, so this goes one step deep.
            var understood = try await understand(foreign.text, hasList: hasList)
            understood.wish.language = foreign.language
            understood.wish.understood = foreign.understood
            return understood
        }
        if hasList, Self.asksOfList(reading) {
            return Understood(
                wish: WishBuilder(reading: reading, mentions: []).wish(), reading: reading, mentions: [])
        }
        let found = try await MentionResolver(catalog: catalog, titles: try await keeper.shelf().titles).mentions(
            in: reading)
        let mentions = WishBuilder.whole(found, in: reading)
        var understood = Understood(
            wish: WishBuilder(reading: reading, mentions: mentions).wish(), reading: reading, mentions: mentions)
        // "A cosy read where nothing terrible happens" reads like a plot; where a mood is asked for and no summary has half of it, it is none.
        if understood.wish.isPlot, understood.wish.concepts.contains(where: { $0.kind == .mood }),
            try await keeper.shelf().plots(understood.wish.words).values.max() ?? 0 < 0.5
        {
            (understood.wish.isPlot, understood.wish.tellsPlot) = (false, false)
        }
        if understood.wish.period == nil, Self.sameTime.first(in: reading.tokens) != nil {
            understood.wish.period = try await time(of: mentions)
            understood.wish.words = []
            understood.wish.ownWords = []
        }
        if mentions.isEmpty, ForeignWish.isOtherLanguage(text) { understood.wish.intent = .unreadable }
        return understood
    }

    private static let sameTime = PhraseTable<Bool>([
        (
            true,
            "that time;same time;same period;that period;same era;that era;that age;same age;those days;same century;that century;his time;her time;their time;contemporaries"
        )
    ])

    /// The time of the book or the author that a message names: twenty-five years before and after.
    private func time(of mentions: [Mention]) async throws -> PeriodMention? {
        var year = mentions.lazy.compactMap { $0.work?.approximateYear }.first
        if year == nil, let author = mentions.lazy.compactMap(\.author).first {
            var query = CatalogQuery()
            query.authors = [author]
            query.limit = 20
            let years = try await catalog.search(query).compactMap(\.entry.year).sorted()
            year = years.isEmpty ? nil : years[years.count / 2]
        }
        return year.map {
            PeriodMention(years: ($0 - 25)...($0 + 25), label: "about \(Phrase.year($0))", isLoose: false, range: 0..<0)
        }
    }

    /// "The oldest one", "tell me more about the second": no name in it, and the words of a question about a list.
    private static func asksOfList(_ reading: Reading) -> Bool {
        !reading.tokens.contains { $0.quote != nil || $0.isCapitalized && !$0.startsSentence && $0.folded != "i" }
            && (TableQuestion.read(reading) != nil || !reading.followUp.places.isEmpty || most(reading) != nil)
    }

    /// Whether a message makes sense only after the last recommendations: "something shorter", "in French?", "more".
    private func goesOn(_ reading: Reading, _ wish: Wish) -> Bool {
        switch wish.intent {
        case .smallTalk, .needsLanguageModel, .about, .identify, .choose, .series, .compare, .aside, .unreadable:
            return false
        case .recommend, .unknown: break
        }
        let asked = reading.followUp
        if asked.rejects || asked.corrects || asked.isLikeThat && wish.seeds.isEmpty && wish.seedAuthors.isEmpty {
            return true
        }
        let namesSomething =
            !wish.seeds.isEmpty || !wish.seedAuthors.isEmpty || !wish.authors.isEmpty
            || wish.concepts.contains {
                $0.kind == .topic || $0.kind == .genre || $0.kind == .form || $0.kind == .audience
            }
        if namesSomething { return false }
        let narrows =
            !wish.comparisons.isEmpty || !wish.lengths.isEmpty || !wish.languages.isEmpty || wish.period != nil
            || !wish.excludedAuthors.isEmpty || !wish.excludedConcepts.isEmpty || !wish.softened.isEmpty
            || !wish.nations.isEmpty
            || !wish.concepts.isEmpty || !wish.knownWorks.isEmpty
        // "Give me ten": of what was wished for before.
        let isNumber = reading.count != nil && wish.words.isEmpty
        return asked.asksForMore || isNumber || (narrows && reading.tokens.count <= 14)
    }

    /// The user's last wish that stood by itself, with the follow-ups after it.
    private func earlierWish(in history: [Message]) async throws -> Wish {
        var steps: [Wish] = []
        for message in history.reversed() where message.role == .user {
            let understood = try await understand(message.content, hasList: true)
            let (reading, wish) = (understood.reading, understood.wish)
            // A question about the list before it wishes for nothing.
            let asksOfList = reading.count != nil && wish.ownWords.isEmpty || Self.asksOfList(reading)
            if Self.isBare(wish), asksOfList, !reading.followUp.isLikeThat {
                continue
            }
            if !wish.gaps.isEmpty, Self.pointsAtList(reading) { continue }
            let isStart =
                !goesOn(reading, wish) && reading.followUp.places.isEmpty && wish.intent == .recommend
                && wish.hasContent
            if isStart || goesOn(reading, wish) { steps.append(wish) }
            if isStart || steps.count == Self.lookback { break }
        }
        guard var earlier = steps.popLast() else { return Wish() }
        while let next = steps.popLast() { earlier = merged(earlier, next) }
        return earlier
    }

    /// What was wanted before, narrowed by what is said now.
    private func merged(_ earlier: Wish, _ now: Wish) -> Wish {
        var wish = earlier
        wish.shown = now.shown
        wish.knownWorks += now.knownWorks
        wish.knownSeries += now.knownSeries
        wish.excludedAuthors += now.excludedAuthors
        wish.excludedWorks += now.excludedWorks
        wish.excludedConcepts += now.excludedConcepts
        wish.excludedPhrases += now.excludedPhrases
        wish.excludedPeriods += now.excludedPeriods
        wish.softened += now.softened
        // "Something funnier" after a sad one is no longer to be sad.
        if now.concepts.contains(where: { $0.kind == .mood }) { wish.concepts.removeAll { $0.kind == .mood } }
        wish.concepts += now.concepts.filter { !wish.concepts.contains($0) }
        wish.concepts.removeAll { concept in wish.excludedConcepts.contains(concept) || wish.softened.contains(concept)
        }
        wish.authors.removeAll { wish.excludedAuthors.contains($0) }
        if let period = now.period { wish.period = period }
        if !now.languages.isEmpty { wish.languages = now.languages }
        if !now.nations.isEmpty { wish.nations = now.nations }
        // "Half as long" takes the place of "long".
        if !now.lengths.isEmpty || now.comparisons.contains(where: { [.shorter, .longer].contains($0) }) {
            wish.lengths = now.lengths
        }
        wish.comparisons = now.comparisons
        wish.count = now.count
        wish.language = now.language
        wish.understood = now.understood
        wish.words += now.words
        wish.ownWords += now.ownWords
        return wish
    }

    /// "more like the second one", "tell me about the third", "I've read the first".
    private func resumed(
        _ wish: Wish, places ids: [BookID], reading: Reading, history: [Message]
    ) async throws -> Wish {
        var wish = wish
        let works = try await catalog.works(withIDs: ids)
        guard let first = works.first else { return wish }
        wish.isFollowUp = true
        var aspects = TableQuestion.read(reading)?.aspect.map { Set([$0]) }
        if case .about(let asked) = reading.ask { aspects = asked }
        if let aspects {
            wish.intent = .about(aspects)
            wish.subjectWork = first
            return wish
        }
        let stance =
            reading.tokens.firstIndex { PeriodTable.ordinals[$0.folded] != nil }.map { reading.stances[$0] } ?? .wanted
        wish.intent = .recommend
        wish.wantsOthers = true
        if stance == .similar || stance == .liked || reading.followUp.asksForMore || reading.followUp.isLikeThat
            || !wish.comparisons.isEmpty
        {
            wish.seeds += works
            wish.references = works
            // "The second one" says which, and nothing of what is wanted.
            wish.words.removeAll { PeriodTable.ordinals[$0] != nil }
            wish.ownWords.removeAll { PeriodTable.ordinals[$0] != nil }
            return wish
        }
        if stance == .read || stance.isAgainst {
            wish = merged(try await earlierWish(in: history), wish)
            wish.knownWorks += works
            wish.isFollowUp = true
            wish.wantsOthers = true
            return wish
        }
        wish.intent = .about([.content])
        wish.subjectWork = first
        return wish
    }
}
