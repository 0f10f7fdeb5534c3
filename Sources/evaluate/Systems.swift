import Agents
import Catalog
import Chat

/// What is compared.
enum System: String, CaseIterable, Sendable {
    case recommender = "recommender"
    case text = "bm25 alone"
    case knownText = "bm25 with fame"
    case popularity = "popularity alone"
}

/// Asks each system.
struct Contest {
    let catalog: SQLiteBookCatalog
    let companion: BookCompanion

    init(catalog: SQLiteBookCatalog) {
        self.catalog = catalog
        companion = BookCompanion(model: NoModel(), catalog: catalog, preferences: NoPreferences())
    }

    /// Up to ten works, best first.
    func answer(_ system: System, to question: String) async throws -> [CatalogEntry] {
        switch system {
        case .recommender:
            return try await catalog.works(withIDs: try await companion.books(for: question).map(\.id))
        case .text:
            var query = CatalogQuery()
            query.words = [question]
            query.limit = 1_000
            // The catalogue lifts known works; the baseline is bm25 and nothing else.
            let ranked = try await catalog.search(query).enumerated().sorted {
                $0.element.textScore == $1.element.textScore
                    ? $0.offset < $1.offset : $0.element.textScore > $1.element.textScore
            }
            return ranked.prefix(10).map(\.element.entry)
        case .knownText:
            var query = CatalogQuery()
            query.words = [question]
            query.limit = 10
            return try await catalog.search(query).map(\.entry)
        case .popularity:
            var query = CatalogQuery()
            query.limit = 10
            return try await catalog.search(query).map(\.entry)
        }
    }
}

/// The recommender is measured without anybody putting it into words.
private struct NoModel: LanguageModel {
    func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
        throw ModelError(kind: .unavailable, provider: "none", detail: "the evaluation asks no model")
    }

    var availability: [ModelAvailability] { [] }
}

/// Every question comes from a reader of whom nothing is known.
struct NoPreferences: PreferenceStore {
    func preferences(of user: UserID) async throws -> [Preference] { [] }
    func apply(_ override: PreferenceOverride, of user: UserID) async throws -> Bool { false }
    func note(_ inferred: [InferredPreference], of user: UserID) {}
    func markedBooks(of user: UserID) async throws -> [MarkedBook] { [] }
    func learns(of user: UserID) async throws -> Bool { false }
}
