import Chat
import Substrings

/// Which of the books that tools found become a reply's cards: those that the reply names, in the order in which it does.
enum ShownBooks {
    static let maximumCount = 10
    /// Cards of a reply that names none of them, as one in another language may: the last list that was found.
    static let usualCount = 5

    static func cards(_ outcome: AgentLoop.Outcome) -> [Book] {
        var known: Set<BookID> = []
        let all = outcome.books.joined().filter { known.insert($0.id).inserted }
        guard !all.isEmpty else { return [] }
        let marked = NamedBooks.titles(in: outcome.text).map { Folding.titleKey($0.title) }
        var named = marked.compactMap { key in all.first { Folding.titleKey($0.title) == key } }
        if named.isEmpty {
            let text = " " + Folding.fold(outcome.text) + " "
            named = all.compactMap { book -> (place: String.Index, book: Book)? in
                // "It" and "Emma" are words of any text.
                let key = Folding.titleKey(book.title)
                guard key.utf8.count >= 6, let place = text.firstRange(of: " \(key) ")?.lowerBound else { return nil }
                return (place, book)
            }.sorted { $0.place < $1.place }.map(\.book)
        }
        var shown: Set<BookID> = []
        named = named.filter { shown.insert($0.id).inserted }
        return Array((named.isEmpty ? (outcome.books.last ?? []).prefix(usualCount) : named.prefix(maximumCount)))
    }
}
