import Chat
import Glibc

/// How like works are to those the reader named.
struct Likeness: Sendable {
    /// One work, or one author's manner, to be like.
    private final class Model: Sendable {
        let name: String
        let authors: [FoldedName]
        /// By number in the table: whether it has the subject.
        private let hasTerm: [Bool]
        /// Subjects that the table does not have.
        private let otherTerms: Set<String>
        let termNorm: Double
        /// By place in the lexicon.
        let concepts: [Double]
        let conceptNorm: Double
        let year: Int?

        /// - Parameter concepts: with their strengths; of one that comes twice the first counts.
        init(
            named name: String, _ authors: [FoldedName], subjects: [String], concepts: [(Int, Double)], _ year: Int?,
            _ table: TermTable
        ) {
            var hasTerm = Array(repeating: false, count: table.count)
            var otherTerms: Set<String> = []
            var sum = 0.0
            for subject in subjects where !Work.emptySubjects.contains(subject) {
                let term = table.number(of: subject)
                if term < 0 {
                    guard otherTerms.insert(subject).inserted else { continue }
                } else {
                    if hasTerm[Int(term)] { continue }
                    hasTerm[Int(term)] = true
                }
                let weight = Work.weight(of: term, in: table)
                sum += weight * weight
            }
            var strengths = Array(repeating: 0.0, count: Lexicon.shared.concepts.count)
            for (concept, strength) in concepts where strengths[concept] == 0 { strengths[concept] = strength }
            self.name = name
            self.authors = authors
            self.hasTerm = hasTerm
            self.otherTerms = otherTerms
            termNorm = sqrt(sum)
            self.concepts = strengths
            conceptNorm = sqrt(strengths.reduce(0) { $0 + $1 * $1 })
            self.year = year
        }

        /// Whether it has the subject at `place` of a work's.
        func hasTerm(at place: Int, of work: Work) -> Bool {
            let term = work.terms[place]
            if term >= 0 { return hasTerm[Int(term)] }
            return !otherTerms.isEmpty && otherTerms.contains(work.entry.subjects[place])
        }

        func isBySameAuthor(as work: Work) -> Bool {
            work.authors.contains { author in authors.contains { $0.isSamePerson(as: author) } }
        }
    }

    /// What a work has in common with a model.
    struct Shared: Sendable {
        /// The model's place.
        fileprivate var model: Int
        /// Title or author's name.
        var name: String
        /// 0 to 1.
        var value: Double
        /// The most telling common subjects; empty until they are asked for.
        var subjects: [String] = []
        var isSameAuthor: Bool
    }

    private let models: [Model]
    private let table: TermTable

    /// What works have in common with those the reader did not like.
    static func toUnwanted(_ wish: Wish, pool: inout WorkPool) -> Likeness {
        var unwanted = Wish()
        unwanted.seeds = wish.excludedWorks
        return Likeness(unwanted, pool: &pool)
    }

    init(_ wish: Wish, pool: inout WorkPool) {
        let table = pool.shelf.terms
        self.table = table
        var models = (wish.seeds + wish.examples).map { entry in
            let work = pool.work(for: entry)
            return Model(
                named: entry.title, work.authors, subjects: entry.subjects,
                concepts: work.traits.all.map { (Int($0.concept), $0.strength) }, entry.approximateYear, table)
        }
        for name in wish.seedAuthors {
            let folded = FoldedName(name)
            guard let author = KnownAuthors.shared[folded] else { continue }
            // That somebody wrote novels says nothing of their manner.
            let novel = Lexicon.shared["novel"]?.id
            let concepts = author.concepts.filter { $0 != novel }.enumerated().map {
                ($0.element, $0.offset < 2 ? 1.0 : 0.6)
            }
            models.append(Model(named: name, [folded], subjects: [], concepts: concepts, nil, table))
        }
        self.models = models
    }

    var isEmpty: Bool { models.isEmpty }

    /// What a work has most in common with; nil when there is nothing to be like.
    func shared(_ work: Work) -> Shared? {
        var best: (model: Int, value: Double)?
        for place in models.indices {
            let value = likeness(of: work, to: models[place])
            if best.map({ value > $0.value }) ?? true { best = (place, value) }
        }
        return best.map { model, value in
            Shared(
                model: model, name: models[model].name, value: value,
                isSameAuthor: models[model].isBySameAuthor(as: work))
        }
    }

    /// The most telling subjects that a work shares with its model.
    func subjects(of work: Work, in shared: Shared) -> [String] {
        var common: [(subject: String, weight: Double)] = []
        for place in work.terms.indices where models[shared.model].hasTerm(at: place, of: work) {
            let weight = Work.weight(of: work.terms[place], in: table)
            if weight > 0.8 { common.append((work.entry.subjects[place], weight)) }
        }
        return common.sorted { ($1.weight, $0.subject) < ($0.weight, $1.subject) }.prefix(3).map(\.subject)
    }

    /// 0 to 1.
    private func likeness(of work: Work, to model: Model) -> Double {
        var dot = 0.0
        if model.termNorm > 0 {
            for place in work.terms.indices where model.hasTerm(at: place, of: work) {
                let weight = Work.weight(of: work.terms[place], in: table)
                dot += weight * weight
            }
        }
        // Works with few subjects would win by their shortness alone.
        let subjects = dot > 0 ? dot / (model.termNorm * sqrt(work.termNorm + 12)) : 0
        var conceptDot = 0.0
        for trait in work.traits.all { conceptDot += model.concepts[Int(trait.concept)] * trait.strength }
        let concepts = conceptDot > 0 ? conceptDot / (model.conceptNorm * sqrt(work.traits.norm + 0.5)) : 0
        var era = 0.0
        if let year = work.entry.approximateYear, let own = model.year { era = exp(-abs(Double(year - own)) / 50) }
        return min(1, 0.5 * subjects + 0.35 * concepts + (model.isBySameAuthor(as: work) ? 0.12 : 0) + 0.1 * era)
    }
}
