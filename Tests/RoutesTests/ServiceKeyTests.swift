import Chat
import FCGIApp
import Testing

@testable import Routes

@Suite struct ServiceKeyTests {
    private let text = ServiceKeyText.make()

    private func authenticator(actsForUsers: Bool = false, revokedAt: Timestamp? = nil, digest: [UInt8]? = nil)
        -> Authenticator
    {
        let key = ServiceKey(
            id: text.id, name: "open-webui", limits: UserLimits(streams: 200, requestsPerMinute: 0, tokensPerDay: 5),
            actsForUsers: actsForUsers, createdAt: .now(), revokedAt: revokedAt)
        return Authenticator(
            modes: [.guest, .proxy], tokens: GuestTokens(secret: [UInt8](0..<32)), ended: EndedInMemory(),
            keys: KeysInMemory(keys: [text.id: (key, digest ?? text.digest)]))
    }

    private func identity(_ authenticator: Authenticator, _ variables: (String, String)...) async throws -> Identity? {
        let request = Request(variables: variables.map { ($0.0, $0.1) }, body: [], bodyState: .complete)
        return try await authenticator.identity(of: request, query: Query(""))
    }

    private func status(_ authenticator: Authenticator, _ variables: (String, String)...) async throws -> Int? {
        let request = Request(variables: variables.map { ($0.0, $0.1) }, body: [], bodyState: .complete)
        do {
            _ = try await authenticator.identity(of: request, query: Query(""))
            return nil
        } catch let problem as Problem {
            return problem.status
        }
    }

    private var bearer: (String, String) { ("HTTP_AUTHORIZATION", "Bearer \(text.text)") }

    @Test func `a key is found by those who look for secrets, and no two are the same`() throws {
        #expect(try text.text.wholeMatch(of: Regex("chatfcgi_[0-9a-f]{16}_[0-9a-f]{64}")) != nil)
        #expect(ServiceKeyText(text.text)?.id == text.id)
        #expect(ServiceKeyText.make().text != text.text)
        #expect(ServiceKeyText.make().digest != text.digest)
        for wrong in [
            "", "chatfcgi_", text.text + "0", String(text.text.dropLast()), text.text.uppercased(),
            text.text.replacing("_", with: "-"),
        ] {
            #expect(ServiceKeyText(wrong) == nil)
        }
    }

    @Test func `a key is its program, with limits of its own, however it is sent`() async throws {
        let authenticator = authenticator()
        for sent in [bearer, ("HTTP_X_API_KEY", text.text), ("HTTP_API_KEY", text.text)] {
            // The key goes before who the web server says is there.
            let identity = try #require(try await identity(authenticator, sent, ("REMOTE_USER", "ann")))
            #expect(identity.user.rawValue == "key_" + text.id)
            #expect(identity.limits == UserLimits(streams: 200, requestsPerMinute: 0, tokensPerDay: 5))
        }
    }

    @Test func `a key that is wrong, unknown or taken back is nobody's`() async throws {
        let authenticator = authenticator()
        let other = ServiceKeyText.make()
        let forged = "chatfcgi_" + text.id + other.text.suffix(65)
        for sent in [other.text, forged, "chatfcgi_", text.text + " ", String(text.text.dropLast())] {
            // Nor is it made good by what else there is.
            #expect(try await status(authenticator, ("HTTP_X_API_KEY", sent), ("REMOTE_USER", "ann")) == 401)
        }
        #expect(try await status(self.authenticator(revokedAt: .now()), bearer) == 401)
        #expect(try await status(self.authenticator(digest: [UInt8](repeating: 0, count: 32)), bearer) == 401)
        #expect(try await status(self.authenticator(digest: []), bearer) == 401)
    }

    @Test func `a key that acts for users names them, each a user of that key alone`() async throws {
        let acting = authenticator(actsForUsers: true)
        var seen: Set<String> = []
        let names = [
            "ann", "bob", "alice@example.org", "name_x", "usr_1", "key_" + text.id, String(repeating: "a", count: 128),
            String(repeating: "a", count: 127) + "b", "Zoë", "Zoe\u{308}",
        ]
        for name in names {
            let identity = try #require(try await identity(acting, bearer, ("HTTP_X_USER", name)))
            #expect(
                identity.user.rawValue.hasPrefix("key_\(text.id):") && Identifiers.isAcceptable(identity.user.rawValue))
            #expect(identity.limits == nil && identity.name == name)
            seen.insert(identity.user.rawValue)
        }
        #expect(seen.count == names.count)
        for name in ["a\nb", "\u{FFFD}", "  ", String(repeating: "a", count: 257)] {
            #expect(try await status(acting, bearer, ("HTTP_X_USER", name)) == 400)
        }
        #expect(try await status(acting, bearer, ("HTTP_X_USER", "ann"), ("HTTP_X_USER", "bob")) == 400)
        #expect(try await identity(acting, bearer)?.user.rawValue == "key_" + text.id)
    }

    @Test func `nobody else acts for users`() async throws {
        #expect(try await status(authenticator(), bearer, ("HTTP_X_USER", "ann")) == 403)
        // Without a key the header says nothing.
        #expect(
            try await identity(authenticator(), ("REMOTE_USER", "bob"), ("HTTP_X_USER", "ann"))?.user.rawValue == "bob")
    }
}
