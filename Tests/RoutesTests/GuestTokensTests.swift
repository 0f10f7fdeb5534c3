import Chat
import FCGIApp
import Testing

@testable import Routes

@Suite struct GuestTokensTests {
    private let tokens = GuestTokens(secret: [UInt8](0..<32))
    private let ann = UserID(rawValue: "usr_ann")

    @Test func `a token names its user until it expires`() {
        let issued = tokens.issue(to: ann)
        #expect(tokens.user(of: issued.token) == ann)
        #expect(tokens.user(of: issued.token, at: Timestamp(milliseconds: issued.expiresAt.milliseconds - 1)) == ann)
        #expect(tokens.user(of: issued.token, at: issued.expiresAt) == nil)
    }

    @Test func `a token changed in any one character is nobody's`() {
        let token = Array(tokens.issue(to: ann).token.utf8)
        for index in token.indices {
            for replacement in [UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "."), UInt8(ascii: "=")]
            where replacement != token[index] {
                var changed = token
                changed[index] = replacement
                #expect(tokens.user(of: String(decoding: changed, as: UTF8.self)) == nil)
            }
            #expect(tokens.user(of: String(decoding: token.prefix(index), as: UTF8.self)) == nil)
        }
    }

    // 32 bytes end in two bits that stand for nothing: the last character has three siblings that decode alike.
    @Test func `of a signature's spellings only the canonical one holds`() throws {
        let token = tokens.issue(to: ann).token
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let holding = alphabet.filter { tokens.user(of: token.dropLast() + String($0)) != nil }
        #expect(holding == [token.last])
        #expect(tokens.user(of: token + "=") == nil)
    }

    @Test(arguments: [
        #"{"alg":"none","typ":"JWT"}"#, #"{"alg":"HS512","typ":"JWT"}"#, #"{"alg":"RS256","typ":"JWT"}"#,
        #"{"typ":"JWT","alg":"HS256"}"#,
    ])
    func `another header is not looked at, whatever its signature`(_ header: String) throws {
        let parts = tokens.issue(to: ann).token.split(separator: ".")
        let claims = parts[1]
        let encoded = Base64URL.encode(Array(header.utf8))
        #expect(tokens.user(of: "\(encoded).\(claims).\(parts[2])") == nil)
        #expect(tokens.user(of: "\(encoded).\(claims).") == nil)
    }

    @Test func `another installation's token is nobody's here`() {
        #expect(GuestTokens(secret: [UInt8](1..<33)).user(of: tokens.issue(to: ann).token) == nil)
    }

    @Test func `an overlong token is refused unread`() {
        #expect(tokens.user(of: tokens.issue(to: UserID(rawValue: String(repeating: "a", count: 2000))).token) == nil)
    }

    @Test func `base64 of any length reads back`() {
        for length in 0..<70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 37 + length) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
        for text in ["A", "AAAAA", "AB=", "A+", "A/", "AB", "AAB", "Ä"] { #expect(Base64URL.decode(text) == nil) }
    }
}

@Suite struct AuthenticatorTests {
    private static func authenticator(_ mode: IdentityMode) -> Authenticator {
        Authenticator(mode: mode, tokens: GuestTokens(secret: [UInt8](0..<32)))
    }

    private static func request(_ variables: (String, String)...) -> Request {
        Request(variables: variables.map { ($0.0, $0.1) }, body: [], bodyState: .complete)
    }

    @Test func `a guest is known by token or by cookie, and a bad token is not made good by a cookie`() throws {
        let authenticator = Self.authenticator(.guest)
        let token = authenticator.tokens.issue(to: UserID(rawValue: "ann")).token
        let query = try Query("")
        let cookie = ("HTTP_COOKIE", "a=b; chat_fcgi_guest=\(token); chat_fcgi_guest=other")
        #expect(
            try authenticator.user(of: Self.request(("HTTP_AUTHORIZATION", "bearer \(token)")), query: query)?.rawValue
                == "ann")
        #expect(try authenticator.user(of: Self.request(cookie), query: query)?.rawValue == "ann")
        for request in [
            Self.request(), Self.request(("HTTP_AUTHORIZATION", "Bearer x"), cookie),
            Self.request(("HTTP_AUTHORIZATION", "Bearer"), cookie),
            Self.request(("HTTP_COOKIE", "xchat_fcgi_guest=\(token)")),
        ] {
            #expect(throws: Problem.self) { try authenticator.user(of: request, query: query) }
        }
    }

    @Test func `in open mode a name that is none is refused before it is counted`() throws {
        let authenticator = Self.authenticator(.open)
        #expect(try authenticator.user(of: Self.request(), query: Query("user_id=ann"))?.rawValue == "ann")
        #expect(try authenticator.user(of: Self.request(), query: Query("")) == nil)
        let long = String(repeating: "a", count: 129)
        #expect(throws: Problem.self) { try authenticator.user(of: Self.request(), query: Query("user_id=\(long)")) }
    }

    @Test func `behind a proxy only the web server's word counts`() throws {
        let authenticator = Self.authenticator(.proxy)
        let query = try Query("user_id=bob")
        #expect(try authenticator.user(of: Self.request(("REMOTE_USER", "ann")), query: query)?.rawValue == "ann")
        #expect(throws: Problem.self) {
            try authenticator.user(of: Self.request(("HTTP_REMOTE_USER", "ann")), query: query)
        }
    }
}
