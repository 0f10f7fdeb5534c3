public import Chat
import Synchronization

/// Who was here since the last look, so that what nobody comes back to can be told from what is read now and then.
public final class Visitors: Sendable {
    private static let most = 100_000

    private let users = Mutex<Set<UserID>>([])

    public init() {}

    func note(_ user: UserID) {
        users.withLock { users in
            if users.count < Self.most { users.insert(user) }
        }
    }

    /// Those who were here since the last call.
    public func take() -> [UserID] {
        users.withLock { users in
            defer { users = [] }
            return Array(users)
        }
    }
}
