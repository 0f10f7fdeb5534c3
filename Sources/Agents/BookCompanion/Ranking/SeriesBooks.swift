import Chat

/// The books of a series in their order: by their numbers where the catalogue has them, else by year.
struct SeriesBooks: Sendable {
    /// As people call it.
    var name: String
    var books: [CatalogEntry]
    /// The books' numbers, where each has one.
    var isNumbered: Bool

    /// Books that are looked through, and those of one series.
    private static let maximumWorks = 300
    private static let maximumBooks = 60

    /// Nil when the catalogue does not know what belongs together, or has one book of it only.
    /// - Throws: what the catalogue throws.
    static func find(_ asked: SeriesAsked, in catalog: any BookCatalog) async throws -> SeriesBooks? {
        let named = asked.series ?? asked.work.flatMap(known)
        let term = named.map { $0.name.lowercased() } ?? asked.work.flatMap(seriesTerm)
        guard let author = named?.author ?? asked.work?.authors.first, term != nil || named != nil else { return nil }
        var query = CatalogQuery()
        query.authors = [author]
        query.limit = maximumWorks
        let works = try await catalog.search(query).map(\.entry)
        let own = works.filter { entry in
            if let term, entry.subjects.contains(where: { isOf($0, term) }) { return true }
            return named.map { SeriesTable.contains($0, titleKey: Folding.titleKey(entry.title)) } ?? false
        }
        var seen: Set<String> = []
        var books = own.filter { seen.insert(Folding.titleKey($0.title)).inserted }
        guard books.count > 1 else { return nil }
        var numbers: [BookID: Int] = [:]
        for book in books { numbers[book.id] = number(of: book, in: term) }
        // Box sets and books about it have no number.
        if numbers.count >= 3 { books.removeAll { numbers[$0.id] == nil } }
        books.removeAll { Traits($0, authors: []).isClutter }
        guard books.count > 1 else { return nil }
        let sorted = books.sorted { left, right in
            let (a, b) = (numbers[left.id] ?? .max, numbers[right.id] ?? .max)
            if a != b { return a < b }
            let (x, y) = (left.year ?? .max, right.year ?? .max)
            return x == y ? left.title < right.title : x < y
        }
        let isNumbered = numbers.count == books.count
        return SeriesBooks(
            name: named?.name ?? Phrase.capitalized(term ?? ""), books: Array(sorted.prefix(maximumBooks)),
            isNumbered: isNumbered)
    }

    /// The books that the question asks for; empty when it asks for one that is not there.
    func chosen(_ asked: SeriesAsked) -> [CatalogEntry] {
        func index(of work: CatalogEntry) -> Int? {
            books.firstIndex { $0.id == work.id }
                ?? books.firstIndex { Folding.titleKey($0.title) == Folding.titleKey(work.title) }
        }
        switch asked.question {
        case .order: return books
        case .number(let number):
            let index = number < 0 ? books.count - 1 : number - 1
            return books.indices.contains(index) ? [books[index]] : []
        case .after, .before:
            guard let work = asked.work, let place = index(of: work) else { return [] }
            let index = asked.question == .after ? place + 1 : place - 1
            return books.indices.contains(index) ? [books[index]] : []
        }
    }

    private static func known(_ work: CatalogEntry) -> Series? {
        let key = Folding.titleKey(work.title)
        return SeriesTable.all.first { series in
            SeriesTable.contains(series, titleKey: key)
                && work.authors.contains {
                    AuthorMatch.isSame(Folding.words(series.author), as: FoldedName($0), isFuzzy: false)
                }
        }
    }

    /// The series that a work's subjects name: the term before a number.
    private static func seriesTerm(of work: CatalogEntry) -> String? {
        work.subjects.lazy.compactMap { split($0)?.name }.first
    }

    /// "harry potter #3": the series and the book's number in it.
    static func split(_ subject: String) -> (name: String, number: Int)? {
        guard let mark = subject.lastIndex(of: "#"), let number = Int(subject[subject.index(after: mark)...]) else {
            return nil
        }
        let name = subject[..<mark].split(separator: " ").joined(separator: " ")
        return name.isEmpty ? nil : (name, number)
    }

    private static func isOf(_ subject: String, _ term: String) -> Bool {
        let key = Folding.titleKey(term)
        return Folding.titleKey(subject) == key || split(subject).map { Folding.titleKey($0.name) == key } ?? false
    }

    private static func number(of work: CatalogEntry, in term: String?) -> Int? {
        work.subjects.lazy.compactMap { subject in
            split(subject).flatMap { found in term.map { isOf(found.name, $0) } ?? true ? found.number : nil }
        }.first
    }
}
