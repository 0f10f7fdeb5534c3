import Substrings
import Words

/// What is generally known of an author.
struct KnownAuthor: Sendable {
    var name: String
    /// Lower-case adjective: "french".
    var nation: String
    /// Concepts' places in the lexicon, the most typical first.
    var concepts: [Int]
}

/// Well-known authors by name.
struct KnownAuthors: Sendable {
    static let shared = KnownAuthors(lexicon: .shared)

    private let byKey: [String: KnownAuthor]
    let all: [KnownAuthor]
    private let families: Set<String>
    private let spelledFamilies: [SpelledWord]
    /// The folded words of each name of `all`; folding them anew for every look-up would cost more than all else.
    private let words: [[String]]

    static let lines = WordFile("books/authors").lines

    init(lexicon: Lexicon) {
        var byKey: [String: KnownAuthor] = [:]
        var all: [KnownAuthor] = []
        for line in Self.lines {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let concepts = Self.names(fields[2]).compactMap { lexicon[$0]?.id }
            for name in Self.names(fields[0]) {
                let author = KnownAuthor(name: name, nation: String(fields[1]), concepts: concepts)
                all.append(author)
                if let key = FoldedName(name).key { byKey[key] = author }
            }
        }
        self.byKey = byKey
        self.all = all
        words = all.map { Folding.words($0.name) }
        families = Set(words.compactMap(\.last))
        spelledFamilies = families.map(SpelledWord.init)
    }

    subscript(name: String) -> KnownAuthor? { self[FoldedName(name)] }

    subscript(name: FoldedName) -> KnownAuthor? { name.key.flatMap { byKey[$0] } }

    /// Whether a well-known author has this very family name.
    func isFamily(_ word: String) -> Bool { families.contains(word) }

    /// Whether a well-known author has this family name, or a name a slip away.
    func hasFamily(_ words: [String]) -> Bool {
        guard let last = words.last else { return false }
        if families.contains(last) { return true }
        guard last.utf8.count >= 7 else { return false }
        let typed = SpelledWord(last)
        return spelledFamilies.contains { AuthorMatch.isNear($0, typed) }
    }

    /// The author a name may have been meant for: a family name a slip or two away, and the same first name where one is
    /// given.
    func near(_ typed: [String]) -> KnownAuthor? {
        guard let family = typed.last, family.utf8.count >= 4 else { return nil }
        if typed.count > 1 {
            let place = words.firstIndex { own in
                own.count > 1 && own[0] == typed[0] && AuthorMatch.isNear(own[own.count - 1], family)
            }
            return place.map { all[$0] }
        }
        guard family.utf8.count >= 5 else { return nil }
        var allowed = family.utf8.count >= 8 ? 2 : 1
        var nearest: Int?
        for (place, own) in words.enumerated() {
            guard let last = own.last, let slips = EditDistance.slips(last, family, limit: allowed) else { continue }
            if slips < allowed || (slips == allowed && nearest == nil) {
                nearest = place
                allowed = slips
            }
        }
        return nearest.map { all[$0] }
    }

    /// All of one family: "bronte" has three.
    func members(ofFamily name: String) -> [String] {
        words.indices.filter { words[$0].last == name }.map { all[$0].name }
    }

    private static func names(_ field: Substring) -> [String] {
        field.split(separator: ";").map { $0.drop { $0 == " " } }.map(String.init)
    }
}
