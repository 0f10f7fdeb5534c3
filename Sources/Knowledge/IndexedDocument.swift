import Chat
import SQLite

/// A file as it goes into the index: read and taken apart, or with the reason why not.
struct IndexedDocument: Sendable {
    static let maximumFileBytes = 1_048_576
    static let maximumSectionBytes = 65_536
    /// A file that was changed less than this before it was read may change again without a new time on it.
    private static let settlingNanoseconds: Int64 = 2_000_000_000

    private let agent: String
    private let path: String
    private let stamp: AgentFile.Stamp
    private let isSettled: Bool
    private let digest: Int64
    private let document: MarkdownDocument?
    let problems: [KnowledgeProblem]

    /// Reads the file; blocks.
    init(_ file: FolderScan.ChangedFile) {
        agent = file.agent
        path = file.path
        var mistakes: [MarkdownDocument.Mistake] = []
        do throws(AgentFile.Failure) {
            let (bytes, stamp) = try AgentFile.read(file.fullPath, maximumBytes: Self.maximumFileBytes)
            self.stamp = stamp
            isSettled = Timestamp.now().milliseconds * 1_000_000 - stamp.modified > Self.settlingNanoseconds
            digest = Self.digest(bytes)
            (document, mistakes) = Self.parse(bytes, name: file.path)
        } catch {
            // Looked at again every time: a file that is too large is not read, so that costs little.
            stamp = AgentFile.Stamp(size: 0, modified: 0, inode: 0)
            isSettled = false
            digest = 0
            document = nil
            mistakes = [MarkdownDocument.Mistake(line: nil, problem: "it is left out: \(error.problem)")]
        }
        let name = file.fullPath
        problems = mistakes.map { KnowledgeProblem(file: name, line: $0.line, problem: $0.problem) }
    }

    private static func parse(
        _ bytes: [UInt8], name: String
    ) -> (MarkdownDocument?, [MarkdownDocument.Mistake]) {
        guard let text = AgentFile.text(bytes) else {
            return (nil, [MarkdownDocument.Mistake(line: nil, problem: "it is left out: it is no text in UTF-8")])
        }
        do {
            let base = name.split(separator: "/").last.map(String.init) ?? name
            let document = try MarkdownDocument(text, name: base, maximumSectionBytes: maximumSectionBytes)
            return (document, document.warnings)
        } catch {
            return (nil, [MarkdownDocument.Mistake(line: error.line, problem: "it is left out: \(error.problem)")])
        }
    }

    /// What came of a document that was put into the index.
    struct Outcome: Sendable {
        var hasChanged: Bool
        /// Whether its problems are others than those the index knew.
        var hasNews: Bool
    }

    /// Puts the document in the place of what the index has of this file.
    func store(in connection: Connection) throws -> Outcome {
        let known = try connection.first(
            "SELECT id, digest, problem FROM documents WHERE agent = ?1 AND path = ?2", [.text(agent), .text(path)]
        ) { row in (id: try row.int64(0), digest: try row.int64(1), problem: try row.optionalText(2)) }
        let problem = problems.isEmpty ? nil : problems.map(Self.kept).joined(separator: "\n")
        if let known, known.digest == digest, known.problem == problem {
            // Only its times are new.
            try connection.run(
                "UPDATE documents SET size = ?2, modified = ?3, inode = ?4, is_settled = ?5 WHERE id = ?1",
                [.integer(known.id)] + stampValues)
            return Outcome(hasChanged: false, hasNews: false)
        }
        if let known { try Self.remove(known.id, from: connection) }
        try connection.run(
            """
            INSERT INTO documents (agent, path, size, modified, inode, is_settled, digest, title, written, origin, language,
                problem) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """,
            [.text(agent), .text(path)] + stampValues + [
                .integer(digest), .text(document?.title ?? ""), DatabaseValue(document?.written),
                DatabaseValue(document?.origin), DatabaseValue(document?.language), DatabaseValue(problem),
            ])
        let id = connection.lastInsertedRowID
        for (position, section) in (document?.sections ?? []).enumerated() {
            try connection.run(
                "INSERT INTO sections (document, position) VALUES (?1, ?2)",
                [.integer(id), .integer(Int64(position))])
            try connection.run(
                "INSERT INTO section_search (rowid, title, headings, text, keywords) VALUES (?1, ?2, ?3, ?4, ?5)",
                [
                    .integer(connection.lastInsertedRowID), .text(document?.title ?? ""),
                    .text(section.headings.joined(separator: "\u{1F}")), .text(section.text),
                    .text(document?.keywords ?? ""),
                ])
        }
        return Outcome(hasChanged: true, hasNews: problem != nil && problem != known?.problem)
    }

    static func remove(_ id: Int64, from connection: Connection) throws {
        try connection.run(
            "DELETE FROM section_search WHERE rowid IN (SELECT id FROM sections WHERE document = ?1)", [.integer(id)])
        try connection.run("DELETE FROM sections WHERE document = ?1", [.integer(id)])
        try connection.run("DELETE FROM documents WHERE id = ?1", [.integer(id)])
    }

    private var stampValues: [DatabaseValue] {
        [.integer(stamp.size), .integer(stamp.modified), .integer(stamp.inode), DatabaseValue(isSettled)]
    }

    private static func kept(_ problem: KnowledgeProblem) -> String {
        let words = problem.problem.split(separator: "\n").joined(separator: " ")
        return (problem.line.map { "\($0)" } ?? "") + "\t" + words
    }

    /// FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/): tells whether a file is the same, not who wrote it.
    private static func digest(_ bytes: [UInt8]) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0100_0000_01b3 }
        return Int64(bitPattern: hash)
    }
}
