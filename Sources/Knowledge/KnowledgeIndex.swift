public import Chat
import SQLite
import Scheduling
import Synchronization

/// The full-text index over the agents' Markdown, in a file of its own (https://sqlite.org/fts5.html).
///
/// It follows the files: a search first looks whether any has changed, at most every `rescanEvery`, and reads those again.
/// Several processes may use one index; each brings it up to date, and the same files make the same index.
public final class KnowledgeIndex: KnowledgeBase {
    private let writer: DatabaseWriter
    private let readers: DatabaseReaders
    private let scan: FolderScan
    private let rescanEvery: Duration
    private let log: @Sendable (String) -> Void
    private let nextScan = Mutex(MonotonicTime(nanoseconds: 0))
    /// The first look at the files, which every search waits for: before it the index may be empty, and an agent that
    /// finds nothing says that it knows nothing.
    private let firstLook = Mutex<Task<Void, Never>?>(nil)
    /// How long one search may take; far more than any does.
    private let timeLimit = Duration.seconds(5)
    /// Files read before they are put into the index in one transaction.
    private static let filesPerTransaction = 32

    /// Opens the index; a missing file is made. Blocks for as long as opening files takes; reads no document yet.
    ///
    /// - Parameters:
    ///   - path: of the index, such as `var/knowledge.db`; its folder must exist.
    ///   - folders: whose documents are where. A folder that is missing is as one that is empty, and stands in the report.
    ///   - rescanEvery: how old the last look at the files may be when a search comes.
    ///   - threads: searches at the same time.
    ///   - log: told once of every file that is not taken in, and why.
    ///
    /// Throws `SQLiteError` when the file cannot be opened, and `DatabaseError` when it is another program's or a newer
    /// version's.
    public init(
        path: String, folders: [KnowledgeFolder], rescanEvery: Duration = .seconds(2), threads: Int = 2,
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        writer = try DatabaseWriter(path: path, schema: KnowledgeSchema.schema, options: KnowledgeSchema.options)
        readers = try DatabaseReaders(path: path, options: KnowledgeSchema.options, threads: threads)
        scan = FolderScan(folders: folders)
        self.rescanEvery = rescanEvery
        self.log = log
    }

    /// Ends the threads. Later calls throw `StoreError` `unavailable`.
    public func close() async {
        await readers.close()
        await writer.close()
    }

    /// Brings the index up to date with the files and tells what is in it. Reading is done on the index's own threads.
    ///
    /// A file that cannot be taken in is no error: it is left out and stands in the report.
    /// - Throws: `StoreError` when the index cannot be read or written.
    @discardableResult
    public func refresh() async throws -> KnowledgeReport {
        do {
            return try await update()
        } catch {
            throw StoreError(knowledge: error)
        }
    }

    private func update() async throws -> KnowledgeReport {
        nextScan.withLock { $0 = .now().advanced(byMilliseconds: Int(rescanEvery / .milliseconds(1))) }
        let scan = scan
        let found = try await readers.read(timeLimit: nil) { connection in try scan.run(connection) }
        var start = 0
        var changed = found.gone.count
        while start < found.changed.count {
            let batch = Array(found.changed[start..<min(start + Self.filesPerTransaction, found.changed.count)])
            start += batch.count
            // Files are read where nobody waits for the writer.
            let documents = try await readers.read(timeLimit: nil) { _ in batch.map { IndexedDocument($0) } }
            let outcomes = try await writer.write { connection in
                try documents.map { try $0.store(in: connection) }
            }
            for (document, outcome) in zip(documents, outcomes) {
                if outcome.hasChanged { changed += 1 }
                if outcome.hasNews { for problem in document.problems { log(problem.description) } }
            }
        }
        if !found.gone.isEmpty {
            try await writer.write { connection in
                for id in found.gone { try IndexedDocument.remove(id, from: connection) }
            }
        }
        let agents = Array(Set(scan.folders.map(\.agent))).sorted()
        var report = try await readers.read { connection in try KnowledgeReport(connection, agents: agents) }
        report.problems = found.problems + report.problems
        report.changed = changed
        return report
    }

    public func search(_ text: String, agent: String, limit: Int) async throws -> [KnowledgeMatch] {
        let words = QueryWords(text)
        guard !words.words.isEmpty else { return [] }
        let limit = min(max(limit, 1), 50)
        return try await read { connection in
            try SectionSearch(connection: connection, agent: agent).matches(of: words, limit: limit)
        }
    }

    public func sections(of document: String, agent: String) async throws -> [KnowledgeSection] {
        try await read { connection in
            try SectionSearch(connection: connection, agent: agent).sections(of: document)
        }
    }

    public func titles(agent: String) async throws -> [String] {
        try await read { connection in
            try connection.all(
                """
                SELECT title FROM documents WHERE agent = ?1 AND EXISTS (
                    SELECT 1 FROM sections WHERE sections.document = documents.id) ORDER BY path LIMIT 2000
                """, [.text(agent)]
            ) { row in try row.text(0) }
        }
    }

    /// Reads the index, after a look at the files when the last one was too long ago.
    private func read<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws -> Result {
        let look = firstLook.withLock { look in
            if let look { return (task: look, isNew: false) }
            let task = Task { await self.followFiles() }
            look = task
            return (task: task, isNew: true)
        }
        await look.task.value
        if !look.isNew, isDue() { await followFiles() }
        do {
            return try await readers.read(timeLimit: timeLimit, body)
        } catch {
            throw StoreError(knowledge: error)
        }
    }

    private func followFiles() async {
        do {
            _ = try await update()
        } catch let error as DatabaseError where error.reason == .closed {
            // The process ends; the next one reads what is left.
        } catch {
            // What was read before is better than no answer; the next look may succeed.
            log("the knowledge index could not be brought up to date: \(error)")
        }
    }

    /// True for one caller each time; the others go on with what is there.
    private func isDue() -> Bool {
        let now = MonotonicTime.now()
        let interval = Int(rescanEvery / .milliseconds(1))
        return nextScan.withLock { next in
            guard now >= next else { return false }
            next = now.advanced(byMilliseconds: interval)
            return true
        }
    }
}

extension StoreError {
    init(knowledge error: any Error) {
        self.init(
            kind: Kind(rawValue: DatabaseFailure(error).rawValue) ?? .fault, detail: "the knowledge index: \(error)")
    }
}
