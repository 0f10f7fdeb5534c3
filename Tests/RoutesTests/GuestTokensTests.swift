import Chat
import FCGIApp
import JSONWebTokens
import Testing

@testable import Ownership
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

    // MARK: - Renewal

    private static let day: Int64 = 86_400_000
    private let start = Timestamp(milliseconds: 1_800_000_000_000)

    private func after(_ milliseconds: Int64) -> Timestamp {
        Timestamp(milliseconds: start.milliseconds + milliseconds)
    }

    @Test func `a token says when it was issued, expires, and is to be renewed`() throws {
        let claims = try #require(tokens.claims(of: tokens.issue(to: ann, at: start).token))
        #expect(claims.user == ann && claims.issuedAt == start)
        #expect(claims.expiresAt == after(30 * Self.day) && claims.renewAfter == after(15 * Self.day))
        #expect(claims.renewableUntil == after(400 * Self.day))
        let short = tokens.issue(to: ann, lifetimeMS: 3_600_000, at: start).claims
        #expect(short.renewAfter == after(1_800_000))
        // The operator said for how long.
        #expect(short.renewableUntil == short.expiresAt)
    }

    @Test(arguments: [
        #"{"iss":"chat-fcgi","sub":"a","iat":5,"exp":9223372036854775807}"#,
        #"{"iss":"chat-fcgi","sub":"a","iat":-5,"exp":10}"#, #"{"iss":"chat-fcgi","sub":"a","iat":"5","exp":10}"#,
        #"{"iss":"chat-fcgi","sub":"a","iat":11,"exp":10}"#, #"{"iss":"chat-fcgi","sub":"a","iat":5}"#,
        #"{"iss":"chat-fcgi","sub":"a b","iat":5,"exp":10}"#, #"{"iss":"other","sub":"a","iat":5,"exp":10}"#,
    ])
    func `claims that cannot be are nobody's, whatever their signature`(_ claims: String) {
        #expect(tokens.claims(of: tokens.signed(Array(claims.utf8))) == nil)
    }
}

@Suite struct AuthenticatorTests {
    private static func authenticator(_ modes: IdentityMode...) -> Authenticator {
        Authenticator(
            modes: modes, tokens: GuestTokens(secret: [UInt8](0..<32)), ended: EndedInMemory(), keys: KeysInMemory())
    }

    private static func request(_ variables: (String, String)...) -> Request {
        Request(variables: variables.map { ($0.0, $0.1) }, body: [], bodyState: .complete)
    }

    private static let query = { try! Query("") }()
    private let guests = authenticator(.guest)
    private let ann = UserID(rawValue: "ann")
    private let https = ("HTTPS", "on")

    private func user(_ request: Request) async throws -> String? {
        try await guests.identity(of: request, query: Self.query)?.user.rawValue
    }

    private func status(_ request: Request) async throws -> Int? {
        do {
            _ = try await guests.identity(of: request, query: Self.query)
            return nil
        } catch let problem as Problem {
            return problem.status
        }
    }

    @Test func `a guest is known by token or by cookie, and a bad token is not made good by a cookie`() async throws {
        let token = guests.tokens.issue(to: ann).token
        let cookie = ("HTTP_COOKIE", "a=b; chat_fcgi_guest=\(token); c=d")
        #expect(try await user(Self.request(("HTTP_AUTHORIZATION", "bearer \(token)"))) == "ann")
        #expect(try await user(Self.request(cookie)) == "ann")
        #expect(try await user(Self.request(("HTTP_AUTHORIZATION", "Basic eDp5"), cookie)) == "ann")
        for request in [
            Self.request(), Self.request(("HTTP_AUTHORIZATION", "Bearer x"), cookie),
            Self.request(("HTTP_AUTHORIZATION", "Bearer"), cookie),
            Self.request(("HTTP_AUTHORIZATION", "Bearer\(token)"), cookie),
            Self.request(("HTTP_COOKIE", "xchat_fcgi_guest=\(token)")),
        ] {
            #expect(try await status(request) == 401)
        }
    }

