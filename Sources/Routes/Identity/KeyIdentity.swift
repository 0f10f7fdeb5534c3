import Chat
import FCGIApp
import JSONWebTokens
import Ownership

extension Authenticator {
    /// Who comes with a service key: the program, or whom it speaks for.
    /// - Throws: `Problem` 401 for a key that does not hold; as `acting(for:field:)`; `StoreError`.
    func keyed(_ text: String, _ request: Request) async throws -> Identity {
        guard let sent = ServiceKeyText(text), let (key, digest) = try await keys.serviceKey(sent.id),
            Hashing.areEqual(digest, sent.digest), key.revokedAt == nil
        else { throw Self.unauthorized("This key is not known here, or was taken back.") }
        let program = Identity(
            user: makeOwner("key_" + key.id), name: key.name, limits: key.limits, key: key, isProgram: true)
        let names = request.headers("X-User")
        guard names.count < 2 else { throw Problem.invalid("X-User", "is there twice") }
        return try names.first.map { name in try program.acting(for: name, field: "X-User") } ?? program
    }
}

extension Authenticator {
    /// Whether the answers to all for whom a key acts have taken as many tokens today as the key may. A key that speaks for itself alone has
    /// its limit as any user has. Answers under way are not in it.
    /// - Throws: `Problem` 429; `StoreError`.
    func checkTokens(of sender: Identity, at now: Timestamp = .now()) async throws {
        guard let key = sender.key, key.actsForUsers, key.limits.tokensPerDay > 0 else { return }
        let used = try await keys.tokens(ofServiceKey: key.id, on: UTCDay(of: now))
        guard used < key.limits.tokensPerDay else {
            throw Problem.tokenLimitReached(used: used, reserved: 0, allowed: key.limits.tokensPerDay, at: now)
        }
    }
}

extension Identity {
    /// One of the people that the sender's program speaks for. That is nobody outside of the key, whatever the name, and has the limits
    /// of all users.
    /// - Throws: `Problem` 403 for a key that speaks for itself alone; 400 for a name that nobody can read.
    func acting(for name: String, field: String) throws(Problem) -> Identity {
        guard let key, key.actsForUsers else {
            throw Problem(
                status: 403, code: "forbidden",
                detail:
                    "\(field) names a user, and this key was not made to act for users (chat-fcgi key create --acts-for-users)."
            )
        }
        guard let id = UserNames.id(of: name) else { throw .invalid(field, UserNames.rule) }
        let short = id.utf8.count <= Self.longestName ? id : UserNames.digest(of: name)
        return Identity(user: makeOwner("key_\(key.id):\(short)"), name: name, key: key)
    }

    /// So that it is an identifier with the key's before it.
    private static let longestName = 100
}
