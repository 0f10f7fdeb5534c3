/// How a token is signed (RFC 7518, section 3.1; RFC 8037, section 3.1). There is no `none`.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
    case hs256 = "HS256"
    case rs256 = "RS256"
    case ps256 = "PS256"
    case es256 = "ES256"
    case eddsa = "EdDSA"
}
