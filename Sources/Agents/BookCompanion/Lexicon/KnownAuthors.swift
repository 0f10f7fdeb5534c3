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

    static let tables = [
        AuthorTable.older, AuthorTable.continental, AuthorTable.newWorld, ModernAuthorTable.british, ModernAuthorTable.american,
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
    }

    subscript(name: String) -> KnownAuthor? { byKey[Self.key(name)] }

    /// Names of authors for whom one of `concepts` is typical, those for whom it is most typical first.
    func authors(typicalFor concepts: Set<Int>, limit: Int) -> [String] {
        all.compactMap { author -> (String, Int)? in
            author.concepts.firstIndex { concepts.contains($0) }.map { (author.name, $0) }
        }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }.prefix(limit).map(\.0)
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