    @Test func `two cookies of one name are nobody's, in one header or in two`() async throws {
        let token = guests.tokens.issue(to: ann).token
        for name in ["chat_fcgi_guest", "__Host-chat_fcgi_guest"] {
            #expect(try await status(Self.request(("HTTP_COOKIE", "\(name)=\(token); \(name)=other"))) == 400)
            #expect(try await status(Self.request(("HTTP_COOKIE", "\(name)=\(token);\(name)=\(token)"))) == 400)
            #expect(
                try await status(Self.request(("HTTP_COOKIE", "\(name)=\(token)"), ("HTTP_COOKIE", "a=b; \(name)=x")))
                    == 400)
        }
        #expect(
            try await status(
                Self.request(
                    ("HTTP_COOKIE", "chat_fcgi_guest=x; chat_fcgi_guest=y"), ("HTTP_AUTHORIZATION", "Bearer \(token)")))
                == nil)
    }

    @Test func `the cookie that only this host can set goes before any of the plain name`() async throws {
        let token = guests.tokens.issue(to: ann).token
        let other = guests.tokens.issue(to: UserID(rawValue: "mallory")).token
        let planted = "chat_fcgi_guest=\(other); __Host-chat_fcgi_guest=\(token); chat_fcgi_guest=\(other)"
        #expect(try await user(Self.request(("HTTP_COOKIE", planted))) == "ann")
        #expect(
            try await status(Self.request(("HTTP_COOKIE", "__Host-chat_fcgi_guest=x; chat_fcgi_guest=\(other)"))) == 401
        )
    }

    // MARK: - Renewal

    private static let half: Int64 = 15 * 86_400_000
    private let start = Timestamp(milliseconds: 1_800_000_000_000)

    private func renewal(_ variables: (String, String)..., after milliseconds: Int64) async throws -> GuestTokens
        .Issued?
    {
        let request = Request(variables: variables.map { ($0.0, $0.1) }, body: [], bodyState: .complete)
        let now = Timestamp(milliseconds: start.milliseconds + milliseconds)
        let identity = try #require(try await guests.identity(of: request, query: Self.query, at: now))
        return guests.renewal(of: identity, for: request, at: now)
    }

    @Test func `a cookie is renewed from half of its life on, a bearer token is not`() async throws {
        let token = guests.tokens.issue(to: ann, at: start).token
        let cookie = ("HTTP_COOKIE", "chat_fcgi_guest=\(token)")
        #expect(try await renewal(cookie, after: Self.half - 1) == nil)
        let renewed = try #require(try await renewal(cookie, after: Self.half))
        #expect(renewed.user == ann && renewed.claims.lifetimeMS == GuestTokens.guestLifetimeMS)
        #expect(renewed.claims.issuedAt.milliseconds == start.milliseconds + Self.half)
        #expect(try await renewal(cookie, after: 2 * Self.half - 1) != nil)
        #expect(try await renewal(("HTTP_AUTHORIZATION", "Bearer \(token)"), after: Self.half) == nil)
    }

    @Test func `a cookie of the plain name is replaced at once where there is TLS`() async throws {
        let token = guests.tokens.issue(to: ann, at: start).token
        #expect(try await renewal(("HTTP_COOKIE", "chat_fcgi_guest=\(token)"), https, after: 0)?.user == ann)
        #expect(try await renewal(("HTTP_COOKIE", "__Host-chat_fcgi_guest=\(token)"), https, after: 0) == nil)
        let issued = guests.tokens.issue(to: ann, at: start)
        #expect(
            GuestCookie.fields(setting: issued, for: Self.request(https)).map(\.value) == [
                "__Host-chat_fcgi_guest=\(issued.token); Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure",
                "chat_fcgi_guest=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
            ])
        #expect(
            GuestCookie.fields(setting: issued, for: Self.request()).map(\.value) == [
                "chat_fcgi_guest=\(issued.token); Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax"
            ])
    }

    @Test func `in open mode a name that is none is refused before it is counted`() async throws {
        let authenticator = Self.authenticator(.open)
        #expect(
            try await authenticator.identity(of: Self.request(), query: Query("user_id=ann"))?.user.rawValue == "ann")
        #expect(try await authenticator.identity(of: Self.request(), query: Query(""))?.user == nil)
        let long = String(repeating: "a", count: 129)
        await #expect(throws: Problem.self) {
            try await authenticator.identity(of: Self.request(), query: Query("user_id=\(long)"))
        }
    }

    @Test func `behind a proxy only the web server's word counts`() async throws {
        let authenticator = Self.authenticator(.proxy)
        let query = try Query("user_id=bob")
        #expect(
            try await authenticator.identity(of: Self.request(("REMOTE_USER", "ann")), query: query)?.user.rawValue
                == "ann")
        await #expect(throws: Problem.self) {
            try await authenticator.identity(of: Self.request(("HTTP_REMOTE_USER", "ann")), query: query)
        }
    }
}
