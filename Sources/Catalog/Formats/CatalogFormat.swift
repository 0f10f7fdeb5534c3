// The exports that are imported: Gutenberg's, those with Goodreads' columns, plain tables; what all become.

import Substrings

/// A kind of file that can be imported. Its raw value is what `--format` takes.
public enum CatalogFormat: String, Sendable, CaseIterable {
    /// Project Gutenberg's `pg_catalog.csv` (https://www.gutenberg.org/ebooks/offline_catalogs.html).
    case gutenberg
    /// goodbooks-10k's `books.csv` (https://github.com/zygmuntz/goodbooks-10k).
    case goodbooks
    /// A library export of Goodreads (https://www.goodreads.com/review/import). Only what it says about books is taken;
    /// the person's own ratings, reviews and dates are not read.
    case goodreads
    /// A plain table: `title`, and any of `authors` (or `author`), `year`, `language`, `length`, `subjects`, `description` and
    /// `gutenberg_id`; several authors or subjects parted by semicolons. Calibre's and StoryGraph's exports are read as well.
    case csv

    /// The format a header line belongs to; nil when it is none of them.
    static func detected(from columns: CSVColumns) -> CatalogFormat? {
        if columns.has("text#") { return .gutenberg }
        if columns.has("book_id") && columns.has("ratings_count") { return .goodbooks }
        if columns.has("book id") && columns.has("my rating") { return .goodreads }
        return columns.has("title") ? .csv : nil
    }

    var requiredColumns: [String] {
        switch self {
        case .gutenberg: ["text#", "title", "authors"]
        case .goodbooks: ["book_id", "title", "authors", "ratings_count"]
        case .goodreads: ["book id", "title", "author"]
        case .csv: ["title"]
        }
    }
}

/// The columns of a table by the names in its header, whatever their order and letter case.
struct CSVColumns {
    private var indices: [String: Int] = [:]
    let count: Int

    init(_ header: borrowing CSVRecord) {
        count = header.count
        for index in 0..<header.count {
            let name = AuthorName.spaced(header.text(index)).lowercased()
            if indices[name] == nil { indices[name] = index }
        }
    }

    func has(_ name: String) -> Bool { indices[name] != nil }

    /// A field by its column's name; empty when the table has no such column.
    func text(_ name: String, of record: borrowing CSVRecord) -> String {
        indices[name].map { record.text($0) } ?? ""
    }
}

/// Why a row was left out.
struct RowRefusal: Error, Equatable {
    var reason: String
}

/// Reads a format's rows; several rows may make one record.
protocol RowReader {
    /// Takes the next row and returns the records that are complete now. Throws ``RowRefusal`` when the row is of no use.
    mutating func read(_ record: borrowing CSVRecord, _ columns: CSVColumns) throws(RowRefusal) -> SourceRecord?
    /// The record that the last rows made.
    mutating func finish() -> SourceRecord?
    /// Rows that only added an author to a record.
    var furtherRows: Int { get }
}

extension RowReader {
    mutating func finish() -> SourceRecord? { nil }
    var furtherRows: Int { 0 }
}

/// Limits on what a field may hold, and the checks the formats share.
enum FieldRules {
    static let maximumTitleBytes = 2_000
    static let maximumAuthors = 64
    static let maximumSummaryBytes = 1_000

    static func title(_ text: String) throws(RowRefusal) -> String {
        guard !Folding.key(text).isEmpty else { throw RowRefusal(reason: "no title") }
        guard text.utf8.count <= maximumTitleBytes else {
            throw RowRefusal(reason: "the title has more than \(maximumTitleBytes) bytes")
        }
        return text
    }

    /// A whole number, also written "1925.0" or "="…"". Nil for anything else.
    static func integer(_ text: String) -> Int? {
        let plain = text.filter { $0 != "=" && $0 != "\"" && !$0.isWhitespace }
        if let number = Int(plain) { return number }
        guard let number = Double(plain), number.isFinite, abs(number) < 1e15 else { return nil }
        return Int(number.rounded())
    }

    /// A year from 4000 before the common era to 2100; nil for anything else, and for 0, which there was not.
    static func year(_ text: String) -> Int? {
        integer(text).flatMap { (-4_000...2_100).contains($0) && $0 != 0 ? $0 : nil }
    }

    /// An average of readers' ratings, 0 to 5; nil for 0, which stands for none.
    static func rating(_ text: String) -> Double? {
        guard let rating = Double(text), rating > 0, rating <= 5 else { return nil }
        return rating
    }

    /// A text without HTML's tags, and with the commonest of its characters as they are.
    static func withoutMarkup(_ text: String) -> String {
        guard text.contains("<") || text.contains("&") else { return text }
        var plain = ""
        var isTag = false
        for character in text {
            switch character {
            case "<": isTag = true
            case ">" where isTag:
                isTag = false
                plain.append(" ")
            default: if !isTag { plain.append(character) }
            }
        }
        for (name, sign) in [
            ("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"),
        ] {
            plain = plain.replacing(name, with: sign)
        }
        return plain
    }

    static func summary(_ text: String) -> String? {
        var summary = AuthorName.spaced(text)
        while summary.utf8.count > maximumSummaryBytes { summary.removeLast() }
        return summary.isEmpty ? nil : summary
    }
}
