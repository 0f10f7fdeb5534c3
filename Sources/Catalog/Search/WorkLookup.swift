import Chat
import SQLite
import Substrings

/// Finds works by identifier and by title, and reads them.
struct WorkLookup {
    let connection: Connection

    /// The works with these identifiers in the order asked, each once; an identifier of another edition or source finds
    /// the work it belongs to.
    func rows(of identifiers: [BookID]) throws -> [Int64] {
        var rows: [Int64] = []
        for identifier in identifiers {
            if let row = try row(of: identifier), !rows.contains(row) { rows.append(row) }
        }
        return rows
    }

    /// The number of a work's text at Project Gutenberg; nil where there is none. Of several texts the one that an editor chose, else
    /// whole works before volumes, English before other languages, low numbers before high ones.
    func gutenbergNumber(of identifier: BookID) throws -> Int? {
        guard let row = try row(of: identifier) else { return nil }
        var links: [Int] = []
        var best: (rank: (Int, Int, Int), number: Int)?
        try connection.forEach(
            "SELECT source, key, links, is_volume, texts FROM records WHERE work_id = ?1", [.integer(row)]
        ) { record in
            links += PartedList.list(try record.text(2)).compactMap { link in
                link.hasPrefix("pg:") ? Int(link.dropFirst(3)) : nil
            }
            guard try record.int(0) == Source.gutenberg.rawValue, let number = Int(try record.text(1)) else { return }
            let isEnglish = PartedList.list(try record.text(4)).contains("en")
            let rank = (try record.bool(3) ? 1 : 0, isEnglish ? 0 : 1, number)
            if best.map({ rank < $0.rank }) ?? true { best = (rank, number) }
        }
        return links.min() ?? best?.number
    }

    private func row(of identifier: BookID) throws -> Int64? {
        let text = identifier.rawValue
        guard text.utf8.count <= 300 else { return nil }
        let own = try connection.first("SELECT id FROM works WHERE public_id = ?1", [.text(text)]) { row in
            try row.int64(0)
        }
        if let own { return own }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let key = String(text[text.index(after: colon)...])
        for source in Source.allCases where source.prefix == text[..<colon] {
            let merged = try connection.first(
                "SELECT work_id FROM records WHERE source = ?1 AND key = ?2 AND work_id IS NOT NULL",
                [.integer(Int64(source.rawValue)), .text(key)]
            ) { row in try row.int64(0) }
            if let merged { return merged }
        }
        return nil
    }

    /// Works that bear the title, best known first.
    ///
    /// - Parameter isFuzzy: also works whose title is a slip away; else, and when they are far better known, works that
    ///   people call so for short.
    func rows(titled title: String, isFuzzy: Bool, limit: Int) throws -> [Int64] {
        guard title.utf8.count <= FieldRules.maximumTitleBytes else { return [] }
        let keys = TitleForms(title, cutsVolumes: false, cutsParts: false).lookupKeys.filter { !$0.isEmpty }
        var own: [Titled] = []
        for key in keys where own.isEmpty { own = try rows(titledExactly: key, limit: limit) }
        guard isFuzzy, let key = keys.first else { return own.map(\.row) }
        // "Alice in Wonderland" is a picture book's title, but it is not the picture book that people mean.
        let best = own.first?.fame ?? 0
        let short = try rows(shortTitle: title).filter { other in
            other.fame >= best + 100 && !own.contains { $0.row == other.row }
        }
        if !own.isEmpty { return Array((short + own).map(\.row).prefix(limit)) }
        let alike = try rows(titledLike: key, limit: limit)
        return alike.isEmpty ? short.map(\.row) : alike
    }

    private struct Titled {
        var row: Int64
        var fame: Int64
    }

    private func rows(titledExactly key: String, limit: Int) throws -> [Titled] {
        try connection.all(
            """
            SELECT w.id, w.fame FROM work_titles t JOIN works w ON w.id = t.work_id
            WHERE t.length = ?1 AND t.key = ?2 ORDER BY w.fame DESC, w.id LIMIT ?3
            """, [.integer(Int64(key.utf8.count)), .text(key), .integer(Int64(limit))]
        ) { row in Titled(row: try row.int64(0), fame: try row.int64(1)) }
    }

