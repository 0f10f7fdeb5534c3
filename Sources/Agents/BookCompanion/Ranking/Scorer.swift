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
    /// When the message says nothing of what is wanted.
    var preferenceAlone = 1.5
    var factual = 0.5
    var unaskedForm = 0.3
    var otherTongue = 0.4
    var softened = 0.6
    var aversion = 1.5
    var against = 0.5
    var children = 0.35
    var distant = 0.2
    var least = 0.25
    var loosePeriod = 0.8
    var widePeriod = 0.3
    var unknownLength = 0.35
    var clutter = 0.5
    var knownAuthor = 0.2
    var foreignTitle = 0.25

    static let standard = Weights()
}

/// Gives candidates their scores.
struct Scorer: Sendable {
    let wish: Wish
    let taste: Taste
    let likeness: Likeness
    private let aversion: Likeness
    let weights: Weights
    /// Whether stories are wanted rather than facts, as far as the wish tells.
    private let wantsStories: Bool
    private let asksForForm: Bool
    private let words: Set<String>

    init(wish: Wish, taste: Taste, rarity: SubjectRarity, weights: Weights = .standard) {
        self.wish = wish
        self.taste = taste
        likeness = Likeness(wish, rarity: rarity)
        aversion = Likeness.toUnwanted(wish, rarity: rarity)
        self.weights = weights
        words = Set(wish.words.map(Folding.stem))
        let factual: Set<String> = [
            "non-fiction", "memoir", "biography", "history", "travel", "exploration", "nature", "popular science",
            "philosophy", "religion",
            "essays", "letters", "diaries", "technology", "sociology", "literary criticism", "self-help", "reference",
        ]
        let asksForFacts = wish.concepts.contains { factual.contains($0.name) }
        let asksForStories = wish.concepts.contains {
            ($0.kind == .genre || $0.kind == .mood || $0.kind == .form) && !factual.contains($0.name)
        }
        let likesStories = wish.seeds.contains { $0.subjects.contains("fiction") } || !wish.seedAuthors.isEmpty
        wantsStories = !asksForFacts && (asksForStories || likesStories)
        let forms: Set<String> = ["plays", "poetry", "comedy", "tragedy", "epic", "opera"]
        asksForForm =
            wish.concepts.contains { forms.contains($0.name) } || !wish.authors.isEmpty
            || wish.seeds.contains { $0.subjects.contains("drama") || $0.subjects.contains("poetry") }
    }

    func score(_ candidate: Candidate, _ traits: Traits) -> Scored {
        let entry = candidate.entry
        var scored = Scored(entry: entry, traits: traits, score: 0, text: candidate.text)
        scored.score += conceptScore(&scored)
        let knowsMore = !wish.concepts.isEmpty || !likeness.isEmpty
        scored.text = candidate.text > 0 ? candidate.text * (0.2 + 0.8 * coverage(entry)) : 0
        scored.score += (knowsMore ? weights.text : weights.textAlone) * scored.text
        if let shared = likeness.shared(entry, traits) {
            scored.likeness = shared
            scored.score += weights.likeness * shared.value
        }
        if let shared = aversion.shared(entry, traits) { scored.score -= weights.aversion * shared.value }
        scored.score += fame(entry)
        if traits.nation != nil, wish.fame >= 0 { scored.score += weights.knownAuthor }
        scored.score += preferences(&scored)
        scored.score -= penalties(entry, traits)
        return scored
    }

    /// Share of the message's own words that the catalogue's text of a work has.
    private func coverage(_ entry: CatalogEntry) -> Double {
        guard !words.isEmpty else { return 0 }
        var stems = Set(Folding.stems(entry.title))
        for subject in entry.subjects { stems.formUnion(Folding.stems(subject)) }
        if let summary = entry.summary { stems.formUnion(Folding.stems(summary)) }
        for author in entry.authors { stems.formUnion(Folding.stems(author)) }
        return Double(words.filter(stems.contains).count) / Double(words.count)
    }

