import Chat
import SQLite

@testable import Catalog

/// What is in a catalogue, for comparing.
enum CatalogContent {
    /// All that is stored of each work, by its identifier and without row numbers.
    static func works(_ path: String) throws -> [String] {
        let connection = try Connection(path: path, options: ConnectionOptions().readOnly)
        return try connection.all(
            """
            SELECT w.public_id || '|' || w.fame || '|' || coalesce(w.year, '') || '|' || coalesce(w.period_start, '')
                || '|' || coalesce(w.period_end, '') || '|' || w.length || '|' || coalesce(w.rating, '') || '|' || t.title
                || '|' || t.other_titles || '|' || t.authors || '|' || t.subjects || '|' || t.summary || '|' || t.languages
                || '|' || (SELECT group_concat(k, '/') FROM (SELECT key AS k FROM work_titles WHERE work_id = w.id ORDER BY key))
                || '|' || coalesce((SELECT group_concat(k, '/') FROM (SELECT a.key AS k FROM work_authors l
                    JOIN authors a ON a.id = l.author_id WHERE l.work_id = w.id ORDER BY a.key)), '')
                || '|' || coalesce((SELECT group_concat(k, '/') FROM (SELECT s.term || l.fame AS k FROM work_subjects l
                    JOIN subjects s ON s.id = l.subject_id WHERE l.work_id = w.id ORDER BY s.term)), '')
                || '|' || coalesce((SELECT group_concat(k, '/') FROM (SELECT language || fame AS k FROM work_languages
                    WHERE work_id = w.id ORDER BY language)), '')
            FROM works w JOIN work_texts t ON t.id = w.id ORDER BY w.public_id
            """
        ) { row in try row.text(0) }
    }

    /// Faults that SQLite and the full-text index find in themselves, and rows that belong to no work.
    static func faults(_ path: String) throws -> [String] {
        let connection = try Connection(path: path)
        var faults = try connection.all("PRAGMA integrity_check") { row in try row.text(0) }.filter { $0 != "ok" }
        do throws(SQLiteError) {
            // Compares the index with the texts (https://sqlite.org/fts5.html#the_integrity_check_command).
            try connection.run("INSERT INTO work_search (work_search, rank) VALUES ('integrity-check', 1)")
        } catch {
            faults.append(error.message)
        }
        for table in ["work_subjects", "work_authors", "work_languages", "work_titles"] {
            let lost =
                try connection.first(
                    "SELECT count(*) FROM \(table) WHERE work_id NOT IN (SELECT id FROM works)"
                ) { row in try row.int(0) } ?? 0
            if lost > 0 { faults.append("\(lost) rows of \(table) belong to no work") }
        }
        let lost =
            try connection.first(
                "SELECT count(*) FROM records WHERE is_dirty = 1 OR work_id IS NULL OR work_id NOT IN (SELECT id FROM works)"
            ) { row in try row.int(0) } ?? 0
        if lost > 0 { faults.append("\(lost) records belong to no work") }
        let empty =
            try connection.first(
                "SELECT count(*) FROM works WHERE id NOT IN (SELECT work_id FROM records)"
            ) { row in try row.int(0) } ?? 0
        if empty > 0 { faults.append("\(empty) works have no record") }
        return faults
    }
}

/// A catalogue in a folder of its own.
struct TrialCatalog {
    let folder: TemporaryFolder
    var path: String { folder.path("catalog.db") }

    init() throws {
        folder = try TemporaryFolder()
    }

    @discardableResult
    func add(_ text: String, format: CatalogFormat? = nil) throws -> ImportReport {
        try CatalogImporter(path: path).run(file: try folder.file("input.csv", text), format: format)
    }

    func works() throws -> [String] { try CatalogContent.works(path) }
    func faults() throws -> [String] { try CatalogContent.faults(path) }

    func entry(_ id: String) async throws -> CatalogEntry? {
        let catalog = try SQLiteBookCatalog(path: path, threads: 1)
        let found = try await catalog.works(withIDs: [BookID(rawValue: id)]).first
        await catalog.close()
        return found
    }
}
