import Chat
import Synchronization

/// Knows nothing and counts how often it is asked by name.
final class CountingCatalog: BookCatalog {
    private let asked = Mutex(0)
    private let failure: StoreError?

    init(failure: StoreError? = nil) { self.failure = failure }

    var count: Int { asked.withLock { $0 } }

    private func check() throws {
        if let failure { throw failure }
    }

    func search(_ query: CatalogQuery) async throws -> [CatalogMatch] {
        try check()
        return []
    }

    func works(titled title: String, isFuzzy: Bool) async throws -> [CatalogEntry] {
        try check()
        asked.withLock { $0 += 1 }
        return []
    }

    func authors(named name: String) async throws -> [String] {
        try check()
        asked.withLock { $0 += 1 }
        return []
    }

    func works(withIDs ids: [BookID]) async throws -> [CatalogEntry] {
        try check()
        return []
    }

    func readURLs(of ids: [BookID]) async throws -> [BookID: String] { [:] }

    func count() async throws -> Int { 0 }
}