    private func importance(_ concept: Concept) -> Double {
        switch concept.kind {
        case .topic: 1.2
        case .genre: 1
        case .mood: 0.8
        // The list holds nothing else anyway; what else was said decides.
        case .audience: wish.concepts.count > 1 || !likeness.isEmpty ? 0.3 : 0.8
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
        // "Plays or poems": forms are alternatives, since hardly a book has two.
        var bestForm: Double?
        for concept in wish.concepts where concept.name != "grown-ups" {
            let strength = min(1, scored.traits[concept.id])
            if strength >= 0.3 { scored.concepts.append((concept, strength)) }
            let weight = importance(concept)
            if concept.kind == .form {
                bestForm = max(bestForm ?? 0, weight * strength)
                continue
            }
            sum += weight * strength
            total += weight
            if weight >= 0.8 { least = min(least, strength) }
        }
        if let bestForm {
            sum += bestForm
            total += 0.9
            least = min(least, bestForm / 0.9)
        }
        guard total > 0 else { return 0 }
        let mean = sum / total
        return weights.concept * (wish.concepts.count > 1 ? (1 - weights.least) * mean + weights.least * least : mean)
    }

    private func fame(_ entry: CatalogEntry) -> Double {
        if wish.fame < 0 { return weights.popularity * 0.35 * entry.popularity }
        return weights.popularity * (wish.fame > 0 ? 1.5 : 1) * entry.popularity
    }

    private static func looksEnglish(_ title: String) -> Bool {
        Folding.words(title).contains { ["the", "of", "and", "to", "from", "with"].contains($0) }
    }

    private func preferences(_ scored: inout Scored) -> Double {
        var sum = 0.0
        for leaning in taste.leanings {
            let match = taste.match(leaning, scored.entry, scored.traits)
            guard match > 0 else { continue }
            // What the message itself asks for is not held against it by what was said before.
            if leaning.strength < 0, let concept = leaning.concept, wish.concepts.contains(concept) { continue }
            let value = (wish.hasContent ? weights.preference : weights.preferenceAlone) * leaning.strength * match
            sum += value
            if value > 0 { scored.preferences.append((leaning, value)) }
        }
        return max(-2, min(wish.hasContent ? 1.2 : 3, sum))
    }

    private func penalties(_ entry: CatalogEntry, _ traits: Traits) -> Double {
        var sum = 0.0
        if traits.isFactual, wantsStories { sum += weights.factual }
        if !asksForForm, entry.subjects.contains("drama") || entry.subjects.contains("poetry") {
            sum += weights.unaskedForm
        }
        for nation in wish.nations where nation.language != "en" && entry.languages.first == "en" {
            sum += weights.otherTongue
        }
        for language in wish.languages
        where entry.languages.first != language || entry.popularity < 0.1 && entry.languages.count == 2 {
            sum += weights.otherTongue
        }
        if !wish.languages.isEmpty, !wish.languages.contains("en"), Self.looksEnglish(entry.title) {
            sum += weights.foreignTitle
        }
        for concept in wish.softened { sum += weights.softened * traits[concept.id] }
        for concept in wish.excludedConcepts { sum += weights.softened * traits[concept.id] }
        for concept in wish.concepts where traits.against.contains(concept.id) { sum += weights.against }
        let asksForChildren = wish.concepts.contains { $0.kind == .audience }
        if !asksForChildren, likeness.isEmpty, let children = Lexicon.shared["children's"],
            traits.stated.contains(children.id)
        {
            sum += weights.children * traits[children.id]
        }
        // Few mean Aristophanes when they ask for something funny.
        if wish.period == nil, wish.authors.isEmpty, likeness.isEmpty, let year = entry.approximateYear, year < 1700 {
            sum += weights.distant
        }
        if let period = wish.period {
            if period.isLoose, let own = entry.period, !own.overlaps(period.years) { sum += weights.loosePeriod }
            if !period.isLoose, let own = entry.period, entry.year == nil {
                sum += weights.widePeriod * (1 - own.share(in: period.years))
            }
        }
        if !wish.lengths.isEmpty, entry.length == nil { sum += weights.unknownLength }
        if traits.isClutter { sum += weights.clutter }
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
