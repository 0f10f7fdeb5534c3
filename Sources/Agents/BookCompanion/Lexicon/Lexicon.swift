import Substrings
import Words

/// Something a book can be, or be about, that readers have words for.
struct Concept: Sendable, Equatable {
    enum Kind: String, Sendable {
        /// What it is about or where it plays.
        case topic
        /// What kind of story or book it is.
        case genre
        /// Its outer form: poetry, plays, short stories.
        case form
        /// How it makes its reader feel.
        case mood
        /// Whom it is for.
        case audience
    }

    /// Its place in the lexicon.
    var id: Int
    /// As one says it in a sentence, and as the catalogue may say it.
    var name: String
    var kind: Kind
    /// The catalogue's terms for it, lower case.
    var terms: [String]
    /// Terms that speak against it, lower case.
    var avoidedTerms: [String]
}

/// All words and phrases the recommender understands, and all terms of the catalogue it knows.
struct Lexicon: Sendable {
    static let shared = Lexicon()

    let concepts: [Concept]
    private let byName: [String: Int]
    /// First stem of a phrase → phrases that begin so, longest first.
    private let phrases: [String: [(stems: [String], concept: Int)]]
    /// A whole term → the concepts it speaks for.
    private let wholeTerms: [String: [TermMeaning.Weighed]]
    /// First stem of a term that may be part of a longer one → those terms.
    private let partTerms: [String: [(stems: [String], weighed: TermMeaning.Weighed)]]
    private let avoided: [String: [Int]]

    static let lines = WordFile("books/subjects").lines + WordFile("books/genres").lines

    init(lines: [String] = Lexicon.lines) {
        var concepts: [Concept] = []
        var byName: [String: Int] = [:]
        var phrases: [String: [(stems: [String], concept: Int)]] = [:]
        var whole: [String: [TermMeaning.Weighed]] = [:]
        var parts: [String: [(stems: [String], weighed: TermMeaning.Weighed)]] = [:]
        var avoided: [String: [Int]] = [:]
        for line in lines {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            guard fields.count >= 4, let kind = Concept.Kind(rawValue: fields[1]) else { continue }
            let id = concepts.count
            let terms = Self.list(fields[3])
            let against = fields.count > 4 ? Self.list(fields[4]) : []
            concepts.append(
                Concept(
                    id: id, name: fields[0], kind: kind,
                    terms: terms.map { $0.hasPrefix("~") ? String($0.dropFirst()) : $0 },
                    avoidedTerms: against))
            byName[fields[0]] = id
            for phrase in Self.list(fields[2]) + [fields[0]] {
                let stems = Folding.stems(phrase)
                guard let first = stems.first, !(phrases[first] ?? []).contains(where: { $0.stems == stems }) else {
                    continue
                }
                phrases[first, default: []].append((stems, id))
            }
            for (place, term) in terms.enumerated() {
                let stems = Folding.stems(term)
                let weighed = TermMeaning.Weighed(concept: id, strength: place < 2 ? 1 : place < 6 ? 0.65 : 0.4)
                if term.hasPrefix("~") {
                    parts[stems[0], default: []].append((stems, weighed))
                } else {
                    whole[stems.joined(separator: " "), default: []].append(weighed)
                }
            }
            for term in against { avoided[Folding.stems(term).joined(separator: " "), default: []].append(id) }
        }
        self.concepts = concepts
        self.byName = byName
        self.phrases = phrases.mapValues { $0.sorted { $0.stems.count > $1.stems.count } }
        wholeTerms = whole
        partTerms = parts
        self.avoided = avoided
    }

    private static func list(_ field: String) -> [String] { field.list { $0 == ";" } }

    subscript(name: String) -> Concept? { byName[name].map { concepts[$0] } }

    /// The longest phrase that begins at `index` of `stems`; nil when none does.
    func phrase(at index: Int, of stems: [String]) -> (concept: Concept, length: Int)? {
        guard let candidates = phrases[stems[index]] else { return nil }
        for candidate in candidates where index + candidate.stems.count <= stems.count {
            if stems[index..<(index + candidate.stems.count)].elementsEqual(candidate.stems) {
                return (concepts[candidate.concept], candidate.stems.count)
            }
        }
        return nil
    }

    /// The concept a short text names as a whole, such as a preference's value.
    func concept(named text: String) -> Concept? {
        let stems = Folding.stems(text)
        guard !stems.isEmpty, let found = phrase(at: 0, of: stems), found.length == stems.count else { return nil }
        return found.concept
    }

    /// What a catalogue's term speaks for and against.
    func meaning(ofTerm term: String) -> TermMeaning {
        let stems = Folding.stems(term)
        var meaning = TermMeaning()
        let key = stems.joined(separator: " ")
        meaning.for = wholeTerms[key] ?? []
        meaning.against = avoided[key] ?? []
        for index in stems.indices {
            for part in partTerms[stems[index]] ?? [] where index + part.stems.count <= stems.count {
                if stems[index..<(index + part.stems.count)].elementsEqual(part.stems),
                    !meaning.for.contains(where: { $0.concept == part.weighed.concept })
                {
                    meaning.for.append(part.weighed)
                }
            }
        }
        return meaning
    }
}

/// What one term of the catalogue says, in concepts.
struct TermMeaning: Sendable {
    struct Weighed: Sendable {
        var concept: Int
        /// 1 for the concept's own terms, less for those that go along with it.
        var strength: Double
    }

    var `for`: [Weighed] = []
    var against: [Int] = []
}
