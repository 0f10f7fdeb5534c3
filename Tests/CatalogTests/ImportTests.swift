import Chat
import Foundation
import SQLite
import Synchronization
import Testing

@testable import Catalog

@Suite struct ImportTests {
    private struct Interruption: Error {}

    /// Many works, some with several editions, so that an import takes many transactions.
    static let many: String = {
        var text = Samples.gutenbergHeader
        for number in 1...600 {
            let tale = number % 250
            let name =
                ["ash", "birch", "cedar", "elm", "fir"][tale % 5] + ["ford", "ham", "ley", "ton", "wick"][tale / 5 % 5]
            let kind = ["barn", "bell", "bridge", "gate", "inn", "mill", "oak", "pond", "road", "well"][tale / 25]
            text +=
                "\(100_000 + number),Text,,\"The \(kind) of \(name)\",\(number % 7 == 0 ? "fr" : "en"),"
                + "\"Author\(tale % 40), Given, 18\(10 + tale % 80)-\",\"Tales -- Subject \(["hills", "seas", "towns"][tale % 3]); "
                + "Fiction\",PR,Category: Novels\n"
        }
        return text
    }()

    private func importer(_ path: String) -> CatalogImporter {
        CatalogImporter(path: path, rowsPerTransaction: 50, recordsPerMerge: 40)
    }

    @Test func `importing a file twice changes nothing`() throws {
        let catalog = try TrialCatalog()
        for text in [Samples.gutenberg, Samples.goodbooks, Samples.plain, Samples.goodreads, Self.many] {
            try catalog.add(text)
        }
        let before = try catalog.works()
        for text in [Samples.plain, Self.many, Samples.goodbooks, Samples.gutenberg, Samples.goodreads] {
            let report = try catalog.add(text)
            #expect(report.recordsAdded == 0)
            #expect(report.recordsUpdated == 0)
            #expect(report.recordsUnchanged > 0)
            #expect(report.worksAdded + report.worksUpdated + report.worksJoined == 0)
            #expect(report.worksTotal == before.count)
        }
        #expect(try catalog.works() == before)
        #expect(try catalog.faults().isEmpty)
    }

    @Test func `an import that ends midway, at any of its transactions, is completed when it is run again`() throws {
        let whole = try TrialCatalog()
        let file = try whole.folder.file("input.csv", Self.many)
        var steps = 0
        let report = try importer(whole.path).run(file: file) { _ in steps += 1 }
        let expected = try whole.works()
        #expect(report.worksTotal == 250)
        #expect(steps > 15)
        for stop in stride(from: 1, through: steps, by: 3) {
            let catalog = try TrialCatalog()
            var step = 0
            #expect(throws: Interruption.self) {
                try importer(catalog.path).run(file: file) { _ in
                    step += 1
                    if step == stop { throw Interruption() }
                }
            }
            let again = try importer(catalog.path).run(file: file)
            #expect(again.rows == 600)
            #expect(again.recordsAdded + again.recordsUnchanged == 600)
            #expect(try catalog.works() == expected, "ended at step \(stop)")
            #expect(try catalog.faults().isEmpty)
        }
    }

    @Test func `an interrupted import is completed by the next one, of whatever file`() async throws {
        let catalog = try TrialCatalog()
        let file = try catalog.folder.file("input.csv", Self.many)
        #expect(throws: Interruption.self) {
            try importer(catalog.path).run(file: file) { progress in
                if progress.phase == .merging { throw Interruption() }
            }
        }
        let reader = try SQLiteBookCatalog(path: catalog.path, threads: 1)
        #expect(try await reader.statistics().unmergedRecords > 0)
        let before = try await reader.count()
        #expect(before > 0)
        try catalog.add(Samples.plain)
        #expect(try await reader.statistics().unmergedRecords == 0)
        #expect(try await reader.count() == 250 + 5)
        await reader.close()
    }

    @Test func `a file that is no table from some line on keeps what came before, and is told with the line`() throws {
        let catalog = try TrialCatalog()
        let error = #expect(throws: CSVError.self) {
            try catalog.add(Self.many + "100601,Text,,\"Open,en,,,,\n")
        }
        #expect(error == CSVError(reason: .unterminatedQuote, line: 602))
        let report = try catalog.add(Self.many)
        #expect(report.recordsAdded + report.recordsUnchanged == 600)
        #expect(try catalog.faults().isEmpty)
    }

    @Test func `progress says how far the file is and what is being done`() throws {
        let catalog = try TrialCatalog()
        let file = try catalog.folder.file("input.csv", Self.many)
        var all: [ImportProgress] = []
        _ = try importer(catalog.path).run(file: file) { all.append($0) }
        #expect(all.allSatisfy { $0.bytesTotal == Self.many.utf8.count && $0.bytesRead <= $0.bytesTotal })
        #expect(all.last?.bytesRead == Self.many.utf8.count)
        #expect(all.map(\.rows) == all.map(\.rows).sorted())
        #expect(all.map(\.works) == all.map(\.works).sorted())
        #expect(Set(all.map(\.phase)) == [.reading, .merging, .finishing])
    }

    @Test func `readers see whole works and no error while an import runs`() async throws {
        let catalog = try TrialCatalog()
        try catalog.add(Samples.plain)
        let file = try catalog.folder.file("input.csv", Self.many)
        let reader = try SQLiteBookCatalog(path: catalog.path, threads: 2)
        let isDone = Flag()
        let importer = self.importer(catalog.path)
        async let reads: Int = withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<3 {
                group.addTask {
                    var count = 0
                    repeat {
                        var query = CatalogQuery()
                        if task == 0 { query.words = ["oak"] }
                        if task == 1 { query.subjects = ["fiction"] }
                        for match in try await reader.search(query) {
                            guard !match.entry.title.isEmpty, !match.entry.languages.isEmpty else {
                                throw Interruption()
                            }
                        }
                        guard try await reader.works(withIDs: [BookID(rawValue: "st:frankenstein")]).count == 1 else {
                            throw Interruption()
                        }
                        count += 1
                    } while !isDone.isSet
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        let failure = await Thread.detached { _ = try importer.run(file: file) }
        isDone.set()
        #expect(failure == nil)
        #expect(try await reads >= 3)
        #expect(try await reader.count() == 250 + 5)
        await reader.close()
        #expect(try catalog.faults().isEmpty)
    }

    @Test func `a catalogue can be opened while an import holds the write lock`() async throws {
        let catalog = try TrialCatalog()
        try catalog.add(Samples.plain)
        let writer = try Connection(path: catalog.path)
        try writer.run("BEGIN IMMEDIATE")
        let reader = try SQLiteBookCatalog(path: catalog.path)
        #expect(try await reader.count() == 5)
        try writer.run("ROLLBACK")
        await reader.close()
    }

    @Test func `two imports at once leave what one after the other does`() async throws {
        let apart = try TrialCatalog()
        try apart.add(Self.many)
        try apart.add(Samples.plain)
        let catalog = try TrialCatalog()
        let first = try catalog.folder.file("first.csv", Self.many)
        let second = try catalog.folder.file("second.csv", Samples.plain)
        let importer = self.importer(catalog.path)
        await withTaskGroup(of: String?.self) { group in
            for file in [first, second, first] {
                group.addTask { await Thread.detached { _ = try importer.run(file: file) } }
            }
            for await failure in group { #expect(failure == nil) }
        }
        #expect(try catalog.works() == apart.works())
        #expect(try catalog.faults().isEmpty)
    }
}

private final class Flag: Sendable {
    private let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
    func set() { value.withLock { $0 = true } }
}
