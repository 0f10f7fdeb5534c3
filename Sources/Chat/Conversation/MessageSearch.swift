/// A message that was found.
public struct SearchResult: Sendable, Equatable {
    public var session: SessionID
    /// The conversation's.
    public var title: String
    public var messageID: MessageID
    public var role: Role
    public var createdAt: Timestamp
    /// About 160 characters around what was found, on one line.
    public var excerpt: String

    public init(
        session: SessionID, title: String, messageID: MessageID, role: Role, createdAt: Timestamp, excerpt: String
    ) {
        self.session = session
        self.title = title
        self.messageID = messageID
        self.role = role
        self.createdAt = createdAt
        self.excerpt = excerpt
    }
}

/// Finds messages by their words.
public protocol MessageSearch: Sendable {
    /// The user's messages that have all words of `text`, best first, of equals the newest. Words in quotes stand side by
    /// side; a word with a star, and the last one, may go on. A text without a letter or digit finds nothing.
    ///
    /// Replies are found when they have ended. Another user's messages are never found.
    /// - Parameters:
    ///   - session: looks in this conversation only; nil looks in all.
    ///   - limit: 1 to 50.
    /// - Returns: nil when the user has no such session.
    /// - Throws: `StoreError`.
    func search(
        _ text: String, of user: UserID, in session: SessionID?, limit: Int
    ) async throws -> [SearchResult]?
}
