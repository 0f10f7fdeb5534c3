import Chat
import Foundation
import SQLite
import Testing

@testable import Knowledge

/// The index follows the files.
@Suite struct FollowingFilesTests {
    private func titles(_ index: KnowledgeIndex, _ query: String) async throws -> [String] {
        try await index.search(query, agent: "visa", limit: 10).map(\.section.title).sorted()
    }

    @Test func `a file that comes, changes and goes while the program runs is found, found anew, and not found`()
        async throws
    {
        let trial = try TrialKnowledge()
        let index = try trial.index()
        #expect(try await titles(index, "visa").isEmpty)
        try trial.write("a.md", "# First\n\nA visa for one.")
        #expect(try await titles(index, "visa") == ["First"])
        // Of the same size, at once: its times need not tell.
        try trial.write("a.md", "# Other\n\nA pass for one.")
        #expect(try await titles(index, "visa").isEmpty)
        #expect(try await titles(index, "pass") == ["Other"])
        try trial.write("sub/b.markdown", "# Second\n\nA pass for two.")
        #expect(try await titles(index, "pass") == ["Other", "Second"])
        try trial.remove("a.md")
        #expect(try await titles(index, "pass") == ["Second"])
        await index.close()
        #expect(try trial.faults().isEmpty)
    }

    @Test func `what has not changed is not read again`() async throws {
        let trial = try TrialKnowledge()
        for number in 1...5 { try trial.write("d\(number).md", "# D\(number)\n\nvisa") }
        let index = try trial.index()
        #expect(try await index.refresh().changed == 5)
        #expect(try await index.refresh().changed == 0)
        try trial.write("d3.md", "# D3\n\nvisa and more")
        #expect(try await index.refresh().changed == 1)
        try trial.remove("d1.md")
        let report = try await index.refresh()
        #expect(report.changed == 1 && report.documents == 4 && report.sections == 4)
        await index.close()
    }

    @Test func `an index that is opened again has everything and reads nothing`() async throws {
        let trial = try TrialKnowledge()
        try trial.write("a.md", "# A\n\nvisa")
        let first = try trial.index()
        try await first.refresh()
        await first.close()
        let second = try trial.index()
        #expect(try await second.refresh().changed == 0)
        #expect(try await titles(second, "visa") == ["A"])
        await second.close()
    }

    @Test func `several at once on one file come to the same index`() async throws {
        let trial = try TrialKnowledge()
        for number in 1...40 { try trial.write("d\(number).md", "# D\(number)\n\nvisa \(number)\n\n## Two\n\nmore") }
        let indexes = try (1...4).map { _ in try trial.index() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in indexes {
                group.addTask {
                    for _ in 1...3 { try await index.refresh() }
                }
            }
            try await group.waitForAll()
        }
        for index in indexes {
            let report = try await index.refresh()
            #expect(report.documents == 40 && report.sections == 80 && report.changed == 0)
            await index.close()
        }
        #expect(try trial.faults().isEmpty)
    }

    @Test func `a file over the limit is refused with a word, and the others are found`() async throws {
        let trial = try TrialKnowledge()
        try trial.write(
            "large.md", "# Large\n\nvisa " + String(repeating: "x", count: IndexedDocument.maximumFileBytes))
        try trial.write("small.md", "# Small\n\nvisa")
        let index = try trial.index()
        let report = try await index.refresh()
        #expect(report.documents == 1)
        #expect(report.problems.map(\.file) == ["visa: large.md"])
        #expect(report.problems[0].problem.contains("more than 1048576 bytes"))
        #expect(try await titles(index, "visa") == ["Small"])
        // Told once, not at every look.
        try await index.refresh()
        #expect(trial.logged.count == 1)
        // A file of just the limit is taken.
        let head = "# Large\n\nvisa "
        let rest = String(repeating: "x y", count: (IndexedDocument.maximumFileBytes - head.utf8.count) / 3)
        try trial.write("large.md", head + rest)
        #expect(try await titles(index, "visa").contains("Large"))
        #expect(try await index.refresh().problems.isEmpty)
        await index.close()
    }

    @Test func `files that are no text, no files, or wrong in their head are named with what is wrong`() async throws {
        let trial = try TrialKnowledge()
        try trial.write("binary.md", [0x23, 0x20, 0x00, 0x41])
        try trial.write("latin.md", [0x23, 0x20, 0xE9, 0x41])
        try trial.write("head.md", "---\ntitle: A\nno colon\n---\nvisa")
        try trial.write("date.md", "---\ndate: tomorrow\n---\nvisa")
        try trial.write("notes.txt", "visa")
        try trial.write(".hidden.md", "visa")
        #expect(mkfifo(trial.documents + "/pipe.md", 0o600) == 0)
        let index = try trial.index()
        let report = try await index.refresh()
        #expect(report.documents == 1)
        #expect(
            report.problems.map(\.file) == [
                "visa: binary.md", "visa: date.md", "visa: head.md", "visa: latin.md", "visa: pipe.md",
            ])
        #expect(report.problems.map(\.line) == [nil, 2, 3, nil, nil])
        await index.close()
    }

    @Test func `a folder that is missing is said, and is no error`() async throws {
        let trial = try TrialKnowledge()
        let index = try trial.index(folders: [KnowledgeFolder(agent: "visa", path: trial.folder + "/none")])
        let report = try await index.refresh()
        #expect(report.documents == 0 && report.problems.count == 1)
        #expect(try await index.search("visa", agent: "visa", limit: 1).isEmpty)
        await index.close()
    }

    @Test func `links to folders are not followed, so that no circle is`() async throws {
        let trial = try TrialKnowledge()
        try trial.write("a.md", "# A\n\nvisa")
        #expect(symlink(trial.documents, trial.documents + "/again") == 0)
        let index = try trial.index()
        #expect(try await index.refresh().documents == 1)
        await index.close()
    }

    @Test func `files beyond the limit are left out, and said`() async throws {
        let trial = try TrialKnowledge()
        for number in 0...FolderScan.maximumFiles {
            try trial.write("d\(10_000 + number).md", "x")
        }
        let index = try trial.index()
        let report = try await index.refresh()
        #expect(report.documents == FolderScan.maximumFiles)
        #expect(report.problems.count == 1)
        await index.close()
    }

    @Test func `another program's database is refused`() throws {
        let trial = try TrialKnowledge()
        let connection = try Connection(path: trial.path)
        try connection.execute("CREATE TABLE theirs (x)")
        #expect(throws: DatabaseError.self) { try trial.index() }
    }

    @Test func `a closed index says so`() async throws {
        let trial = try TrialKnowledge()
        let index = try trial.index()
        await index.close()
        await #expect(throws: StoreError.self) { try await index.search("visa", agent: "visa", limit: 1) }
    }
}
