import Chat
import Glibc

/// How much a shared subject says: "fiction" next to nothing, "doppelgangers" a great deal.
struct SubjectRarity: Sendable {
    private let counts: [String: Int]
    private let total: Int

    /// - Parameter sample: works that stand for the catalogue.
    init(sample: [CatalogEntry]) {
        var counts: [String: Int] = [:]
        for entry in sample {
            for subject in entry.subjects { counts[subject, default: 0] += 1 }
        }
        self.counts = counts
        total = max(1, sample.count)
    }

    /// About 0 for a subject of every work, 5 and more for one of few.
    func weight(of subject: String) -> Double {
        log(Double(total + 20) / Double((counts[subject] ?? 0) + 8))
    }
}

/// Looks at the catalogue once and remembers; looked at anew now and then, because imports change it.
actor RaritySource {
    private let catalog: any BookCatalog
    private var known: SubjectRarity?
    private var usesLeft = 0

    /// Works looked at.
    static let sampleSize = 1_000
    /// Lists made from one look.
    static let usesOfOneLook = 2_000

    init(catalog: any BookCatalog) { self.catalog = catalog }

    func rarity() async throws -> SubjectRarity {
        if let known, usesLeft > 0 {
            usesLeft -= 1
            return known
        }
        var query = CatalogQuery()
        query.limit = Self.sampleSize
        let rarity = SubjectRarity(sample: try await catalog.search(query).map(\.entry))
        known = rarity
        usesLeft = Self.usesOfOneLook
        return rarity
    }
}
