import Chat
import SQLite

/// Lists in one column: parted by U+001F (unit separator), which no imported text holds.
enum PartedList {
    static let separator: UInt8 = 0x1F

    static func text(_ list: [String]) -> String { list.joined(separator: "\u{1f}") }

    static func list(_ text: String) -> [String] {
        text.parts(between: "\u{1f}").map { String($0) }
    }
}

/// Reads and writes `records` and `record_keys`. Used inside the importer's transactions.
struct RecordTable {
    enum Change {
        case added, updated, unchanged
    }

    struct Stored {
        var id: Int64
        var workID: Int64?
        var record: SourceRecord
    }

    let connection: Connection

    /// Stores a record; one that says the same as before is not written.
    func store(_ record: SourceRecord) throws -> Change {
        let digest = record.digest
        let known = try connection.first(
            "SELECT id, digest, merge_keys FROM records WHERE source = ?1 AND key = ?2",
            [.integer(Int64(record.source.rawValue)), .text(record.key)]
        ) { row in (try row.int64(0), try row.int64(1), try row.text(2)) }
        guard let (id, knownDigest, keys) = known else {
            try insert(record, digest)
            return .added
        }
        guard knownDigest != digest else { return .unchanged }
        for key in PartedList.list(keys) {
            try connection.run(
                "DELETE FROM record_keys WHERE key = ?1 AND record_id = ?2", [.text(key), .integer(id)])
        }
        try connection.run(Self.update, values(record, digest) + [.integer(id)])
        try addKeys(record, id)
        return .updated
    }

    private func insert(_ record: SourceRecord, _ digest: Int64) throws {
        try connection.run(Self.insert, values(record, digest))
        try addKeys(record, connection.lastInsertedRowID)
    }

    private func addKeys(_ record: SourceRecord, _ id: Int64) throws {
        for key in record.mergeKeys {
            try connection.run(
                "INSERT OR IGNORE INTO record_keys (key, record_id) VALUES (?1, ?2)", [.text(key), .integer(id)])
        }
    }

    private static let columns = [
        "source", "key", "digest", "title", "other_titles", "merge_keys", "links", "title_keys", "is_bare", "is_volume",
        "authors", "period_start", "period_end", "year", "original", "texts", "subjects", "length", "summary", "rating",
        "ratings", "prominence", "is_dirty",
    ]
    private static let insert =
        "INSERT INTO records (\(columns.joined(separator: ", "))) VALUES ("
        + (1..<columns.count).map { "?\($0)" }.joined(separator: ", ") + ", 1)"
    private static let update =
        "UPDATE records SET "
        + (1..<columns.count).map { "\(columns[$0 - 1]) = ?\($0)" }.joined(separator: ", ")
        + ", is_dirty = 1 WHERE id = ?\(columns.count)"
    private static let select = "SELECT \(columns.joined(separator: ", ")), id, work_id FROM records WHERE "

    private func values(_ record: SourceRecord, _ digest: Int64) -> [DatabaseValue] {
        [
            .integer(Int64(record.source.rawValue)), .text(record.key), .integer(digest), .text(record.title),
            .text(PartedList.text(record.otherTitles)), .text(PartedList.text(record.mergeKeys)),
            .text(PartedList.text(record.links)), .text(PartedList.text(record.titleKeys)),
            DatabaseValue(record.isBare),
            DatabaseValue(record.isVolume), .text(PartedList.text(record.authors)),
            DatabaseValue(record.period?.lowerBound), DatabaseValue(record.period?.upperBound),
            DatabaseValue(record.year), DatabaseValue(record.original), .text(PartedList.text(record.texts)),
            .text(PartedList.text(record.subjects)), DatabaseValue(record.length?.rawValue),
            DatabaseValue(record.summary), DatabaseValue(record.rating), DatabaseValue(record.ratings),
            .real(record.prominence),
        ]
    }

    func record(id: Int64) throws -> Stored? {
        try connection.first(Self.select + "id = ?1", [.integer(id)], Self.read)
    }

    func records(ofWork id: Int64) throws -> [Int64] {
        try connection.all("SELECT id FROM records WHERE work_id = ?1", [.integer(id)]) { row in try row.int64(0) }
    }

    func records(sharing key: String) throws -> [Int64] {
        try connection.all("SELECT record_id FROM record_keys WHERE key = ?1", [.text(key)]) { row in try row.int64(0) }
    }

    func dirty(limit: Int) throws -> [Int64] {
        try connection.all(
            "SELECT id FROM records WHERE is_dirty = 1 ORDER BY id LIMIT ?1", [.integer(Int64(limit))]
        ) { row in try row.int64(0) }
    }

    func settle(_ id: Int64, inWork work: Int64) throws {
        try connection.run(
            "UPDATE records SET work_id = ?1, is_dirty = 0 WHERE id = ?2", [.integer(work), .integer(id)])
    }

    private static func read(_ row: borrowing Row) throws -> Stored {
        guard let source = Source(rawValue: try row.int(0)) else {
            throw CatalogError(
                reason: .damaged, description: "A record of an unknown source; import the catalogue anew.")
        }
        var record = SourceRecord(source: source, key: try row.text(1), title: try row.text(3))
        record.otherTitles = PartedList.list(try row.text(4))
        record.mergeKeys = PartedList.list(try row.text(5))
        record.links = PartedList.list(try row.text(6))
        record.titleKeys = PartedList.list(try row.text(7))
        record.isBare = try row.bool(8)
        record.isVolume = try row.bool(9)
        record.authors = PartedList.list(try row.text(10))
        if let start = try row.optionalInt(11), let end = try row.optionalInt(12), start <= end {
            record.period = start...end
        }
        record.year = try row.optionalInt(13)
        record.original = try row.optionalText(14)
        record.texts = PartedList.list(try row.text(15))
        record.subjects = PartedList.list(try row.text(16))
        record.length = try row.optionalText(17).flatMap { BookLength(rawValue: $0) }
        record.summary = try row.optionalText(18)
        record.rating = try row.optionalDouble(19)
        record.ratings = try row.optionalInt(20)
        record.prominence = try row.double(21)
        return Stored(id: try row.int64(23), workID: try row.optionalInt64(24), record: record)
    }
}
