import Chat

/// Moods of the catalogue that no reader's word stands for.
enum StopSubjects {
    static let moods: Set<String> = [
        "suspenseful", "witty", "eerie", "tragic", "tender", "melancholy", "dreamlike", "whimsical", "cosy",
        "fast-paced",
        "philosophical", "thought-provoking", "eye-opening", "long", "short", "literary fiction",
    ]
}

/// Says of each recommended work why it is there.
struct ReasonWriter: Sendable {
    let wish: Wish
    let relaxed: [Relaxation]

    /// Most reasons on one card.
    static let maximumReasons = 4
    /// A liking is spoken of from here on: one that was stated, or that several wishes show. A single question is none.
    static let leastLiking = 0.4

    func reasons(for scored: Scored) -> [Reason] {
        var reasons: [Reason] = []
        if let likeness = likeness(scored) { reasons.append(likeness) }
        if let query = query(scored) { reasons.append(query) }
        reasons += conditions(scored)
        reasons += preferences(scored)
        if scored.entry.popularity >= 0.55 || reasons.isEmpty { reasons.append(popular(scored.entry)) }
        // Stable order: by weight, the earlier kind first among equals.
        let ranked = reasons.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
        return ranked.prefix(Self.maximumReasons).map(\.element)
    }

    private func likeness(_ scored: Scored) -> Reason? {
        // A book has everything in common with itself.
        guard let shared = scored.likeness, shared.value > 0.08, shared.name != scored.entry.title else { return nil }
        let weight = rounded(min(1, shared.value * 1.5))
        if !shared.subjects.isEmpty {
            let nouns = shared.subjects.filter { !Phrase.adjectives.contains($0) && !StopSubjects.moods.contains($0) }
            let text =
                nouns.isEmpty
                ? "is as \(Phrase.list(shared.subjects)) as \(shared.name)"
                : "shares \(Phrase.list(nouns.map(Phrase.subject))) with \(shared.name)"
            return Reason(kind: .similarTo, text: text, weight: weight)
        }
        if shared.isSameAuthor {
            return Reason(kind: .similarTo, text: "is by the author of \(shared.name)", weight: weight)
        }
        return shared.value > 0.15
            ? Reason(kind: .similarTo, text: "is in the manner of \(shared.name)", weight: weight) : nil
    }

    private func query(_ scored: Scored) -> Reason? {
        let asked = wish.authors.filter { author in
            let author = FoldedName(author)
            return scored.work.authors.contains { $0.isSamePerson(as: author) }
        }
        let concepts = scored.concepts.sorted { ($1.strength, $0.concept.id) < ($0.strength, $1.concept.id) }.prefix(3)
        var parts: [String] = []
        var weight = 0.0
        if let author = asked.first {
            parts.append("is by \(author)")
            weight = 0.8
        }
        if !concepts.isEmpty {
            parts.append(Phrase.fit(concepts.map(\.concept)))
            weight = max(weight, concepts[0].strength)
        }
        if parts.isEmpty {
            guard !wish.words.isEmpty else { return nil }
            var text = StemmedText()
            text.append(scored.entry.title)
            for subject in scored.entry.subjects { text.append(subject) }
            if let summary = scored.entry.summary { text.append(summary) }
            let matched = wish.words.filter { text.contains(StemmedText.phrase([Folding.stem($0)])) }
            guard !matched.isEmpty else { return nil }
            parts.append("speaks of \(Phrase.list(Array(matched.prefix(3))))")
            weight = max(0.2, scored.text * 0.6)
        }
        return Reason(kind: .query, text: Phrase.list(parts), weight: rounded(min(1, weight)))
    }

    /// Period, language and length that were asked for and are met.
    private func conditions(_ scored: Scored) -> [Reason] {
        var parts: [String] = []
        let entry = scored.entry
        if let period = wish.period, let own = entry.period, own.overlaps(period.years) {
            parts.append(
                entry.year.map { "was written in \(Phrase.year($0))" }
                    ?? "was written between \(Phrase.year(own.lowerBound)) and \(Phrase.year(own.upperBound))")
        }
        for comparison in wish.comparisons { if let text = compared(comparison, entry) { parts.append(text) } }
        if let language = wish.languages.first(where: { entry.languages.contains($0) }) {
            // The first is the language that it was written in; of a text in it only the others are proof.
            let isOriginal = entry.languages.count > 1 && entry.languages.first == language
            parts.append("\(isOriginal ? "was written" : "is") in \(NationTable.label(ofLanguage: language))")
        }
        if let length = entry.length, wish.lengths.contains(length) { parts.append("is \(Phrase.length(length))") }
        if let nation = wish.nations.first(where: { nation in
            scored.traits.nation.map { NationTable.isOf($0, asked: nation.name) } ?? false
        }) {
            parts.append("is by a writer who counts as \(nation.label)")
        }
        return parts.isEmpty ? [] : [Reason(kind: .query, text: Phrase.list(parts), weight: 0.5)]
    }

    private func compared(_ comparison: Comparison, _ entry: CatalogEntry) -> String? {
        guard let reference = wish.references.first else { return nil }
        switch comparison {
        case .shorter, .longer:
            guard let own = entry.length, let other = reference.length, own.rank != other.rank else { return nil }
            return (own.rank < other.rank) == (comparison == .shorter)
                ? "is \(comparison.label) than \(reference.title)" : nil
        case .older, .newer:
            guard let own = entry.approximateYear, let other = reference.approximateYear, own != other else {
                return nil
            }
            return (own < other) == (comparison == .older) ? "is \(comparison.label) than \(reference.title)" : nil
        }
    }

    private func preferences(_ scored: Scored) -> [Reason] {
        scored.preferences.filter {
            $0.leaning.preference.source == .override || $0.leaning.preference.weight >= Self.leastLiking
        }.sorted { ($1.value, $0.leaning.key) < ($0.value, $1.leaning.key) }.prefix(2).map {
            leaning, value in
            let said =
                leaning.preference.source == .override ? "suits the preference you set for" : "suits your liking for"
            return Reason(
                kind: .preference, text: "\(said) \(Phrase.preference(leaning.preference))",
                weight: rounded(min(1, value * 2)))
        }
    }

    private func popular(_ entry: CatalogEntry) -> Reason {
        let text =
            entry.popularity >= 0.7
            ? "is one of the best known books in the catalogue"
            : entry.popularity >= 0.3
                ? "is well known and much read" : "stands in the catalogue near what you asked for"
        return Reason(
            kind: entry.popularity >= 0.3 ? .popular : .query, text: text,
            weight: rounded(max(0.05, entry.popularity * 0.5)))
    }

    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
