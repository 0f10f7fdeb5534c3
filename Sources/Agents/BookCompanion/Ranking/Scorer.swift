import Chat

/// A candidate with its score and what made it.
struct Scored: Sendable {
    var work: Work
    var score: Double
    /// Parts of the score, for the reasons; worked out for the works that are picked, see `Scorer.explain`.
    var concepts: [(concept: Concept, strength: Double)] = []
    var likeness: Likeness.Shared?
    var preferences: [(leaning: Taste.Leaning, value: Double)] = []
    var text = 0.0

    var entry: CatalogEntry { work.entry }
    var traits: Traits { work.traits }
}

/// Gives candidates their scores.
struct Scorer: Sendable {
    /// A concept asked for, as far as the score needs it.
    private struct Wanted: Sendable {
        var concept: Int
        var weight: Double
        var isForm: Bool
    }

    let wish: Wish
    let taste: Taste
    let likeness: Likeness
    private let aversion: Likeness
    let weights: Weights
    private let wanted: [Wanted]
    /// Places in the lexicon of what there should be less of.
    private let lessened: [Int]
    private let children: Int?
    /// Whether stories are wanted rather than facts, as far as the wish tells.
    private let wantsStories: Bool
    private let wantsFacts: Bool
    private let asksForForm: Bool
    /// Stems of the message's own words, as `StemmedText` looks for them.
    private let words: [[UInt8]]
    /// How much of these words the works with summaries have.
    private let plots: [BookID: Double]

    /// Kinds of books that tell facts.
    static let factual: Set<String> = [
        "non-fiction", "memoir", "biography", "history", "travel", "exploration", "nature", "popular science",
        "philosophy", "religion", "essays", "letters", "diaries", "technology", "sociology", "literary criticism",
        "self-help", "reference",
    ]

    init(wish: Wish, taste: Taste, pool: inout WorkPool, weights: Weights = .standard) {
        self.wish = wish
        self.taste = taste
        let likeness = Likeness(wish, pool: &pool)
        self.likeness = likeness
        aversion = Likeness.toUnwanted(wish, pool: &pool)
        self.weights = weights
        wanted = Self.scored(wish.concepts).map {
            let weight = Self.importance($0, isAlone: wish.concepts.count == 1 && likeness.isEmpty)
            return Wanted(concept: $0.id, weight: weight, isForm: $0.kind == .form)
        }
        lessened = (wish.softened + wish.excludedConcepts).map(\.id)
        let asksForAudience = wish.concepts.contains { $0.kind == .audience }
        children = asksForAudience || !likeness.isEmpty ? nil : Lexicon.shared["children's"]?.id
        // What the wish's concepts mean is scored by them; the other words are all that is known of the rest.
        let telling = wish.isPlot || wish.ownWords.isEmpty ? wish.words : wish.ownWords
        words = Set(telling.map(Folding.stem)).map { StemmedText.phrase([$0]) }
        plots = pool.shelf.plots(telling)
        let factual = Self.factual
        let asksForFacts = wish.wantsExplanation || wish.concepts.contains { factual.contains($0.name) }
        let asksForStories = wish.concepts.contains {
            ($0.kind == .genre || $0.kind == .mood || $0.kind == .form) && !factual.contains($0.name)
        }
        let likesStories = wish.seeds.contains { $0.subjects.contains("fiction") } || !wish.seedAuthors.isEmpty
        wantsFacts = asksForFacts && !asksForStories
        wantsStories = wish.isPlot || !asksForFacts && (asksForStories || likesStories)
        let forms: Set<String> = ["plays", "poetry", "comedy", "tragedy", "epic", "opera"]
        asksForForm =
            wish.concepts.contains { forms.contains($0.name) } || !wish.authors.isEmpty
            || wish.seeds.contains { $0.subjects.contains("drama") || $0.subjects.contains("poetry") }
    }

    func score(_ candidate: Candidate) -> Scored {
        let (work, traits) = (candidate.work, candidate.work.traits)
        var scored = Scored(work: work, score: 0)
        scored.score += conceptScore(traits)
        let knowsMore = !wish.concepts.isEmpty || !likeness.isEmpty
        var ranked = candidate.text > 0 ? candidate.text * (0.2 + 0.8 * coverage(work.entry)) : 0
        // A title is no plot, and adds to what the summary has of it.
        if wish.isPlot { ranked *= 0.3 }
        let plot = plots[work.entry.id] ?? 0
        scored.text = wish.isPlot ? min(1, plot + ranked) : max(ranked, plot)
        // Most of several words that mean nothing else: that is the book, whether or not the message reads as a plot.
        if !wish.isPlot, words.count >= 3, plot > 0.5 { scored.score += weights.told * (plot - 0.5) }
        scored.score +=
            (knowsMore ? wish.ownWords.isEmpty ? weights.text : weights.ownText : weights.textAlone) * scored.text
        if let shared = likeness.shared(work) {
            scored.likeness = shared
            scored.score += weights.likeness * shared.value
        }
        if let shared = aversion.shared(work) { scored.score -= weights.aversion * shared.value }
        scored.score += fame(work.entry)
        if traits.nation != nil, wish.fame >= 0 { scored.score += weights.knownAuthor }
        scored.score += preferences(work)
        scored.score -= penalties(work)
        return scored
    }

