import Testing

@testable import JSONWebTokens

@Suite struct KeySetTests {
    private static let claims = #"{"sub":"ann","exp":1800003600}"#

    private static func user(_ token: String, _ set: JSONWebKeySet) throws -> String {
        try TokenRules().check(token, keys: set, now: 1_800_000_000).user
    }

    @Test func `a token that names its key is checked with that one`() throws {
        let (old, new) = (SigningKey(.es256), SigningKey(.es256))
        let set = try keySet(old.jwk(id: "old"), new.jwk(id: "new"))
        #expect(try Self.user(new.token(#"{"alg":"ES256","kid":"new"}"#, Self.claims), set) == "ann")
        // Without a name, with each.
        #expect(try Self.user(new.token(Self.claims), set) == "ann")
        for (kid, kind) in [("old", TokenFault.Kind.signature), ("newer", .unknownKey), ("", .unknownKey)] {
            #expect {
                try Self.user(new.token(#"{"alg":"ES256","kid":"\#(kid)"}"#, Self.claims), set)
            } throws: { ($0 as? TokenFault)?.kind == kind }
        }
    }

    @Test func `a key without a name fits every token, and one key alone is a set`() throws {
        let key = SigningKey(.eddsa)
        let set = try JSONWebKeySet(Array(key.jwk().utf8), allowsSecrets: false)
        #expect(try Self.user(key.token(#"{"alg":"EdDSA","kid":"any"}"#, Self.claims), set) == "ann")
    }

    @Test func `an RSA key is RS256's unless it says PS256`() throws {
        let key = SigningKey(.ps256)
        let set = try keySet(key.jwk().replacing(#""alg":"PS256","#, with: ""))
        #expect(set.algorithms == ["RS256"])
        #expect(throws: TokenFault.self) { try Self.user(key.token(Self.claims), set) }
        #expect(try keySet(key.jwk()).algorithms == ["PS256"])
    }

    @Test func `what is no key for this is passed over, with a reason`() throws {
        let good = SigningKey(.es256).jwk(id: "good")
        let ec = SigningKey(.es256)
        let bad = [
            SigningKey(.es256).jwk(more: #","use":"enc""#), SigningKey(.es256).jwk(more: #","key_ops":["sign"]"#),
            SigningKey(.es256).jwk(more: #","alg":"ES512""#), SigningKey(.es256).jwk(more: #","alg":"HS256""#),
            SigningKey(.es256).jwk(more: #","alg":7"#), SigningKey(.rs256, bits: 1024).jwk(),
            #"{"kty":"oct","k":"c2hvcnQ"}"#, #"{"kty":"EC","crv":"P-521","x":"AA","y":"AA"}"#,
            #"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}"#,
            ec.jwk().replacing(#""x":""#, with: #""x":"A"#), #"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#, #"{"kty":"RSA"}"#,
            #"{"kty":"OKP","crv":"Ed448","x":"AA"}"#, "{}", "5", "null",
        ]
        for text in bad {
            let set = try keySet(text, good)
            #expect(set.count == 1 && set.remarks.count == 1, "\(text)")
            #expect(throws: JSONWebKeySet.Unusable.self) { try keySet(text) }
        }
        let even = SigningKey(.rs256).jwk().replacing(#""e":"AQAB""#, with: #""e":"AQ""#)
        #expect(throws: JSONWebKeySet.Unusable.self) { try keySet(even) }
    }

    @Test(arguments: ["", "[]", "{}", #"{"keys":{}}"#, #"{"keys":[]}"#, "nonsense", #"{"keys":[],"keys":[]}"#])
    func `a document without keys is no set`(_ text: String) {
        #expect(throws: JSONWebKeySet.Unusable.self) { try JSONWebKeySet(Array(text.utf8), allowsSecrets: true) }
    }

    @Test func `a secret in a published document is no key`() throws {
        let document = Array(SigningKey(.hs256).jwk().utf8)
        #expect(try JSONWebKeySet(document, allowsSecrets: true).hasSecret)
        #expect(throws: JSONWebKeySet.Unusable.self) { try JSONWebKeySet(document, allowsSecrets: false) }
    }

    @Test func `a token is tried with a bounded number of keys`() throws {
        let keys = (0..<40).map { _ in SigningKey(.eddsa) }
        let set = try JSONWebKeySet(
            Array("{\"keys\":[\(keys.map { $0.jwk() }.joined(separator: ","))]}".utf8), allowsSecrets: false)
        #expect(set.count == JSONWebKeySet.maximumKeys)
    }
}
