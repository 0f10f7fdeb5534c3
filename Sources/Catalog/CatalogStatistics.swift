import SQLite

/// How much is in the catalogue, for the operator.
public struct CatalogStatistics: Sendable, Equatable {
    public var works = 0
    public var authors = 0
    public var subjects = 0
    /// Books each source has, by the source's name.
    public var records: [String: Int] = [:]
    /// Works by language, most first.
    public var languages: [(code: String, works: Int)] = []
    public var worksWithYear = 0
    public var worksWithRating = 0
    public var worksWithSummary = 0
    /// Books that an interrupted import has left to be put together; the next import does it.
    public var unmergedRecords = 0

    public static func == (left: CatalogStatistics, right: CatalogStatistics) -> Bool {
        left.works == right.works && left.authors == right.authors && left.subjects == right.subjects
            && left.records == right.records && left.languages.map(\.code) == right.languages.map(\.code)
            && left.languages.map(\.works) == right.languages.map(\.works) && left.worksWithYear == right.worksWithYear
            && left.worksWithRating == right.worksWithRating && left.worksWithSummary == right.worksWithSummary
            && left.unmergedRecords == right.unmergedRecords
    }

    init(_ connection: Connection) throws {
        func count(_ sql: String) throws -> Int { try connection.first(sql) { row in try row.int(0) } ?? 0 }
        works = try count("SELECT count(*) FROM works")
        authors = try count("SELECT count(*) FROM authors")
        subjects = try count("SELECT count(*) FROM subjects")
        worksWithYear = try count("SELECT count(year) FROM works")
        worksWithRating = try count("SELECT count(rating) FROM works")
        worksWithSummary = try count("SELECT count(*) FROM work_texts WHERE summary <> ''")
        unmergedRecords = try count("SELECT count(*) FROM records WHERE is_dirty = 1")
        for source in Source.allCases {
            let found = try connection.first(
                "SELECT count(*) FROM records WHERE source = ?1", [.integer(Int64(source.rawValue))]
            ) { row in try row.int(0) }
            records[CatalogFormat(source).rawValue] = found ?? 0
        }
        languages = try connection.all(
            "SELECT language, count(*) FROM work_languages GROUP BY language ORDER BY count(*) DESC, language"
        ) { row in (code: try row.text(0), works: try row.int(1)) }
    }
}

extension CatalogFormat {
    init(_ source: Source) {
        self =
            switch source {
            case .gutenberg: .gutenberg
            case .goodbooks: .goodbooks
            case .goodreads: .goodreads
            case .plain: .csv
            }
    }
}
