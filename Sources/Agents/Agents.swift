public import Chat

public struct Transparency: Sendable {
    public var user: UserID
    public var updatedAt: Timestamp?
    public var preferences: [Preference]
    public var explanation: String
}

public struct PreferenceAdvisor: Sendable {
    let store: any PreferenceStore
    public init(catalog: any BookCatalog, preferences: any PreferenceStore) { store = preferences }
    public func transparency(of user: UserID) async throws -> Transparency {
        Transparency(user: user, updatedAt: nil, preferences: try await store.preferences(of: user), explanation: "")
    }
    public func topTen(of user: UserID) async throws -> [Book] { [] }
}
