import Chat

/// Answers a question about the order of a series.
struct SeriesAnswer {
    let asked: SeriesAsked
    /// Nil where the catalogue does not know what belongs together.
    let series: SeriesBooks?

    func sentences() -> [String] {
        guard let series else {
            let name =
                asked.series.map { "the books of \($0.name)" } ?? asked.work.map { "books around \(title($0))" }
                ?? "them"
            return [
                "My catalogue does not say in which order \(name) belong. ",
                "Ask for the author, and I will list what I have.",
            ]
        }
        let chosen = series.chosen(asked)
        let how = series.isNumbered ? "" : " by the years in which they came out"
        guard let first = chosen.first else {
            return [missing(series), "These are the ones I have\(how):\n\n"] + list(series.books)
        }
        switch asked.question {
        case .order:
            return ["\(series.name) has \(series.books.count) books in my catalogue. Here they are in order\(how):\n\n"]
                + list(chosen)
        case .number(let number):
            let which = number < 0 ? "The last" : "Number \(number)"
            return ["\(which) of \(series.name) is \(Phrase.book(first)). "] + summary(first)
        case .after, .before:
            let before = asked.work.map(title) ?? "it"
            let verb = asked.question == .after ? "After" : "Before"
            return ["\(verb) \(before) comes \(Phrase.book(first)). "] + summary(first)
        }
    }

    private func missing(_ series: SeriesBooks) -> String {
        switch asked.question {
        case .after: "\(asked.work.map(title) ?? "It") is the last book of \(series.name) that I have. "
        case .before: "\(asked.work.map(title) ?? "It") is the first book of \(series.name) that I have. "
        default: "I have no such book of \(series.name). "
        }
    }

    private func list(_ books: [CatalogEntry]) -> [String] {
        books.prefix(20).enumerated().map { "\($0 + 1). \(Phrase.book($1))\n" }
            + (books.count > 20 ? ["and \(books.count - 20) more."] : [])
    }

    private func summary(_ entry: CatalogEntry) -> [String] {
        guard let summary = entry.summary else { return [] }
        return [Phrase.plain(summary) + (summary.last.map { ".!?".contains($0) } == true ? "" : ".")]
    }

    private func title(_ entry: CatalogEntry) -> String { "*\(Phrase.plain(entry.title))*" }
}
