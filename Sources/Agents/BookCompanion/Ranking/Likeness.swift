import Chat
import Glibc

/// How like works are to those the reader named.
struct Likeness: Sendable {
    /// One work, or one author's manner, to be like.
    private struct Model: Sendable {
        var name: String
        var authors: [FoldedName]
        /// By number in the table: whether it has the subject.
        var hasTerm: [Bool]
        /// Subjects that the table does not have.
        var otherTerms: Set<String>
        var termNorm: Double
        /// By place in the lexicon.
        var concepts: [Double]
        var conceptNorm: Double
        var year: Int?
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
            return Self.model(
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
            models.append(Self.model(named: name, [folded], subjects: [], concepts: concepts, nil, table))
        }
        self.models = models
    }

    var isEmpty: Bool { models.isEmpty }

    /// - Parameter concepts: with their strengths; of one that comes twice the first counts.
    private static func model(
        named name: String, _ authors: [FoldedName], subjects: [String], concepts: [(Int, Double)], _ year: Int?,
        _ table: TermTable
    ) -> Model {
        var model = Model(
            name: name, authors: authors, hasTerm: Array(repeating: false, count: table.count), otherTerms: [],
            termNorm: 0, concepts: Array(repeating: 0, count: Lexicon.shared.concepts.count), conceptNorm: 0, year: year)
        for subject in subjects where !Work.emptySubjects.contains(subject) {
            let term = table.number(of: subject)
            if term < 0 {
                guard model.otherTerms.insert(subject).inserted else { continue }
            } else {
                if model.hasTerm[Int(term)] { continue }
                model.hasTerm[Int(term)] = true
            }
            let weight = Work.weight(of: term, in: table)
            model.termNorm += weight * weight
        }
        for (concept, strength) in concepts where model.concepts[concept] == 0 { model.concepts[concept] = strength }
        model.termNorm = sqrt(model.termNorm)
        model.conceptNorm = sqrt(model.concepts.reduce(0) { $0 + $1 * $1 })
        return model
    }

    /// What a work has most in common with; nil when there is nothing to be like.
    func shared(_ work: Work) -> Shared? {
        var best: Shared?
        for model in models.indices {
            let value = likeness(of: work, to: models[model])
            if let best, best.value >= value { continue }
            best = Shared(model: model, name: models[model].name, value: value, isSameAuthor: false)
        }
        guard var best else { return nil }
        best.isSameAuthor = isSameAuthor(work, models[best.model])
        return best
    }

    /// The most telling subjects that a work shares with its model.
    func subjects(of work: Work, in shared: Shared) -> [String] {
        let model = models[shared.model]
        var common: [(subject: String, weight: Double)] = []
        for (subject, term) in zip(work.entry.subjects, work.terms) where has(model, term, subject) {
            let weight = Work.weight(of: term, in: table)
            if weight > 0.8 { common.append((subject, weight)) }
        }
        return common.sorted { ($1.weight, $0.subject) < ($0.weight, $1.subject) }.prefix(3).map(\.subject)
    }

    private func has(_ model: Model, _ term: Int32, _ subject: String) -> Bool {
        term < 0 ? !model.otherTerms.isEmpty && model.otherTerms.contains(subject) : model.hasTerm[Int(term)]
    }

    private func isSameAuthor(_ work: Work, _ model: Model) -> Bool {
        work.authors.contains { author in model.authors.contains { $0.isSamePerson(as: author) } }
    }

    /// 0 to 1.
    private func likeness(of work: Work, to model: Model) -> Double {
        var dot = 0.0
        if model.termNorm > 0 {
            for (place, term) in work.terms.enumerated() where has(model, term, work.entry.subjects[place]) {
                let weight = Work.weight(of: term, in: table)
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
        return min(1, 0.5 * subjects + 0.35 * concepts + (isSameAuthor(work, model) ? 0.12 : 0) + 0.1 * era)
    }
}
