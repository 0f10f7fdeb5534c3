import Words

/// Series and characters by which people call a run of books.
struct Series: Sendable, Equatable {
    /// As people call it.
    var name: String
    /// The name as a title's key.
    var key: String
    var author: String
    /// Beginnings of its volumes' titles, folded, where they do not begin with the series' name.
    var titles: [String]
}

enum SeriesTable {
    static let all: [Series] = WordFile("books/series").lines.flatMap { line -> [Series] in
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 3 else { return [] }
        let titles = fields[2].split(separator: ";").map { Folding.titleKey(String($0)) }.filter { !$0.isEmpty }
        return fields[0].split(separator: ";").map { name in
            let name = String(name.drop { $0 == " " })
            return Series(name: name, key: Folding.titleKey(name), author: String(fields[1]), titles: titles)
        }
    }

    static let phrases = PhraseTable<Series>(all.map { ($0, $0.name) })

    /// Whether a title belongs to the series.
    ///
    /// - Parameter key: of the title, see `Folding.titleKey`.
    static func contains(_ series: Series, titleKey key: String) -> Bool {
        key.utf8.starts(with: series.key.utf8) || series.titles.contains { key.utf8.starts(with: $0.utf8) }
    }
}
