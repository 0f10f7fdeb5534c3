import Chat
import FCGIApp
import JSONWebTokens
import Synchronization
import Testing

@testable import Ownership
@testable import Routes

@Suite struct UserNamesTests {
    @Test(arguments: ["ann", "a.b-c_d:e", "DOMAIN.ann", String(repeating: "a", count: 128)])
    func `a name that can be an identifier is one`(_ name: String) {
        #expect(UserNames.id(of: name) == name)
    }

    @Test(arguments: [
        "alice@example.org", #"DOMAIN\alice"#, "Alice Smith", "Zoë", "山田太郎", "o'neil", "a,b", "a/b", "%41", "\"x\"",
        "<b>", "+1 555",
        "cn=alice,dc=example", " ", "a ", " a", "👩‍👩‍👧", "a\u{301}", String(repeating: "a", count: 129),
        String(repeating: "é", count: 128),
        "usr_0190aaaa", "name_x", "key_x",
    ])
    func `any other visible name has an identifier of its own`(_ name: String) throws {
        guard name != " " else { return #expect(UserNames.id(of: name) == nil) }
        let id = try #require(UserNames.id(of: name))
        #expect(id.hasPrefix("name_") && Identifiers.isAcceptable(id))
        #expect(UserNames.id(of: name) == id)
        // Nor can anybody have it who is called so.
        #expect(UserNames.id(of: id) != id)
    }

    @Test func `names that differ in any byte are different users`() {
        let names = [
            "Zoë", "Zoe\u{308}", "zoë", "Zoë ", " Zoë", "Zoë\u{200C}", "alice@example.org", "Alice@example.org",
            "alice@example.org.",
            #"D\alice"#, "D/alice", "alice", "ALICE",
        ]
        #expect(Set(names.map { UserNames.id(of: $0) }).count == names.count)
    }

    @Test(arguments: [
        "", "  ", "\u{3000}", "a\n", "a\r\nb", "\t", "a\u{0}b", "a\u{7F}", "a\u{85}", "a\u{FFFD}", "a\u{202E}b",
        "a\u{200B}b", "\u{200D}", " \u{200C}\u{FE0F}", "\u{3164}", "a\u{3164}", "a\u{34F}b", "\u{FFA0}", "a\u{E0100}",
        "\u{FEFF}a", "a\u{2028}b", "a\u{AD}b", String(repeating: "a", count: 257), String(repeating: "é", count: 129),
    ])
    func `a name that nobody can read is nobody's`(_ name: String) {
        #expect(UserNames.id(of: name) == nil)
    }
}

@Suite struct IdentityModesTests {
    private static let secret = Array("an issuer's secret of 32 bytes or more".utf8)
    private static let keySet = try! JSONWebKeySet(
        Array(#"{"kty":"oct","k":"\#(Base64URL.encode(secret))"}"#.utf8), allowsSecrets: true)
    private let now = Timestamp(milliseconds: 1_800_000_000_000)
    private let ended = EndedInMemory()
    private let tokens = GuestTokens(secret: [UInt8](0..<32))

    private func authenticator(
        _ modes: IdentityMode..., issuersKeys: IssuerTokens.Keys = .fixed(keySet)
    ) -> Authenticator {
        Authenticator(
            modes: modes, tokens: tokens, ended: ended, keys: KeysInMemory(),
            issuer: IssuerTokens(rules: TokenRules(audience: "chat"), keys: issuersKeys))
    }

    @Test func `an issuer that cannot be had is not asked about guests' tokens, which go on being good`() async throws {
        struct Absent: Error {}
        let questions = Mutex(0)
        let keys = IssuerKeys(
            IssuerKeys.Source(
                fetch: {
                    questions.withLock { $0 += 1 }
                    throw Absent()
                }, load: { nil }, save: { _ in }, now: { 1_800_000_000 }, log: { _ in }))
        let both = authenticator(.jwt, .guest, issuersKeys: .published(keys))
        let own = tokens.issue(to: UserID(rawValue: "usr_ann"), at: now).token
        #expect(try await user(both, bearer(own)) == "usr_ann")
        #expect(questions.withLock { $0 } == 0)
        #expect(try await status(both, bearer(issued("bob"))) == 503)
        #expect(questions.withLock { $0 } == 1)
        #expect(try await user(both, bearer(own)) == "usr_ann")
    }

    /// Of the issuer; its header is the same as that of our own tokens.
    private func issued(_ user: String, aud: String = "chat", more: String = #","iat":1800000000"#) -> String {
        let claims = #"{"sub":"\#(user)","aud":"\#(aud)","exp":1800000600\#(more)}"#
        let text = [#"{"alg":"HS256","typ":"JWT"}"#, claims].map { Base64URL.encode(Array($0.utf8)) }.joined(
            separator: ".")
        return text + "." + Base64URL.encode(Hashing.authenticationCode(of: Array(text.utf8), under: Self.secret))
    }

    private func user(
        _ authenticator: Authenticator, _ variables: (String, String)..., at time: Timestamp? = nil
    ) async throws -> String? {
        let request = Request(variables: variables.map { ($0.0, $0.1) }, body: [], bodyState: .complete)
        return try await authenticator.identity(of: request, query: Query(""), at: time ?? now)?.user.rawValue
    }

    private func status(_ authenticator: Authenticator, _ variables: (String, String)...) async throws -> Int? {
        let request = Request(variables: variables.map { ($0.0, $0.1) }, body: [], bodyState: .complete)
        do {
            _ = try await authenticator.identity(of: request, query: Query(""), at: now)
            return nil
        } catch let problem as Problem {
            return problem.status
        }
    }

    private func bearer(_ token: String) -> (String, String) { ("HTTP_AUTHORIZATION", "Bearer \(token)") }

    @Test func `a token is its issuer's or ours, whatever the order of the modes`() async throws {
        let own = tokens.issue(to: UserID(rawValue: "usr_ann"), at: now).token
        for both in [authenticator(.jwt, .guest), authenticator(.guest, .jwt)] {
            #expect(try await user(both, bearer(own)) == "usr_ann")
            #expect(try await user(both, bearer(issued("bob"))) == "bob")
            #expect(try await user(both, ("HTTP_COOKIE", "chat_fcgi_guest=\(own)")) == "usr_ann")
            // The cookie makes no bad token good, and no issuer's token is a cookie.
            for variables in [
                [bearer("x"), ("HTTP_COOKIE", "chat_fcgi_guest=\(own)")],
                [("HTTP_COOKIE", "chat_fcgi_guest=\(issued("bob"))")],
            ] {
                let request = Request(variables: variables.map { ($0.0, $0.1) }, body: [], bodyState: .complete)
                await #expect(throws: Problem.self) { try await both.identity(of: request, query: Query(""), at: now) }
            }
            #expect(try await status(both, bearer(issued("bob", aud: "other"))) == 401)
            #expect(try await status(both) == 401)
        }
        // Where a mode is not on, its tokens are nobody's.
        #expect(try await status(authenticator(.jwt), bearer(own)) == 401)
        #expect(try await status(authenticator(.jwt), ("HTTP_COOKIE", "chat_fcgi_guest=\(own)")) == 401)
        #expect(try await status(authenticator(.guest), bearer(issued("bob"))) == 401)
    }

    @Test func `an issuer's user has no identifier of ours`() async throws {
        let both = authenticator(.jwt, .guest)
        #expect(try await user(both, bearer(issued("usr_ann"))) != "usr_ann")
        #expect(try await user(both, bearer(issued("alice@example.org")))?.hasPrefix("name_") == true)
        #expect(try await status(both, bearer(issued(#"a\u0000b"#))) == 401)
    }

    @Test func `a token may come as a key, as the libraries of model providers send it`() async throws {
        for name in ["HTTP_X_API_KEY", "HTTP_API_KEY"] {
            #expect(try await user(authenticator(.jwt), (name, issued("bob"))) == "bob")
            #expect(try await status(authenticator(.jwt), (name, "x")) == 401)
        }
    }

    @Test func `the web server's word counts beside tokens`() async throws {
        let name = ("REMOTE_USER", "alice@example.org")
        let id = UserNames.id(of: "alice@example.org")
        #expect(try await user(authenticator(.proxy, .jwt), name) == id)
        #expect(try await user(authenticator(.proxy, .jwt), bearer(issued("bob"))) == "bob")
        #expect(try await user(authenticator(.jwt, .proxy), name, bearer(issued("bob"))) == "bob")
        // What the web server checked is none of ours.
        #expect(try await user(authenticator(.proxy), name, bearer("x")) == id)
        #expect(try await status(authenticator(.proxy), ("REMOTE_USER", "a\u{FFFD}")) == 401)
        #expect(try await status(authenticator(.proxy, .guest), ("REMOTE_USER", "")) == 401)
    }

    @Test func `who is meant may be said by the name or by the identifier`() async throws {
        let request = Request.with(("REMOTE_USER", #"DOMAIN\alice"#))
        let sender = try await authenticator(.proxy).identity(of: request, query: Query(""))
        let exchange = Exchange(
            request: request, requestID: "r", pathParameter: "", query: try Query(""), sender: sender,
            limits: Request.Limits())
        let id = try exchange.user()
        #expect(try exchange.user(claimed: #"DOMAIN\alice"#) == id)
        #expect(try exchange.user(claimed: id.rawValue) == id)
        #expect(throws: Problem.self) { try exchange.user(claimed: #"DOMAIN\bob"#) }
        #expect(throws: Problem.self) { try exchange.user(claimed: "alice") }
    }

    // MARK: - Ending

    private func identity(_ authenticator: Authenticator, _ token: String) async throws -> Identity {
        try #require(
            try await authenticator.identity(of: Request.with(bearer(token)), query: Query(""), at: now))
    }

    @Test func `a logout ends the token and those renewed from it, and no other`() async throws {
        let guests = authenticator(.guest)
        let ann = UserID(rawValue: "usr_ann")
        let (stolen, other) = (tokens.issue(to: ann, at: now), tokens.issue(to: ann, at: now))
        let renewed = guests.renewed(stolen.claims, at: now)
        #expect(try await guests.end(.here, of: identity(guests, stolen.token), at: now) == nil)
        for token in [stolen, renewed] { #expect(try await status(guests, bearer(token.token)) == 401) }
        #expect(try await !guests.holds(Credential(renewed.claims)))
        #expect(try await user(guests, bearer(other.token)) == "usr_ann")
    }

    @Test func `no token that could end here comes with the web server's word`() async throws {
        let request = Request.with(("REMOTE_USER", "alice"))
        let both = authenticator(.proxy, .jwt)
        let alice = try #require(try await both.identity(of: request, query: Query(""), at: now))
        let problem = await #expect(throws: Problem.self) { try await both.end(.here, of: alice, at: now) }
        #expect(problem?.status == 403)
        // Those that the sign-in service gave her end all the same.
        _ = try await both.end(.everywhere, of: alice, at: now)
        #expect(try await status(both, bearer(issued("alice"))) == 401)
    }

    @Test func `all others can be ended, or all`() async throws {
        let guests = authenticator(.guest)
        let ann = UserID(rawValue: "usr_ann")
        let (own, stolen) = (tokens.issue(to: ann, at: now), tokens.issue(to: ann, at: now))
        let bob = tokens.issue(to: UserID(rawValue: "usr_bob"), at: now)
        let fresh = try #require(try await guests.end(.elsewhere, of: identity(guests, own.token), at: now))
        for token in [own, stolen] { #expect(try await status(guests, bearer(token.token)) == 401) }
        #expect(try await user(guests, bearer(fresh.token)) == "usr_ann")
        #expect(try await user(guests, bearer(guests.renewed(fresh.claims, at: now).token)) == "usr_ann")
        #expect(try await guests.end(.everywhere, of: identity(guests, fresh.token), at: now) == nil)
        #expect(try await status(guests, bearer(fresh.token)) == 401)
        #expect(try await user(guests, bearer(bob.token)) == "usr_bob")
    }

    @Test func `a token of an earlier version can be ended too`() async throws {
        let guests = authenticator(.guest)
        let claims = #"{"iss":"chat-fcgi","sub":"usr_ann","iat":1799999999,"exp":1802591999}"#
        let old = tokens.signed(Array(claims.utf8))
        let renewed = guests.renewed(try #require(tokens.claims(of: old)), at: now)
        #expect(try await user(guests, bearer(old)) == "usr_ann")
        _ = try await guests.end(.here, of: identity(guests, old), at: now)
        for token in [old, renewed.token] { #expect(try await status(guests, bearer(token)) == 401) }
    }

    @Test func `an issuer's token ends by itself, and all by their time`() async throws {
        let issuers = authenticator(.jwt)
        let (stolen, other) = (issued("bob", more: #","iat":1800000000,"jti":"1""#), issued("bob"))
        _ = try await issuers.end(.here, of: identity(issuers, stolen), at: now)
        #expect(try await status(issuers, bearer(stolen)) == 401)
        // Signed anew under the same id it is the same token.
        #expect(try await status(issuers, bearer(issued("bob", more: #","jti":"1","iat":1799999999"#))) == 401)
        #expect(try await user(issuers, bearer(other)) == "bob")
        _ = try await issuers.end(.everywhere, of: identity(issuers, other), at: now)
        #expect(try await status(issuers, bearer(other)) == 401)
        #expect(try await user(issuers, bearer(issued("bob", more: #","iat":1800000001"#))) == "bob")
        #expect(try await status(issuers, bearer(issued("bob", more: ""))) == 401)
        #expect(try await user(issuers, bearer(issued("eve", more: ""))) == "eve")
        let eve = try await identity(issuers, issued("eve", more: ""))
        await #expect(throws: Problem.self) { try await issuers.end(.everywhere, of: eve, at: now) }
        await #expect(throws: Problem.self) { try await issuers.end(.elsewhere, of: eve, at: now) }
        // Of a user who was removed only that token ends, or the next sign-in would be in vain.
        try await issuers.endTokens(ofRemoved: eve)
        #expect(try await status(issuers, bearer(issued("eve", more: ""))) == 401)
        #expect(try await user(issuers, bearer(issued("eve", more: #","nbf":1"#))) == "eve")
    }
}
