/// Checks the tokens of one issuer.
public struct IssuerTokens: Sendable {
    /// Where the keys are.
    public enum Keys: Sendable {
        case fixed(JSONWebKeySet)
        case published(IssuerKeys)
    }

    private let rules: TokenRules
    private let keys: Keys

    public init(rules: TokenRules, keys: Keys) {
        self.rules = rules
        self.keys = keys
    }

    /// Whose token this is.
    /// - Parameter now: seconds since 1970.
    /// - Throws: `TokenFault`; `IssuerKeys.Unavailable`.
    public func check(_ token: String, now: Int64) async throws -> CheckedToken {
        switch keys {
        case .fixed(let set): return try rules.check(token, keys: set, now: now)
        case .published(let keys):
            // What is no token is no reason to ask anybody anything.
            let id = try JSONWebToken(token).keyID ?? ""
            let set = try await keys.keys()
            let fault: TokenFault
            do throws(TokenFault) {
                return try rules.check(token, keys: set, now: now)
            } catch {
                fault = error
            }
            guard [.unknownKey, .signature].contains(fault.kind), !set.has(id: id) else { throw fault }
            // The issuer may have changed its keys.
            return try rules.check(token, keys: try await keys.keys(missing: id), now: now)
        }
    }
}