    /// Well-known works whose title people shorten: "Jekyll and Hyde", "Huckleberry Finn". Two telling words at least, and
    /// few works that hold them; otherwise they are no title.
    private func rows(shortTitle title: String) throws -> [Titled] {
        let words = TextQuery.words([title])
        guard (2...8).contains(words.count) else { return [] }
        let found = try connection.all(
            """
            SELECT w.id, w.fame FROM work_search s CROSS JOIN works w ON w.id = s.rowid
            WHERE s.work_search MATCH ?1 AND w.fame >= 400 ORDER BY w.fame DESC, w.id LIMIT 5
            """, [.text("title : (" + TextQuery.all(of: words) + ")")]
        ) { row in Titled(row: try row.int64(0), fame: try row.int64(1)) }
        return found.count < 5 ? found : []
    }

    private func rows(titledLike key: String, limit: Int) throws -> [Int64] {
        let length = key.utf8.count
        let slips = Likeness.allowedSlips(length)
        guard slips > 0 else { return [] }
        var best: [Int64: Int] = [:]
        var counter = EditDistance(key, limit: slips)
        try connection.forEach(
            "SELECT key, work_id FROM work_titles WHERE length BETWEEN ?1 AND ?2",
            [.integer(Int64(length - slips)), .integer(Int64(length + slips))]
        ) { row in
            let found = try row.withBytes(0) { counter.slips(to: $0) }
            guard let found else { return }
            let work = try row.int64(1)
            best[work] = min(best[work] ?? .max, found)
        }
        let fame = try best.keys.reduce(into: [Int64: Int64]()) { fame, work in
            fame[work] = try connection.first("SELECT fame FROM works WHERE id = ?1", [.integer(work)]) { row in
                try row.int64(0)
            }
        }
        // Among titles equally near, the best known; a nearer title of a hardly known work does not win over one that
        // everybody knows and a slip away more.
        let ranked = best.sorted { left, right in
            let a = (fame[left.key] ?? 0) - Int64(left.value) * 100
            let b = (fame[right.key] ?? 0) - Int64(right.value) * 100
            return a == b ? left.key < right.key : a > b
        }
        return ranked.prefix(limit).map(\.key)
    }

    func entry(_ row: Int64) throws -> CatalogEntry? {
        try connection.first(
            """
            SELECT w.public_id, t.title, t.authors, w.year, w.period_start, w.period_end, t.languages, t.subjects, w.length,
                t.summary, w.rating, w.fame
            FROM works w JOIN work_texts t ON t.id = w.id WHERE w.id = ?1
            """, [.integer(row)]
        ) { row in
            let summary = try row.text(9)
            var period: ClosedRange<Int>?
            if let start = try row.optionalInt(4), let end = try row.optionalInt(5), start <= end {
                period = start...end
            }
            return CatalogEntry(
                id: BookID(rawValue: try row.text(0)), title: try row.text(1),
                authors: try row.list(2), year: try row.optionalInt(3), period: period,
                languages: try row.list(6), subjects: try row.list(7),
                length: WorkTable.length(code: try row.int(8)), summary: summary.isEmpty ? nil : summary,
                rating: try row.optionalDouble(10), popularity: Double(try row.int64(11)) / 1_000)
        }
    }
}

extension Row {
    /// The parts of a `PartedList`, read where SQLite keeps them: a search reads some thousand of them.
    fileprivate func list(_ column: Int) throws -> [String] {
        try withBytes(column) { bytes in
            var parts: [String] = []
            var start = 0
            for end in 0...bytes.count where end == bytes.count || bytes[end] == PartedList.separator {
                if end > start {
                    parts.append(String(copying: try UTF8Span(validating: bytes.extracting(start..<end))))
                }
                start = end + 1
            }
            return parts
        }
    }
}
