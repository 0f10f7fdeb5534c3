import Chat

/// Answers what is asked of the list that was shown last: which is the shortest, which to begin with, why one is there.
struct ChoiceAnswer {
    let choice: Wish.Choice
    /// The books of the list, in its order.
    let table: [CatalogEntry]
    /// Their cards, with why each was shown.
    let cards: [Book]

    /// The books that the answer speaks of.
    var chosen: [CatalogEntry] {
        switch choice {
        case .few(let count): return Array(table.prefix(count))
        case .question(.start), .question(.why): return Array(table.prefix(1))
        case .most(let concept):
            let best = valued(concept).filter { $0.value > 0.2 }.max { ($0.value, $1.place) < ($1.value, $0.place) }
            return best.map { [$0.entry] } ?? []
        case .least(let concept):
            let valued = valued(concept)
            guard valued.contains(where: { $0.value > 0.2 }) else { return [] }
            return valued.min { ($0.value, $0.place) < ($1.value, $1.place) }.map { [$0.entry] } ?? []
        case .unknown: return table
        case .question(let question):
            guard let best = ranked(question).first else { return [] }
            return [best]
        }
    }

    private func valued(_ concept: Concept) -> [(place: Int, entry: CatalogEntry, value: Double)] {
        table.enumerated().map { (place: $0, entry: $1, value: Work($1).traits[concept.id]) }
    }

    func sentences() -> [String] {
        guard let first = chosen.first else { return unknown() }
        switch choice {
        case .unknown(let gap):
            return [
                "The catalogue does not say \(gap), so I cannot tell you that of these books. ",
                "I can compare them by age, length and subject, or tell you more about one of them.",
            ]
        case .most(let concept):
            let most = Self.superlatives[concept.name] ?? "the most \(Phrase.adjective(concept.name) ?? "like that")"
            return ["Going by its subjects, \(Phrase.book(first)) is \(most) of these. ", about(first)]
        case .least(let concept):
            let least = Phrase.adjective(concept.name).map { "the least \($0)" } ?? "furthest from that"
            return ["Going by its subjects, \(Phrase.book(first)) is \(least) of these. ", about(first)]
        case .few(1): return ["Then take \(Phrase.book(first)). ", about(first), reason(first)]
        case .few:
            return [
                "Then I would keep these: \(Phrase.list(chosen.map(Phrase.book))). ",
                "Shall I say more about one of them?",
            ]
        case .question(.start):
            return [
                "I would start with \(Phrase.book(first)). ", reason(first), about(first),
                first.length == .long
                    ? "It is a long one, so take your time."
                    : first.length.map { "It is \(Phrase.length($0)). " } ?? "",
            ].filter { !$0.isEmpty }
        case .question(.why): return why(first)
        case .question(let question): return superlative(question, first)
        }
    }

    private static let superlatives = [
        "funny": "the funniest", "sad": "the saddest", "dark": "the darkest", "gentle": "the gentlest",
        "light": "the lightest",
        "strange": "the strangest", "creepy": "the creepiest",
    ]

    // MARK: - Why

    private func why(_ entry: CatalogEntry) -> [String] {
        let reasons = cards.first { $0.id == entry.id }?.reasons.map(\.text).filter { !$0.hasPrefix("the ") } ?? []
        let told =
            reasons.isEmpty ? "it came nearest to what you asked for" : "it \(Phrase.list(Array(reasons.prefix(3))))"
        return [
            "*\(Phrase.plain(entry.title))* is there because \(told). ",
            "If that is not what you meant, tell me what matters to you.",
        ]
    }

    private func reason(_ entry: CatalogEntry) -> String {
        guard
            let reason = cards.first(where: { $0.id == entry.id })?.reasons.first(where: {
                $0.kind != .popular && !$0.text.hasPrefix("the ") && !$0.text.hasPrefix("is by ")
            })
        else {
            return ""
        }
        return "It \(reason.text). "
    }

    private func about(_ entry: CatalogEntry) -> String {
        guard let summary = entry.summary else { return "" }
        return Phrase.plain(summary) + (summary.last.map { ".!?".contains($0) } == true ? " " : ". ")
    }

    // MARK: - The most of something

    /// The books for which it is known, the most first.
    private func ranked(_ question: TableQuestion) -> [CatalogEntry] {
        let valued = table.enumerated().compactMap { place, entry in
            value(question, entry).map { (place: place, entry: entry, value: $0) }
        }
        return valued.sorted { ($1.value, $0.place) < ($0.value, $1.place) }.map(\.entry)
    }

    private func value(_ question: TableQuestion, _ entry: CatalogEntry) -> Double? {
        switch question {
        case .shortest: entry.length.map { -Double($0.rank) }
        case .longest: entry.length.map { Double($0.rank) }
        case .oldest: entry.approximateYear.map { -Double($0) }
        case .newest: entry.approximateYear.map { Double($0) }
        case .famous: entry.popularity > 0 ? entry.popularity : nil
        case .best: entry.rating ?? nil
        default: nil
        }
    }

    private func superlative(_ question: TableQuestion, _ first: CatalogEntry) -> [String] {
        let best = value(question, first)
        let ties = ranked(question).dropFirst().filter { value(question, $0) == best }
        let name = Phrase.book(first)
        let unknown = table.count - ranked(question).count
        let note =
            unknown == 0
            ? ""
            : unknown == 1
                ? ", as far as I know (I cannot tell for one of them)"
                : ", as far as I know (I cannot tell for \(unknown) of them)"
        switch question {
        case .shortest, .longest:
            let length = first.length.map(Phrase.length) ?? ""
            if ties.isEmpty { return ["That is \(name)\(note). ", "It is \(length). ", about(first)] }
            let all = Phrase.list(([first] + ties.prefix(3)).map { "*\(Phrase.plain($0.title))*" })
            return [
                "I only know lengths roughly: \(all) are \(ties.count > 1 ? "all" : "both") \(length)\(note). ",
                "Of these I would take \(name).",
            ]
        case .oldest, .newest:
            return ["The \(question == .oldest ? "oldest" : "newest") of these is \(name)\(note). ", about(first)]
        case .famous: return ["The best known of these is \(name). ", about(first)]
        default:
            let rating = first.rating.map { " with \(($0 * 10).rounded() / 10) of 5" } ?? ""
            return ["Readers rate \(name) highest of these\(rating)\(note). ", about(first)]
        }
    }

    private func unknown() -> [String] {
        if case .question(.best) = choice {
            return [
                "I have no readers' ratings for these books. ",
                "The first of the list came nearest to what you asked for.",
            ]
        }
        return ["The catalogue does not tell that of any of these books. ", "Ask me about one of them, or for others."]
    }
}
