import Chat
import Foundation
import SQLite
import Synchronization

@testable import Knowledge

/// Documents and an index in a folder of their own, removed when the test lets go of it.
final class TrialKnowledge: Sendable {
    let folder: String
    private let warnings = Mutex<[String]>([])

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/knowledge-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder + "/docs", withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    var path: String { folder + "/knowledge.db" }
    var documents: String { folder + "/docs" }
    var logged: [String] { warnings.withLock { $0 } }

    func write(_ name: String, _ text: String) throws {
        try write(name, Array(text.utf8))
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let file = documents + "/" + name
        let parent = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(filePath: file))
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: documents + "/" + name)
    }

    /// An index that looks at the files before every search.
    func index(folders: [KnowledgeFolder]? = nil, rescanEvery: Duration = .zero) throws -> KnowledgeIndex {
        try KnowledgeIndex(
            path: path, folders: folders ?? [KnowledgeFolder(agent: "visa", path: documents)], rescanEvery: rescanEvery
        ) { line in self.warnings.withLock { $0.append(line) } }
    }

    /// Faults that SQLite and the full-text index find in themselves.
    func faults() throws -> [String] {
        let connection = try Connection(path: path)
        var faults = try connection.all("PRAGMA integrity_check") { row in try row.text(0) }.filter { $0 != "ok" }
        do throws(SQLiteError) {
            // https://sqlite.org/fts5.html#the_integrity_check_command
            try connection.run("INSERT INTO section_search (section_search) VALUES ('integrity-check')")
        } catch {
            faults.append(error.message)
        }
        let lost = try connection.first(
            """
            SELECT (SELECT count(*) FROM sections WHERE document NOT IN (SELECT id FROM documents))
                + (SELECT count(*) FROM section_search WHERE rowid NOT IN (SELECT id FROM sections))
            """
        ) { row in try row.int(0) }
        if lost != 0 { faults.append("\(lost ?? -1) rows belong to no document") }
        return faults
    }
}
