/// What a title's words tell of a book, whatever they mean.
struct TitleWords {
    private let folded: [UInt8]
    let words: [String]

    init(_ title: String) {
        folded = Folding.bytes(of: title)
        words = Folding.words(in: folded)
    }

    /// Whether it has the small words of another language and none of English.
    var isForeign: Bool {
        words.contains { Self.foreign.contains($0) } && !words.contains { Self.plainEnglish.contains($0) }
    }

    /// Whether it has a small word of English.
    var isEnglish: Bool { words.contains { Self.english.contains($0) } }

    /// Whether it speaks of goods around a book rather than a book.
    var isOfGoods: Bool {
        Self.goods.contains { part in
            folded.indices.contains { folded[$0] == part[0] && folded[$0...].starts(with: part) }
        }
    }

    private static let foreign: Set<String> = [
        "le", "la", "les", "de", "du", "des", "et", "der", "die", "das", "und", "ein", "eine", "el", "los", "las", "y",
        "il", "lo", "gli",
        "di", "della", "e", "os", "het", "een", "van", "von", "ja", "och", "af", "da", "do", "dos",
    ]
    private static let plainEnglish: Set<String> = ["the", "of", "and", "a", "or"]
    private static let english: Set<String> = ["the", "of", "and", "to", "from", "with"]

    private static let goods = [
        "boxed set", "box set", "book set", "complete guide", "study guide", "official guide", "movie companion",
        "the film",
    ].map { Array($0.utf8) }
}
