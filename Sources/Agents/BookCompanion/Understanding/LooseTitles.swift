import Chat
import Substrings

/// Finds well-known works by the short and the misspelt names people give them: "Jekyll and Hyde", "Alice in Wunderland".
struct LooseTitles: Sendable {
    private struct Title: Sendable {
        var entry: CatalogEntry
        /// Stems of the words that say something, in order.
        var words: [SpelledWord]
    }

    private let titles: [Title]

    /// Works less known than this are not called by short names.
    static let leastPopularity = 0.4
    /// Share of the title's words that must have been typed.
    static let leastCoverage = 0.3

    init(_ entries: [CatalogEntry] = []) {
        titles = entries.filter { $0.popularity >= Self.leastPopularity }.map {
            Title(entry: $0, words: Self.significant(Folding.words($0.title)).map(SpelledWord.init))
        }.filter { !$0.words.isEmpty }
    }

    /// The words of a title or of a name for it that say something.
    static func significant(_ words: [String]) -> [String] {
        words.filter { !StopWords.contains($0) && !articles.contains($0) }.map(Folding.stem)
    }

    private static let articles: Set<String> = ["der", "die", "das", "le", "la", "les"]

    /// The work these words are most likely a name for; nil when none is likely.
    func work(named typed: [String]) -> CatalogEntry? {
        let words = Self.significant(typed)
        guard let first = words.first, words.count <= 8, words.count > 1 || first.utf8.count >= 6 else { return nil }
        let name = words.map(SpelledWord.init)
        var best: (title: Int, value: Double)?
        for index in titles.indices {
            guard let slips = Self.slips(name, in: titles[index].words) else { continue }
            let coverage = Double(words.count) / Double(titles[index].words.count)
            guard coverage >= (words.count > 1 ? Self.leastCoverage : 0.5) else { continue }
            let value = titles[index].entry.popularity + 0.6 * coverage - 0.15 * Double(slips)
            if value > (best?.value ?? 0) { best = (index, value) }
        }
        return best.map { titles[$0.title].entry }
    }

    /// Slips of the pen when every typed word stands for a word of the title, in order; nil when one does not.
    private static func slips(_ typed: [SpelledWord], in title: [SpelledWord]) -> Int? {
        var place = 0
        var total = 0
        for word in typed {
            var found: Int?
            while place < title.count, found == nil {
                found = Self.slips(word, title[place])
                place += 1
            }
            guard let found else { return nil }
            total += found
        }
        return total <= max(1, typed.reduce(0) { $0 + $1.length } / 6) ? total : nil
    }

    private static func slips(_ typed: SpelledWord, _ word: SpelledWord) -> Int? {
        let length = max(typed.length, word.length)
        return typed.slips(to: word, limit: length >= 7 ? 2 : length >= 4 ? 1 : 0)
    }

    /// Whether two titles of one author are names of one work: one's words are in the other, in order.
    static func areAkin(_ left: String, _ right: String) -> Bool {
        let (a, b) = (
            significant(Folding.words(left)).map(SpelledWord.init),
            significant(Folding.words(right)).map(SpelledWord.init)
        )
        let (short, long) = a.count <= b.count ? (a, b) : (b, a)
        guard short.count >= 2 else { return false }
        var place = 0
        for word in short {
            guard let next = long[place...].firstIndex(where: { slips(word, $0) != nil }) else { return false }
            place = next + 1
        }
        return true
    }
}
