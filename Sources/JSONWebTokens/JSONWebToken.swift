import JSON

/// Why a token does not count. `description` is for its bearer.
public struct TokenFault: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        /// It is no signed token at all, or asks for something that is not done here.
        case malformed
        /// None of the keys is the one that it names.
        case unknownKey = "unknown_key"
        /// No key signed it.
        case signature
        /// It is signed, and not, not yet or no longer for this server.
        case claims
    }

    public let kind: Kind
    public let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

/// A signed token in its compact form (RFC 7515, section 7.1), taken apart and not yet believed.
struct JSONWebToken {
    /// A longer one is refused unread.
    static let maximumBytes = 16_384

    let keyID: String?
    private let algorithm: String
    private let payload: [UInt8]
    private let signature: [UInt8]
    private let signedText: [UInt8]

    /// - Throws: `TokenFault` `malformed`.
    init(_ text: String) throws(TokenFault) {
        guard text.utf8.count <= Self.maximumBytes else { throw TokenFault(.malformed, "The token is too long.") }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        if parts.count == 5 { throw TokenFault(.malformed, "The token is encrypted; only signed ones are taken.") }
        guard parts.count == 3, let head = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]), let header = (try? JSONValue(parsing: head))?.objectValue
        else { throw TokenFault(.malformed, "The token is not a JSON Web Token.") }
        // What is critical must be understood (RFC 7515, section 4.1.11), and nothing that can be is known here.
        guard header["crit"] == nil else {
            throw TokenFault(.malformed, "The token needs an extension that is not known here (crit).")
        }
        if let type = header["typ"] {
            // Those of other kinds, such as a logout's, are signed under the same keys (RFC 8725, section 3.11).
            let name = type.stringValue?.lowercased() ?? ""
            let short = name.hasPrefix("application/") ? String(name.dropFirst(12)) : name
            guard short == "jwt" || short == "at+jwt" else {
                throw TokenFault(.malformed, "The token is of another type (typ).")
            }
        }
        if let id = header["kid"], id.stringValue == nil {
            throw TokenFault(.malformed, "The token names its key with something that is no string (kid).")
        }
        guard let algorithm = header["alg"]?.stringValue else {
            throw TokenFault(.malformed, "The token does not say how it is signed (alg).")
        }
        self.algorithm = algorithm
        keyID = header["kid"]?.stringValue
        self.payload = payload
        self.signature = signature
        signedText = Array((parts[0] + "." + parts[1]).utf8)
    }

    /// What the token says, once a key of its issuer has signed it.
    /// - Throws: `TokenFault` `unknownKey` or `signature`.
    func payload(signedBy keys: JSONWebKeySet) throws(TokenFault) -> [UInt8] {
        let candidates = keys.candidates(id: keyID)
        guard !candidates.isEmpty else { throw TokenFault(.unknownKey, "The token's key is not known here (kid).") }
        // The key says which algorithm it is, the token only whether it means the same (RFC 8725, section 3.1).
        for key in candidates where key.algorithm.rawValue == algorithm {
            if key.verifies(signature, of: signedText) { return payload }
        }
        throw TokenFault(.signature, "The token's signature is not one of its issuer's.")
    }

    /// Names the token where it has no `jti`: other tokens have other texts.
    var digest: [UInt8] { Hashing.sha256(signedText) }
}
