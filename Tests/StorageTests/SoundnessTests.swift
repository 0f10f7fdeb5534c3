import Chat
import Foundation
import SQLite
import Testing

@testable import Storage

@Suite struct SoundnessTests {
    private let fixture: StoreFixture

    init() async throws {
        fixture = try StoreFixture()
        try await fixture.open()
        try await fixture.store.searchIndexer.run()
        // Everything lies in the file, and nothing in the log before it.
        try await fixture.store.writer.withoutTransaction { connection in try connection.truncateLog() }
    }

    /// Where the pages begin that have what `kind` is asked for: by name, the root page.
    private func roots(_ kind: String) throws -> [(name: String, page: Int)] {
        try Connection(path: fixture.path, options: ConnectionOptions().readOnly).all(
            "SELECT name, rootpage FROM sqlite_schema WHERE type = '\(kind)' AND rootpage > 1 ORDER BY name"
        ) { row in (try row.text(0), try row.int(1)) }
    }

    /// Overwrites a page, lets `body` look, and puts the page back.
    private func overwriting(_ page: Int, with byte: UInt8, _ body: () async throws -> Void) async throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: fixture.path))
        let size = try #require(try fixture.number("PRAGMA page_size"))
        let offset = UInt64((page - 1) * size)
        try file.seek(toOffset: offset)
        let before = try #require(try file.read(upToCount: size))
        try file.seek(toOffset: offset)
        try file.write(contentsOf: Data(repeating: byte, count: size))
        try await body()
        try file.seek(toOffset: offset)
        try file.write(contentsOf: before)
    }

    @Test func `a store that is whole says so, however often it is asked`() async throws {
        for _ in 0..<3 { try await fixture.store.checkSound() }
        #expect(try await fixture.store.inspect() == nil)
        #expect(fixture.store.damage == nil)
    }

    @Test(arguments: [0, 0x5A, 0xFF] as [UInt8])
    func `the root page of any table overwritten is seen at a glance`(byte: UInt8) async throws {
        let tables = try roots("table")
        #expect(tables.count > 10)
        #expect(tables.contains { $0.name == "messages" })
        for (name, page) in tables {
            try await overwriting(page, with: byte) {
                await #expect(throws: SQLiteError.self, "\(name)") { try await fixture.store.inspection.glance() }
            }
        }
    }

    @Test func `a glance that met damage makes the store unready until a check finds none`() async throws {
        let messages = try #require(try roots("table").first { $0.name == "messages" })
        try await overwriting(messages.page, with: 0) {
            let error = await #expect(throws: StoreError.self) { try await fixture.store.checkSound() }
            #expect(error?.isDamage == true)
            let damage = try #require(try await fixture.store.inspect())
            #expect(damage.contains("messages") || damage.contains("malformed"))
        }
        // The page is back, which nobody knows yet.
        await #expect(throws: StoreError.self) { try await fixture.store.checkSound() }
        #expect(try await fixture.store.inspect() == nil)
        try await fixture.store.checkSound()
    }

    @Test func `an index that is overwritten is found by reading everything, and most at a glance`() async throws {
        let indexes = try roots("index")
        #expect(indexes.count > 5)
        var seen = 0
        for (name, page) in indexes {
            try await overwriting(page, with: 0) {
                if (try? await fixture.store.inspection.glance()) == nil { seen += 1 }
                let damage = try await fixture.store.inspect()
                #expect(damage != nil, "\(name)")
                await #expect(throws: StoreError.self) { try await fixture.store.checkSound() }
            }
            #expect(try await fixture.store.inspect() == nil)
        }
        #expect(seen * 2 > indexes.count)
    }

    @Test func `who comes upon damage at work has found it`() async throws {
        let messages = try #require(try roots("table").first { $0.name == "messages" })
        try await overwriting(messages.page, with: 0xFF) {
            await #expect(throws: StoreError.self) {
                // On a connection that has the page in no cache.
                try await fixture.store.read { _ in
                    let fresh = try Connection(path: fixture.path, options: ConnectionOptions().readOnly)
                    return try fresh.first("SELECT count(*) FROM messages NOT INDEXED") { row in try row.int(0) }
                }
            }
            #expect(fixture.store.damage != nil)
        }
    }
}
