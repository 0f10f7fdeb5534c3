import Synchronization

/// What the catalogue's terms mean, kept because the same few thousand come again with every list.
final class TermMeanings: Sendable {
    static let shared = TermMeanings(lexicon: .shared)

    /// Terms kept; the catalogue's whole vocabulary is larger, what readers ask for is not.
    static let maximumTerms = 40_000

    private let lexicon: Lexicon
    private let known = Mutex<[String: TermMeaning]>([:])

    init(lexicon: Lexicon) { self.lexicon = lexicon }

    func meanings(of terms: [String]) -> [TermMeaning] {
        known.withLock { known in
            if known.count > Self.maximumTerms { known.removeAll() }
            return terms.map { term in
                if let meaning = known[term] { return meaning }
                let meaning = lexicon.meaning(ofTerm: term)
                known[term] = meaning
                return meaning
            }
        }
    }
}
