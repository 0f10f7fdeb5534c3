import Chat

/// A candidate with its score and what made it.
struct Scored: Sendable {
    var entry: CatalogEntry
    var traits: Traits
    var score: Double
    /// Parts of the score, for the reasons.
    var concepts: [(concept: Concept, strength: Double)] = []
    var likeness: Likeness.Shared?
    var preferences: [(leaning: Taste.Leaning, value: Double)] = []
    var text = 0.0
}

/// How much each sign counts. Chosen on the tuning half of the evaluation's questions.
struct Weights: Sendable {
    var concept = 2.4
    var text = 0.7
    /// The text's share when nothing else is known of what is wanted.
    var textAlone = 1.6
    var likeness = 3.0
    var popularity = 0.9
    var preference = 0.5
    var foreign = 0.9
    var softened = 0.6
    var against = 0.5
    var children = 0.35
    var loosePeriod = 0.3
    var widePeriod = 0.3
    var unknownLength = 0.35
    var clutter = 0.5

    static let standard = Weights()
}

/// Gives candidates their scores.
struct Scorer: Sendable {
    let wish: Wish
    let taste: Taste
    let likeness: Likeness
    let weights: Weights

    init(wish: Wish, taste: Taste, likeness: Likeness, weights: Weights = .standard) {
        self.wish = wish
        self.taste = taste
        self.likeness = likeness
        self.weights = weights
    }

    func score(_ candidate: Candidate, _ traits: Traits) -> Scored {
        let entry = candidate.entry
        var scored = Scored(entry: entry, traits: traits, score: 0, text: candidate.text)
        scored.score += conceptScore(&scored)
        let knowsMore = !wish.concepts.isEmpty || !likeness.isEmpty
        scored.score += (knowsMore ? weights.text : weights.textAlone) * candidate.text
        if let shared = likeness.shared(entry, traits) {
            scored.likeness = shared
            scored.score += weights.likeness * shared.value
        }
        scored.score += fame(entry)
        scored.score += preferences(&scored)
        scored.score -= penalties(entry, traits)
        return scored
    }

    private func importance(_ concept: Concept) -> Double {
        switch concept.kind {
        case .topic: 1.2
        case .genre: 1
        case .mood: 0.8
        case .audience: 0.8
        case .form: ["novel", "non-fiction", "memoir"].contains(concept.name) ? 0.4 : 0.9
        }
    }

    /// How well all concepts asked for are met: a book that has one of two fully and the other not at all is worth less
    /// than one that has some of both.
    private func conceptScore(_ scored: inout Scored) -> Double {
        guard !wish.concepts.isEmpty else { return 0 }
        var sum = 0.0
        var total = 0.0
        var least = 1.0
        for concept in wish.concepts {
            let strength = min(1, scored.traits[concept.id])
            let weight = importance(concept)
            sum += weight * strength
            total += weight
            if weight >= 0.8 { least = min(least, strength) }
            if strength >= 0.3 { scored.concepts.append((concept, strength)) }
        }
        let mean = sum / total
        return weights.concept * (wish.concepts.count > 1 ? 0.75 * mean + 0.25 * least : mean)
    }

    private func fame(_ entry: CatalogEntry) -> Double {
        if wish.fame < 0 { return weights.popularity * 0.35 * entry.popularity }
        return weights.popularity * (wish.fame > 0 ? 1.5 : 1) * entry.popularity
    }

    private func preferences(_ scored: inout Scored) -> Double {
        var sum = 0.0
        for leaning in taste.leanings {
            let match = taste.match(leaning, scored.entry, scored.traits)
            guard match > 0 else { continue }
            // What the message itself asks for is not held against it by what was said before.
            if leaning.strength < 0, let concept = leaning.concept, wish.concepts.contains(concept) { continue }
            let value = weights.preference * leaning.strength * match
            sum += value
            if value > 0 { scored.preferences.append((leaning, value)) }
        }
        return max(-1.5, min(1.2, sum))
    }

    private func penalties(_ entry: CatalogEntry, _ traits: Traits) -> Double {
        var sum = 0.0
        if wish.languages.isEmpty, !entry.languages.isEmpty, !entry.languages.contains("en") { sum += weights.foreign }
        for concept in wish.softened { sum += weights.softened * traits[concept.id] }
        for concept in wish.excludedConcepts { sum += weights.softened * traits[concept.id] }
        for concept in wish.concepts where traits.against.contains(concept.id) { sum += weights.against }
        let asksForChildren = wish.concepts.contains { $0.kind == .audience }
        if !asksForChildren, likeness.isEmpty, let children = Lexicon.shared["children's"], traits.stated.contains(children.id) {
            sum += weights.children * traits[children.id]
        }
        if let period = wish.period {
            if period.isLoose, let own = entry.period, !own.overlaps(period.years) { sum += weights.loosePeriod }
            if !period.isLoose, let own = entry.period, entry.year == nil { sum += weights.widePeriod * (1 - own.share(in: period.years)) }
        }
        if !wish.lengths.isEmpty, entry.length == nil { sum += weights.unknownLength }
        let isClutter = entry.subjects.contains { ["periodicals", "reference", "literary criticism"].contains($0) }
        if isClutter { sum += weights.clutter }
        return sum
    }
}

extension ClosedRange<Int> {
    /// How much of this range lies in the other, 0 to 1.
    func share(in other: ClosedRange<Int>) -> Double {
        guard overlaps(other) else { return 0 }
        let common = Swift.min(upperBound, other.upperBound) - Swift.max(lowerBound, other.lowerBound) + 1
        return Double(common) / Double(upperBound - lowerBound + 1)
    }
}