    /// Notes what made a picked work's score. Left out for the hundreds that are only ranked.
    func explain(_ scored: inout Scored) {
        scored.concepts = Self.scored(wish.concepts).compactMap { concept in
            let strength = min(1, scored.traits[concept.id])
            return strength >= 0.3 ? (concept, strength) : nil
        }
        if let shared = scored.likeness {
            scored.likeness?.subjects = likeness.subjects(of: scored.work, in: shared)
        }
        scored.preferences = taste.leanings.compactMap { leaning in
            let value = value(of: leaning, scored.work)
            return value > 0 ? (leaning, value) : nil
        }
    }

    /// Share of the message's own words that the catalogue's text of a work has.
    private func coverage(_ entry: CatalogEntry) -> Double {
        guard !words.isEmpty else { return 0 }
        var text = StemmedText()
        text.append(entry.title)
        for subject in entry.subjects { text.append(subject) }
        if let summary = entry.summary { text.append(summary) }
        for author in entry.authors { text.append(author) }
        return Double(words.count { text.contains($0) }) / Double(words.count)
    }

    private static func scored(_ concepts: [Concept]) -> [Concept] { concepts.filter { $0.name != "grown-ups" } }

    private static func importance(_ concept: Concept, isAlone: Bool) -> Double {
        switch concept.kind {
        case .topic: 1.2
        case .genre: 1
        case .mood: 0.8
        // The list holds nothing else anyway; what else was said decides.
        case .audience: isAlone ? 0.8 : 0.3
        case .form: ["novel", "non-fiction", "memoir"].contains(concept.name) ? 0.4 : 0.9
        }
    }

    /// How well all concepts asked for are met: a book that has one of two fully and the other not at all is worth less
    /// than one that has some of both.
    private func conceptScore(_ traits: Traits) -> Double {
        guard !wanted.isEmpty else { return 0 }
        var sum = 0.0
        var total = 0.0
        var least = 1.0
        // "Plays or poems": forms are alternatives, since hardly a book has two.
        var bestForm: Double?
        for wanted in wanted {
            let strength = min(1, traits[wanted.concept])
            if wanted.isForm {
                bestForm = max(bestForm ?? 0, wanted.weight * strength)
                continue
            }
            sum += wanted.weight * strength
            total += wanted.weight
            if wanted.weight >= 0.8 { least = min(least, strength) }
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

    private func preferences(_ work: Work) -> Double {
        var sum = 0.0
        for leaning in taste.leanings { sum += value(of: leaning, work) }
        return max(-2, min(wish.hasContent ? 1.2 : 3, sum))
    }

    private func value(of leaning: Taste.Leaning, _ work: Work) -> Double {
        let match = taste.match(leaning, work)
        guard match > 0 else { return 0 }
        // What the message itself asks for is not held against it by what was said before.
        if leaning.strength < 0, let concept = leaning.concept, wish.concepts.contains(concept) { return 0 }
        return (wish.hasContent ? weights.preference : weights.preferenceAlone) * leaning.strength * match
    }

    private func penalties(_ work: Work) -> Double {
        let (entry, traits) = (work.entry, work.traits)
        var sum = 0.0
        if traits.isFactual, wantsStories { sum += weights.factual }
        if wantsFacts, traits.isFiction { sum += weights.fictional }
        if !asksForForm, traits.isDramaOrPoetry { sum += weights.unaskedForm }
        for nation in wish.nations where nation.language != "en" && entry.languages.first == "en" {
            sum += weights.otherTongue
        }
        for language in wish.languages
        where entry.languages.first != language || entry.popularity < 0.1 && entry.languages.count == 2 {
            sum += weights.otherTongue
        }
        if !wish.languages.isEmpty, !wish.languages.contains("en"), traits.hasEnglishTitle {
            sum += weights.foreignTitle
        }
        for concept in lessened { sum += weights.softened * traits[concept] }
        if !traits.against.isEmpty {
            for concept in wish.concepts where traits.against.contains(concept.id) { sum += weights.against }
        }
        if let children, traits.isStated(children) { sum += weights.children * traits[children] }
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
