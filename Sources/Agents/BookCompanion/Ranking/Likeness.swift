import Chat
import Glibc

/// How like works are to those the reader named.
struct Likeness: Sendable {
    /// One work, or one author's manner, to be like.
    private struct Model: Sendable {
        var name: String
        var authors: [String]
        /// Subject → its rarity.
        var subjects: [String: Double]
        var subjectNorm: Double
        var concepts: [Int: Double]
        var conceptNorm: Double
        var year: Int?
    }

    /// What a work has in common with a model.
    struct Shared: Sendable {
        /// Title or author's name.
        var name: String
        /// 0 to 1.
        var value: Double
        /// The most telling common subjects.
        var subjects: [String]
        var isSameAuthor: Bool
    }

    private let models: [Model]
    private let rarity: SubjectRarity

    /// Subjects that say how a book is kept in a catalogue rather than what it is.
    private static let empty: Set<String> = ["fiction", "novel", "classics", "non-fiction", "reference", "periodicals"]

    /// What works have in common with those the reader did not like.
    static func toUnwanted(_ wish: Wish, rarity: SubjectRarity) -> Likeness {
        var unwanted = Wish()
        unwanted.seeds = wish.excludedWorks
        return Likeness(unwanted, rarity: rarity)
    }

    init(_ wish: Wish, rarity: SubjectRarity) {
        self.rarity = rarity
        var models = (wish.seeds + wish.examples).map { entry in
            Self.model(
                named: entry.title, entry.authors, entry.subjects, Traits(entry).strengths, entry.approximateYear,
                rarity)
        }
        for name in wish.seedAuthors {
            guard let author = KnownAuthors.shared[name] else { continue }
            // That somebody wrote novels says nothing of their manner.
            let novel = Lexicon.shared["novel"]?.id
            let concepts = Dictionary(
                author.concepts.filter { $0 != novel }.enumerated().map { ($0.element, $0.offset < 2 ? 1.0 : 0.6) }
            ) {
                a, _ in a
            }
            models.append(Self.model(named: name, [name], [], concepts, nil, rarity))
        }
        self.models = models
    }

    var isEmpty: Bool { models.isEmpty }

    private static func model(
        named name: String, _ authors: [String], _ subjects: [String], _ concepts: [Int: Double], _ year: Int?,
        _ rarity: SubjectRarity
    ) -> Model {
        let weighed = Dictionary(
            subjects.filter { !empty.contains($0) }.map { ($0, max(0.05, rarity.weight(of: $0))) },
            uniquingKeysWith: max)
        return Model(
            name: name, authors: authors, subjects: weighed,
            subjectNorm: sqrt(weighed.values.reduce(0) { $0 + $1 * $1 }),
            concepts: concepts, conceptNorm: sqrt(concepts.values.reduce(0) { $0 + $1 * $1 }), year: year)
    }

    /// What `entry` has most in common with; nil when there is nothing to be like.
    func shared(_ entry: CatalogEntry, _ traits: Traits) -> Shared? {
        models.map { shared(entry, traits, with: $0) }.max { $0.value < $1.value }
    }

    private func shared(_ entry: CatalogEntry, _ traits: Traits, with model: Model) -> Shared {
        var dot = 0.0
        var norm = 0.0
        var common: [(String, Double)] = []
        for subject in entry.subjects where !Self.empty.contains(subject) {
            let weight = max(0.05, rarity.weight(of: subject))
            norm += weight * weight
            if let own = model.subjects[subject] {
                dot += own * weight
                common.append((subject, weight))
            }
        }
        // Works with few subjects would win by their shortness alone.
        let subjects = model.subjectNorm > 0 && norm > 0 ? dot / (model.subjectNorm * sqrt(norm + 12)) : 0
        var conceptDot = 0.0
        var conceptNorm = 0.0
        for (concept, strength) in traits.strengths {
            conceptNorm += strength * strength
            if let own = model.concepts[concept] { conceptDot += own * strength }
        }
        let concepts =
            model.conceptNorm > 0 && conceptNorm > 0 ? conceptDot / (model.conceptNorm * sqrt(conceptNorm + 0.5)) : 0
        let isSameAuthor = entry.authors.contains { author in
            model.authors.contains { AuthorMatch.isSamePerson($0, author) }
        }
        var era = 0.0
        if let year = entry.approximateYear, let own = model.year { era = exp(-abs(Double(year - own)) / 50) }
        let value = 0.5 * subjects + 0.35 * concepts + (isSameAuthor ? 0.12 : 0) + 0.1 * era
        return Shared(
            name: model.name, value: min(1, value),
            subjects: common.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.filter { $0.1 > 0.8 }.prefix(3).map(\.0),
            isSameAuthor: isSameAuthor)
    }
}
