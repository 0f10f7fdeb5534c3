import Chat
import SQLite

/// A list whose members stand in a table of pairs: subjects, authors or languages of works.
enum PairTable: String, CaseIterable {
    case subjects = "work_subjects"
    case authors = "work_authors"
    case languages = "work_languages"

    var column: String {
        switch self {
        case .subjects: "subject_id"
        case .authors: "author_id"
        case .languages: "language"
        }
    }
}

/// The conditions of a query, in SQL on `w` (works). The text of a condition is the same whatever its values, so that
/// prepared statements are used again: lists go in as JSON (https://sqlite.org/json1.html#jeach).
struct SearchConditions {
    private var always: [(sql: String, values: [DatabaseValue])] = []
    /// What each work must have one of.
    private var wanted: [PairTable: [DatabaseValue]] = [:]
    /// True when a condition names only what the catalogue has not: nothing can match.
    private(set) var isHopeless = false

    /// Values in one list of a query; more are left out.
    static let maximumValues = 64
    static let maximumExcludedBooks = 1_000

    init(_ query: CatalogQuery, _ connection: Connection) throws {
        let subjects = SubjectLookup(connection: connection)
        let authors = AuthorLookup(connection: connection)
        want(.subjects, query.subjects, try subjects.identifiers(of: Self.few(query.subjects)).map { .integer($0) })
        want(.authors, query.authors, try authors.identifiers(of: Self.few(query.authors)).map { .integer($0) })
        want(.languages, query.languages, Languages.codes(Self.few(query.languages)).map { .text($0) })
        if let years = query.years {
            always.append(
                (
                    "w.period_start <= ? AND w.period_end >= ?",
                    [DatabaseValue(years.upperBound), DatabaseValue(years.lowerBound)]
                ))
        }
        if !query.lengths.isEmpty {
            let codes = Set(query.lengths.map { WorkTable.code($0) }).sorted().map { DatabaseValue.integer($0) }
            always.append(("w.length IN (SELECT value FROM json_each(?))", [Self.list(codes)]))
        }
        exclude(.subjects, try subjects.exact(Self.few(query.excludedSubjects)))
        exclude(.authors, try authors.identifiers(of: Self.few(query.excludedAuthors)))
        let books = try WorkLookup(connection: connection)
            .rows(of: Array(query.excludedBooks.prefix(Self.maximumExcludedBooks)))
        if !books.isEmpty {
            let list = Self.list(books.map { .integer($0) })
            always.append(("w.id NOT IN (SELECT value FROM json_each(?))", [list]))
        }
    }

    /// What a work must have one of in this table; empty when the query does not say.
    func values(in table: PairTable) -> [DatabaseValue] { wanted[table] ?? [] }

    /// The conditions, each after "AND", and their values in order.
    ///
    /// - Parameter table: whose list is walked through already and need not be asked again.
    func sql(without table: PairTable? = nil) -> (text: String, values: [DatabaseValue]) {
        var text = ""
        var values: [DatabaseValue] = []
        for condition in always {
            text += " AND " + condition.sql
            values += condition.values
        }
        for pairs in PairTable.allCases where pairs != table {
            guard let list = wanted[pairs] else { continue }
            text += " AND EXISTS (\(Self.pair(in: pairs)))"
            values.append(Self.list(list))
        }
        return (text, values)
    }

    private static func few(_ list: [String]) -> [String] { Array(list.prefix(maximumValues)) }

    private static func pair(in table: PairTable) -> String {
        """
        SELECT 1 FROM \(table.rawValue) x
        WHERE x.work_id = w.id AND x.\(table.column) IN (SELECT value FROM json_each(?))
        """
    }

    /// A JSON array. Texts are codes of two or three letters, which need no escapes.
    private static func list(_ values: [DatabaseValue]) -> DatabaseValue {
        let members = values.map { value in
            switch value {
            case .integer(let number): String(number)
            case .text(let code): "\"" + code + "\""
            default: "null"
            }
        }
        return .text("[" + members.joined(separator: ",") + "]")
    }

    private mutating func want(_ table: PairTable, _ asked: [String], _ found: [DatabaseValue]) {
        guard !asked.isEmpty else { return }
        if found.isEmpty { isHopeless = true } else { wanted[table] = found }
    }

    private mutating func exclude(_ table: PairTable, _ identifiers: [Int64]) {
        guard !identifiers.isEmpty else { return }
        always.append(("NOT EXISTS (\(Self.pair(in: table)))", [Self.list(identifiers.map { .integer($0) })]))
    }
}
