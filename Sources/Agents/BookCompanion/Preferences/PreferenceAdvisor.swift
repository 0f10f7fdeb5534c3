// A reader's taste: read from messages, told, explained.

public import Chat

/// Tells a user what is known of their taste and what it leads to.
public struct PreferenceAdvisor: Sendable {
    /// Books in the list that preferences alone lead to.
    public static let listLength = 10

    private let preferences: any PreferenceStore
    private let recommender: Recommender

    public init(catalog: any BookCatalog, preferences: any PreferenceStore) {
        self.preferences = preferences
        recommender = Recommender(catalog: catalog)
    }

    /// Everything known of the user's taste with its evidence, and what it does in words. A user of whom nothing is known
    /// is no error.
    /// - Throws: `StoreError`.
    public func transparency(of user: UserID) async throws -> Transparency {
        let known = try await preferences.preferences(of: user)
        return Transparency(
            user: user, updatedAt: known.map(\.updatedAt).max(), preferences: known,
            explanation: PreferenceExplanation.text(of: known), isLearning: try await preferences.learns(of: user))
    }

    /// The ten books that the user's preferences alone lead to, best first; the best known ones when there are none. The
    /// same preferences and catalogue give the same list.
    /// - Throws: `StoreError`, and what the catalogue throws.
    public func topTen(of user: UserID) async throws -> [Book] {
        let taste = Taste(
            try await preferences.preferences(of: user), marked: try await preferences.markedBooks(of: user))
        var wish = Wish()
        wish.intent = .recommend
        return try await recommender.recommendations(for: wish, taste: taste, limit: Self.listLength).books
    }

    /// Works by their identifiers, in the order asked, each with where it can be read free of charge; unknown ones are left out.
    /// - Throws: what the catalogue throws.
    public func works(_ ids: [BookID]) async throws -> [(entry: CatalogEntry, readURL: String?)] {
        let entries = try await recommender.catalog.works(withIDs: ids)
        let readURLs = try await recommender.catalog.readURLs(of: entries.map(\.id))
        return entries.map { ($0, readURLs[$0.id]) }
    }
}
