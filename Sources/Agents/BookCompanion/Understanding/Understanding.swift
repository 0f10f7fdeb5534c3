import Chat

/// Understands a message in the light of what was said before it.
struct Understanding {
    let catalog: any BookCatalog
    let keeper: ShelfKeeper

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
        let alone = try await understand(text)
        var understood = alone
        understood.wish = try await wish(alone, history: history)
        return understood
    }

    private func wish(_ understood: Understood, history: [Message]) async throws -> Wish {
        let (reading, own) = (understood.reading, understood.wish)
        switch own.intent {
        case .aside, .series: return own
        default: break
        }
        let shown = history.flatMap(\.recommendations)
        guard let last = history.last(where: { !$0.recommendations.isEmpty })?.recommendations else { return own }
        var wish = own
        wish.shown = Set(shown.map(\.id))
        let asked = reading.followUp
        let places = asked.places.map { $0 < 0 ? last.count + $0 : $0 }.filter { last.indices.contains($0) }
        if !places.isEmpty, own.subjectWork == nil, TableQuestion.read(reading) != .why {
            return try await resumed(wish, places: places.map { last[$0].id }, reading: reading, history: history)
        }
        if let asked = try await onTable(wish, last, reading, history: history) { return asked }
        guard goesOn(reading, own) else { return wish }
        wish = merged(try await earlierWish(in: history), wish)
        wish.isFollowUp = true
        wish.wantsOthers = true
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
        _ own: Wish, _ last: [Book], _ reading: Reading, history: [Message]
    ) async throws -> Wish? {
        guard Self.isBare(own) else { return nil }
        var wish = own
        if let question = SeriesQuestion.read(reading.tokens), question == .after || question == .before,
            let work = try await catalog.works(withIDs: [last[0].id]).first
        {
            wish.intent = .series(SeriesAsked(question: question, work: work))
            return wish
        }
        if let question = TableQuestion.read(reading) {
            if let aspect = question.aspect {
                guard let subject = try await catalog.works(withIDs: [last[0].id]).first else { return nil }
                wish.intent = .about([aspect])
                wish.subjectWork = subject
                return wish
            }
            if question == .known {
                let works = try await catalog.works(withIDs: [last[0].id])
                wish = merged(try await earlierWish(in: history), wish)
                wish.words = []
                wish.setAside = works.first
                wish.knownWorks += works
                wish.isFollowUp = true
                wish.wantsOthers = true
                wish.intent = .recommend
                return wish
            }
            wish.intent = .choose(.question(question))
        } else if let count = reading.count?.count, !reading.followUp.asksForMore {
            wish.intent = .choose(.few(count))
        } else {
            return nil
        }
        var cards = last
        if let place = reading.followUp.places.first {
            let index = place < 0 ? last.count + place : place
            if last.indices.contains(index) { cards = [last[index]] }
        }
        let works = try await catalog.works(withIDs: cards.map(\.id))
        wish.table = cards.compactMap { card in works.first { $0.id == card.id } }
        wish.tableCards = cards
        return wish.table.isEmpty ? nil : wish
    }

    /// Whether a message names nothing of its own: no book, author, subject or kind.
    private static func isBare(_ wish: Wish) -> Bool {
        wish.subjectWork == nil && wish.seeds.isEmpty && wish.seedAuthors.isEmpty && wish.authors.isEmpty
            && wish.excludedAuthors.isEmpty && wish.knownWorks.isEmpty && wish.unknownTitle == nil
            && !wish.concepts.contains { [.topic, .genre, .form, .audience].contains($0.kind) }
    }

    private func understand(_ text: String) async throws -> Understood {
        let reading = Reading(text.utf8.count <= Self.maximumBytes ? text : String(text.prefix(Self.maximumBytes)))
        if let (aside, language) = Aside.read(text), !(language == .english && reading.ask.isSmallTalk) {
            var wish = Wish()
            wish.intent = .aside(aside, language)
            return Understood(wish: wish, reading: reading, mentions: [])
        }
        if let foreign = ForeignWish.read(text) {
            // What was put into English is English, so this goes one step deep.
            var understood = try await understand(foreign.text)
            understood.wish.language = foreign.language
            return understood
        }
        let found = try await MentionResolver(catalog: catalog, titles: try await keeper.shelf().titles).mentions(
            in: reading)
        let mentions = WishBuilder.whole(found, in: reading)
        return Understood(
            wish: WishBuilder(reading: reading, mentions: mentions).wish(), reading: reading, mentions: mentions)
    }

    /// Whether a message makes sense only after the last recommendations: "something shorter", "in French?", "more".
    private func goesOn(_ reading: Reading, _ wish: Wish) -> Bool {
        switch wish.intent {
        case .smallTalk, .needsLanguageModel, .about, .identify, .choose, .series, .aside: return false
        case .recommend, .unknown: break
        }
        let asked = reading.followUp
        if asked.isLikeThat || asked.rejects { return true }
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
        return asked.asksForMore || (narrows && reading.tokens.count <= 14)
    }

    /// The user's last wish that stood by itself, with the follow-ups after it.
    private func earlierWish(in history: [Message]) async throws -> Wish {
        var steps: [Wish] = []
        for message in history.reversed() where message.role == .user {
            let understood = try await understand(message.content)
            let (reading, wish) = (understood.reading, understood.wish)
            // A question about the list before it wishes for nothing.
            if Self.isBare(wish), reading.count != nil || TableQuestion.read(reading) != nil { continue }
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
        wish.concepts += now.concepts.filter { !wish.concepts.contains($0) }
        wish.concepts.removeAll { concept in wish.excludedConcepts.contains(concept) || wish.softened.contains(concept)
        }
        wish.authors.removeAll { wish.excludedAuthors.contains($0) }
        if let period = now.period { wish.period = period }
        if !now.languages.isEmpty { wish.languages = now.languages }
        if !now.nations.isEmpty { wish.nations = now.nations }
        if !now.lengths.isEmpty { wish.lengths = now.lengths }
        wish.comparisons = now.comparisons
        wish.count = now.count
        wish.language = now.language
        wish.words += now.words
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
        if case .about(let aspects) = reading.ask {
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
