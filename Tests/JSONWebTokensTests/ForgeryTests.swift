import JSON
import Testing

@testable import JSONWebTokens

@Suite struct ForgeryTests {
    private static let now: Int64 = 1_800_000_000
    private static let good = #"{"sub":"ann","iss":"https://id.example","aud":"chat","exp":1800003600}"#
    private static let rules = TokenRules(issuer: "https://id.example", audience: "chat")
    private static let keys = Dictionary(uniqueKeysWithValues: SignatureAlgorithm.allCases.map { ($0, SigningKey($0)) })

    private static func user(_ token: String, _ set: JSONWebKeySet) throws -> String {
        try rules.check(token, keys: set, now: now).user
    }

    private static func fault(_ token: String, _ set: JSONWebKeySet) -> TokenFault.Kind? {
        do throws(TokenFault) {
            _ = try rules.check(token, keys: set, now: now)
            return nil
        } catch {
            return error.kind
        }
    }

    private func key(_ algorithm: SignatureAlgorithm) -> SigningKey { Self.keys[algorithm]! }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a token of each algorithm is its user's, under its own key only`(_ algorithm: SignatureAlgorithm) throws {
        let token = key(algorithm).token(Self.good)
        #expect(try Self.user(token, keySet(key(algorithm).jwk())) == "ann")
        #expect(Self.fault(token, try keySet(SigningKey(algorithm).jwk())) == .signature)
        // Among all the others too.
        let all = try JSONWebKeySet(
            Array("{\"keys\":[\(SignatureAlgorithm.allCases.map { key($0).jwk() }.joined(separator: ","))]}".utf8),
            allowsSecrets: true)
        #expect(try Self.user(token, all) == "ann")
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `no token chooses its algorithm`(_ algorithm: SignatureAlgorithm) throws {
        let set = try keySet(key(algorithm).jwk())
        let names =
            SignatureAlgorithm.allCases.map(\.rawValue) + [
                "none", "None", "NONE", "nOnE", "", "HS384", "HS512", "RS384", "RS512", "ES256K", "ES384", "ES512",
                "PS384",
                "Ed25519", algorithm.rawValue.lowercased(),
            ]
        for name in names where name != algorithm.rawValue {
            let header = #"{"alg":"\#(name)"}"#
            // Signed as that algorithm wants it, as the key's own wants it, and not at all.
            var tokens = [key(algorithm).token(header, Self.good)]
            if let other = SignatureAlgorithm(rawValue: name) { tokens.append(key(other).token(header, Self.good)) }
            tokens.append(tokens[0].split(separator: ".").prefix(2).joined(separator: ".") + ".")
            for token in tokens { #expect(Self.fault(token, set) != nil, "\(name)") }
        }
    }

    /// The old trick: the public key, which everybody has, taken for the secret of HS256.
    @Test func `a token signed with a public key as its secret does not hold`() throws {
        let rsa = key(.rs256)
        let set = try keySet(rsa.jwk())
        let text =
            Base64URL.encode(Array(#"{"alg":"HS256"}"#.utf8)) + "." + Base64URL.encode(Array(Self.good.utf8))
        for secret in [rsa.publicBytes, Array(rsa.jwk().utf8)] {
            let code = Hashing.authenticationCode(of: Array(text.utf8), under: secret)
            #expect(Self.fault(text + "." + Base64URL.encode(code), set) != nil)
        }
    }

    @Test func `a key that comes with the token is not looked at`() throws {
        let mallory = SigningKey(.es256)
        let set = try keySet(key(.es256).jwk())
        for member in [
            #""jwk":\#(mallory.jwk())"#, #""jku":"https://mallory.example/keys""#,
            #""x5u":"https://mallory.example/x""#,
            #""x5c":["MIIB"]"#,
        ] {
            #expect(Self.fault(mallory.token(#"{"alg":"ES256",\#(member)}"#, Self.good), set) == .signature)
            // Nor does it harm a good one.
            #expect(try Self.user(key(.es256).token(#"{"alg":"ES256",\#(member)}"#, Self.good), set) == "ann")
        }
    }

    @Test func `an ES256 signature of zeros, of another length, or in DER does not hold`() throws {
        let set = try keySet(key(.es256).jwk())
        let parts = key(.es256).token(Self.good).split(separator: ".")
        let good = try #require(Base64URL.decode(parts[2]))
        let order: [UInt8] = [
            0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD,
            0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
        ]
        let zeros = [UInt8](repeating: 0, count: 32)
        let (r, s) = (Array(good[..<32]), Array(good[32...]))
        let candidates: [[UInt8]] = [
            zeros + zeros, order + order, r + zeros, zeros + s, good + [0], [0] + good, r + Array(s.dropLast()), [],
            [0x30, 6, 2, 1, 0, 2, 1, 0],
        ]
        for bytes in candidates {
            #expect(Self.fault("\(parts[0]).\(parts[1]).\(Base64URL.encode(bytes))", set) != nil)
        }
    }

    @Test func `only the one spelling of a token holds`() throws {
        let set = try keySet(key(.hs256).jwk())
        let token = key(.hs256).token(Self.good)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let last = alphabet.filter { (try? Self.user(token.dropLast() + String($0), set)) != nil }
        #expect(last == [token.last])
        for text in [
            token + "=", token + ".", "." + token, token + " ", " " + token, token + "\n",
            token.replacing(".", with: ".."), token.replacing(".", with: "=."), "", ".", "..", "a.b.c", "Ä.Ä.Ä",
        ] {
            #expect(Self.fault(text, set) != nil, "\(text)")
        }
        #expect(Self.fault(String(repeating: "a", count: 20_000), set) == .malformed)
    }

    @Test(arguments: [
        #"{"alg":"ES256","crit":["exp"],"exp":1}"#, #"{"alg":"ES256","crit":[]}"#,
        #"{"alg":"ES256","crit":["b64"],"b64":false}"#,
        #"{"alg":"ES256","typ":"logout+jwt"}"#, #"{"alg":"ES256","typ":"dpop+jwt"}"#, #"{"alg":"ES256","typ":""}"#,
        #"{"alg":"ES256","typ":5}"#, #"{"alg":"ES256","kid":7}"#, #"{"alg":"ES256","alg":"ES256"}"#,
        #"{"alg":["ES256"]}"#,
        #"{"alg":null}"#, "{}", "[]", #""ES256""#, "",
    ])
    func `a header that is wrong or asks for what is not known is refused, whatever the signature`(_ header: String)
        throws
    {
        #expect(Self.fault(key(.es256).token(header, Self.good), try keySet(key(.es256).jwk())) == .malformed)
    }

    @Test(arguments: ["JWT", "jwt", "at+jwt", "application/at+jwt", "AT+JWT"])
    func `identity and access tokens are taken`(_ type: String) throws {
        let token = key(.es256).token(#"{"typ":"\#(type)","alg":"ES256"}"#, Self.good)
        #expect(try Self.user(token, keySet(key(.es256).jwk())) == "ann")
    }

    private static let rest = #""sub":"ann","iss":"https://id.example","aud":"chat""#

    @Test(arguments: [
        #"{\#(rest)}"#, #"{\#(rest),"exp":1799999970}"#, #"{\#(rest),"exp":"1800003600"}"#, #"{\#(rest),"exp":null}"#,
        #"{\#(rest),"exp":true}"#, #"{\#(rest),"exp":-1}"#, #"{\#(rest),"exp":1800003600,"nbf":1800000031}"#,
        #"{\#(rest),"exp":1800003600,"nbf":"1"}"#, #"{\#(rest),"exp":1800003600,"iat":1800000031}"#,
        #"{\#(rest),"exp":1800003600,"iat":[]}"#, #"{\#(rest),"exp":1800003600,"exp":1800003600}"#,
        #"{"iss":"https://id.example","aud":"chat","exp":1800003600}"#,
        #"{"sub":"","iss":"https://id.example","aud":"chat","exp":1800003600}"#,
        #"{"sub":5,"iss":"https://id.example","aud":"chat","exp":1800003600}"#,
        #"{"sub":["ann"],"iss":"https://id.example","aud":"chat","exp":1800003600}"#,
        #"{"sub":"ann","iss":"https://id.example/","aud":"chat","exp":1800003600}"#,
        #"{"sub":"ann","iss":["https://id.example"],"aud":"chat","exp":1800003600}"#,
        #"{"sub":"ann","aud":"chat","exp":1800003600}"#,
        #"{"sub":"ann","iss":"https://id.example","exp":1800003600}"#,
        #"{"sub":"ann","iss":"https://id.example","aud":"chats","exp":1800003600}"#,
        #"{"sub":"ann","iss":"https://id.example","aud":[],"exp":1800003600}"#,
        #"{"sub":"ann","iss":"https://id.example","aud":[["chat"]],"exp":1800003600}"#,
        #"{"sub":"ann","iss":"https://id.example","aud":{"chat":1},"exp":1800003600}"#, "[]", "5", "{", "",
    ])
    func `claims that are wrong, missing or of another service are refused`(_ claims: String) throws {
        #expect(Self.fault(key(.eddsa).token(claims), try keySet(key(.eddsa).jwk())) == .claims)
    }

    @Test(arguments: [
        #"{\#(rest),"exp":1799999971}"#, #"{\#(rest),"exp":1800000000.5}"#, #"{\#(rest),"exp":9e99}"#,
        #"{\#(rest),"exp":1800003600,"nbf":1800000030,"iat":1800000030}"#,
        #"{\#(rest),"exp":1800003600,"nbf":-5,"iat":0}"#,
        #"{"sub":"ann","iss":"https://id.example","aud":["other","chat"],"exp":1800003600}"#,
        #"{\#(rest),"exp":1800003600,"roles":{"a":[1,2]},"email_verified":false}"#,
    ])
    func `good claims at the edges of what is allowed are taken`(_ claims: String) throws {
        #expect(try Self.user(key(.eddsa).token(claims), keySet(key(.eddsa).jwk())) == "ann")
    }

    @Test func `an address names its user only where it is verified`() throws {
        let set = try keySet(key(.eddsa).jwk())
        let rules = TokenRules(userClaim: "email")
        func user(_ more: String) throws -> String {
            let claims = #"{"sub":"1","email":"ann@example.org","exp":1800003600\#(more)}"#
            return try rules.check(key(.eddsa).token(claims), keys: set, now: Self.now).user
        }
        #expect(try user("") == "ann@example.org")
        #expect(try user(#","email_verified":true"#) == "ann@example.org")
        for value in ["false", #""true""#, "1", "null"] {
            #expect(throws: TokenFault.self) { try user(#","email_verified":\#(value)"#) }
        }
    }

    @Test func `a token's id is its issuer's, else its text's`() throws {
        let set = try keySet(key(.eddsa).jwk())
        func id(_ more: String) throws -> [UInt8] {
            let claims = #"{\#(Self.rest),"exp":1800003600\#(more)}"#
            return try Self.rules.check(key(.eddsa).token(claims), keys: set, now: Self.now).id
        }
        #expect(try id(#","jti":"a""#) == id(#","jti":"a","iat":5"#))
        #expect(try id(#","jti":"a""#) != id(#","jti":"b""#))
        #expect(try id("") == id(""))
        #expect(try id("") != id(#","iat":5"#))
    }
}
