import Chat
import Foundation
import Testing

@testable import Catalog

/// Runs where `CHAT_FCGI_DATA` names a folder with the real files; see `TrialData`.
@Suite struct RealFilesTests {
    @Test(
        .enabled(if: TrialData.gutenberg != nil, "no gutenberg/pg_catalog.csv.gz in CHAT_FCGI_DATA"),
        .timeLimit(.minutes(30)))
    func `every row of Gutenberg's catalogue is accounted for, and a second import changes nothing`() async throws {
        let file = try #require(TrialData.gutenberg)
        let catalog = try TrialCatalog()
        let path = catalog.path
        let reports = Reports()
        let failure = await Thread.detached {
            reports.append(try CatalogImporter(path: path).run(file: file))
            reports.append(try CatalogImporter(path: path).run(file: file))
        }
        #expect(failure == nil)
        let first = try #require(reports.all.first)
        // The file has a row an author: 82,415 rows for 78,766 books, of which the last, number 90907, has no title.
        #expect(first.rows == 82_415)
        #expect(first.recordsAdded == 78_765)
        #expect(first.furtherRows == 3_649)
        #expect(first.skips.map(\.reason) == ["no title"])
        #expect(first.rows == first.recordsAdded + first.furtherRows + first.rowsSkipped)
        #expect(first.worksTotal > 60_000 && first.worksTotal < first.recordsAdded)
        let second = try #require(reports.all.last)
        #expect(second.recordsUnchanged == first.recordsAdded)
        #expect(second.worksAdded + second.worksUpdated + second.worksJoined == 0)
        #expect(second.worksTotal == first.worksTotal)
        #expect(try catalog.faults().isEmpty)

        let reader = try SQLiteBookCatalog(path: path)
        #expect(
            try await reader.works(titled: "Frankenstein", isFuzzy: false).first?.authors == [
                "Mary Wollstonecraft Shelley"
            ])
        #expect(try await reader.works(titled: "Wuthering Hights", isFuzzy: true).first?.title == "Wuthering Heights")
        #expect(try await reader.authors(named: "Dostoyevski").first == "Fyodor Dostoyevsky")
        var query = CatalogQuery()
        query.subjects = ["science fiction"]
        query.years = 1850...1900
        #expect(try await reader.search(query).count == 100)
        await reader.close()
    }

    @Test(
        .enabled(if: TrialData.goodbooks != nil, "no goodbooks/books.csv.gz in CHAT_FCGI_DATA"),
        .timeLimit(.minutes(10)))
    func `every row of goodbooks is a book`() async throws {
        let file = try #require(TrialData.goodbooks)
        let catalog = try TrialCatalog()
        let path = catalog.path
        let reports = Reports()
        let failure = await Thread.detached { reports.append(try CatalogImporter(path: path).run(file: file)) }
        #expect(failure == nil)
        #expect(reports.all.first?.rows == 10_000)
        #expect(reports.all.first?.recordsAdded == 10_000)
        #expect(try catalog.faults().isEmpty)
    }
}

private final class Reports: @unchecked Sendable {
    // Unchecked, because the lock that guards `list` is not the compiler's to see.
    private let lock = NSLock()
    private var list: [ImportReport] = []

    func append(_ report: ImportReport) { lock.withLock { list.append(report) } }
    var all: [ImportReport] { lock.withLock { list } }
}
