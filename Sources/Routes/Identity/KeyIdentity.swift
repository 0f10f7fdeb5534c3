import Chat
import FCGIApp
import JSONWebTokens
import Ownership

extension Authenticator {
    /// Who comes with a service key: the program, or whom it speaks for.
    /// - Throws: `Problem` 401 for a key that does not hold; as `acting(for:field:)`; `StoreError`.
    func keyed(_ text: String, _ request: Request) async throws -> Identity {
        let refusal = "This key is not known here, or was taken back."
        guard let sent = ServiceKeyText(text), let (key, digest) = try await keys.serviceKey(sent.id),
            Hashing.areEqual(digest, sent.digest)
        else { throw Self.unauthorized(refusal, reason: "unknown_key") }
        guard key.revokedAt == nil else { throw Self.unauthorized(refusal, reason: "revoked_key") }
        let program = Identity(
            user: Identity.user(ofKey: key.id), name: key.name, limits: key.limits, key: key, isProgram: true)
        let names = request.headers("X-User")
        guard names.count < 2 else { throw Problem.invalid("X-User", "is there twice") }
        return try names.first.map { name in try program.acting(for: name, field: "X-User") } ?? program
    }
}

extension Identity {
    /// The program of a key, whose requests name nobody else.
    static func user(ofKey id: String) -> UserID { makeOwner("key_" + id) }

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
