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

    static let tables = [
        AuthorTable.older, AuthorTable.continental, AuthorTable.newWorld, AuthorTable.modernBritish,
        AuthorTable.modernAmerican,
    ]

    init(lexicon: Lexicon) {
        var byKey: [String: KnownAuthor] = [:]
        var all: [KnownAuthor] = []
        for line in Self.tables.flatMap({ $0.split(separator: "\n") }) {
            let fields = line.split(separator: "|", omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let concepts = Self.names(fields[2]).compactMap { lexicon[$0]?.id }
            for name in Self.names(fields[0]) {
                let author = KnownAuthor(name: name, nation: String(fields[1]), concepts: concepts)
                all.append(author)
                byKey[Self.key(name)] = author
            }
        }
        self.byKey = byKey
        self.all = all
        families = Set(all.compactMap { Folding.words($0.name).last })
    }

    subscript(name: String) -> KnownAuthor? { byKey[Self.key(name)] }

    /// Whether a well-known author has this family name, or a name a slip away.
    func hasFamily(_ words: [String]) -> Bool {
        guard let last = words.last else { return false }
        return families.contains(last) || (last.utf8.count >= 7 && families.contains { AuthorMatch.isNear($0, last) })
    }

    /// The author a name may have been meant for: a family name a slip or two away, and the same first name where one is
    /// given.
    func near(_ words: [String]) -> KnownAuthor? {
        guard let family = words.last, family.utf8.count >= 4 else { return nil }
        if words.count == 1 {
            guard family.utf8.count >= 5 else { return nil }
            let allowed = family.utf8.count >= 8 ? 2 : 1
            return all.map { ($0, AuthorMatch.slips(Folding.words($0.name).last ?? "", family)) }
                .filter { $0.1 <= allowed }.min { $0.1 < $1.1 }?.0
        }
        return all.first { author in
            let own = Folding.words(author.name)
            guard own.count >= 2, own[0] == words[0], let last = own.last else { return false }
            return AuthorMatch.isNear(last, family)
        }
    }

    /// Surname and first initial: catalogues differ in how much of a first name they spell.
    private static func key(_ name: String) -> String {
        let words = Folding.words(name)
        guard let last = words.last, let first = words.first else { return "" }
        return words.count == 1 ? last : "\(last) \(first.prefix(1))"
    }

    private static func names(_ field: Substring) -> [String] {
        field.split(separator: ";").map { $0.drop { $0 == " " } }.map(String.init)
    }
}
