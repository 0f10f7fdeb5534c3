/// How a guest's data came to be another user's.
public enum TakeOver: Sendable, Equatable {
    /// So many conversations were moved, with all that belongs to them.
    case done(conversations: Int)
    /// An answer of the guest's is under way. What was moved before stays moved.
    case busy
}

/// Makes what is stored about a guest another user's.
public protocol UserMerging: Sendable {
    /// Moves conversations, preferences and sums. A conversation whose name the user has gets a new one; of two preferences the later
    /// word counts. The guest is gone afterwards; one of whom nothing is stored is not an error. When it throws, some may have been moved;
    /// do it again.
    /// - Throws: `StoreError`.
    func takeOver(_ guest: UserID, by user: UserID, at time: Timestamp) async throws -> TakeOver
}
