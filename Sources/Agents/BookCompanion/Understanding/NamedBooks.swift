import Chat
import Substrings

/// Finds the books that a reply named, where only its text is left of it: what "the second one" and "something shorter" go by.
///
/// Noah's words, and those of a language model that speaks for Noah, have titles in *asterisks* (`Phrase.book`, `Briefing`).
struct NamedBooks {
    let catalog: any BookCatalog

    /// Replies that are looked at, and titles in each: more than a list names.
    private static let replies = 2
    private static let titles = 10
    private static let maximumTitleBytes = 200

    /// The history, with the books that the latest replies with titles in them named in the place of their cards.
    /// - Throws: what the catalogue throws.
    func cards(in history: [Message]) async throws -> [Message] {
        var history = history
        var left = Self.replies
        for index in history.indices.reversed() where left > 0 && history[index].role == .assistant {
            let titles = Self.titles(in: history[index].content)
            if titles.isEmpty { continue }
            left -= 1
            for (title, rest) in titles {
                guard let work = try await work(titled: title, before: rest) else { continue }
                history[index].recommendations.append(
                    Book(
                        id: work.id, title: work.title, authors: work.authors, year: work.year,
                        subjects: work.subjects, rating: work.rating, score: 0, reasons: []))
            }
        }
        return history
    }

    /// Of several works of a title that whose author is named after it, else the best known.
    private func work(titled title: String, before rest: Substring) async throws -> CatalogEntry? {
        let works = try await catalog.works(titled: title, isFuzzy: false)
        return works.first { work in work.authors.contains { rest.contains($0) } } ?? works.first
    }

    /// Titles in asterisks, each with what follows it on its line: those that begin a line, with the ones after the first of
    /// them; all where none does.
    static func titles(in text: String) -> [(title: String, rest: Substring)] {
        let star = UInt8(ascii: "*")
        var all: [(title: String, rest: Substring)] = []
        var beginning: Int?
        // Bytes: a reply is long, and all that is looked for is ASCII.
        for line in text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let words = line.firstIndex { !marks.contains($0) } ?? line.endIndex
            var rest = line
            while all.count < 4 * titles, let opening = rest.firstIndex(of: star) {
                rest = rest[opening...].drop { $0 == star }
                // The mark of a list.
                if rest.first == UInt8(ascii: " ") { continue }
                guard let closing = rest.firstIndex(of: star) else { break }
                let bytes = rest[..<closing]
                rest = rest[closing...].drop { $0 == star }
                guard (1...maximumTitleBytes).contains(bytes.count) else { continue }
                let title = String(Substring(bytes))
                if opening <= words, beginning == nil { beginning = all.count }
                if !all.contains(where: { $0.title == title }) { all.append((title, Substring(rest))) }
            }
        }
        return Array(all.dropFirst(beginning ?? 0).prefix(titles))
    }

    /// What may stand before the first title of a line.
    private static let marks = Set("0123456789.)-•*# ".utf8)
}
