import Chat
import Testing

@testable import Storage

/// Ended tokens and service keys.
@Suite struct IdentityStoreTests {
    private let now = Timestamp(milliseconds: 1_800_000_000_000)
    private let token: [UInt8] = [1, 2, 3]
    private let other: [UInt8] = [4]
    private let ann: [UInt8] = [5]
    private let bob: [UInt8] = [6]

    /// Two processes on one store.
    private func withStores(_ body: (SQLiteChatStore, SQLiteChatStore) async throws -> Void) async throws {
        let fixture = try StoreFixture()
        let second = try SQLiteChatStore(path: fixture.path)
        try await body(fixture.store, second)
        await second.close()
        await fixture.store.close()
    }

    @Test func `a token that was ended is, in every process, and no other`() async throws {
        try await withStores { one, second async throws in
            #expect(try await one.standing(ofToken: token, user: ann) == TokenStanding())
            let soon = Timestamp(milliseconds: Timestamp.now().milliseconds + 60_000)
            try await one.end(token: token, usableUntil: soon)
            try await one.end(token: token, usableUntil: soon)
            #expect(try await second.standing(ofToken: token, user: ann).isEnded)
            #expect(try await !second.standing(ofToken: other, user: ann).isEnded)
        }
    }

    @Test func `what would have ended anyway is forgotten when the next one is ended`() async throws {
        try await withStores { one, _ async throws in
            try await one.end(token: token, usableUntil: Timestamp(milliseconds: 1))
            try await one.end(token: other, usableUntil: now)
            #expect(try await !one.standing(ofToken: token, user: ann).isEnded)
        }
    }

    @Test func `all tokens of a user end, again and again, and nobody else's`() async throws {
        try await withStores { one, second async throws in
            #expect(try await one.endTokens(ofUser: ann, at: now) == 1)
            #expect(try await second.endTokens(ofUser: ann, at: Timestamp(milliseconds: 5)) == 2)
            // The latest time counts, whichever clock came last.
            #expect(
                try await one.standing(ofToken: token, user: ann)
                    == TokenStanding(isEnded: false, generation: 2, endedAt: now))
            #expect(try await one.standing(ofToken: token, user: bob) == TokenStanding())
        }
    }

    @Test func `a key is kept by its digest, holds until it is revoked, and its name is free then`() async throws {
        try await withStores { one, second async throws in
            let limits = UserLimits(streams: 200, requestsPerMinute: 7, tokensPerDay: 9)
            let key = ServiceKey(id: "0a", name: "front end", limits: limits, actsForUsers: true, createdAt: now)
            #expect(try await one.add(key, digest: [1]))
            var twin = key
            twin.id = "0b"
            #expect(try await !one.add(twin, digest: [2]))
            let found = try #require(try await second.serviceKey("0a"))
            #expect(found.key == key && found.digest == [1])
            #expect(try await second.serviceKey("0b") == nil)
            #expect(try await second.revokeServiceKey("front end", at: now))
            #expect(try await !second.revokeServiceKey("front end", at: now))
            #expect(try await one.serviceKey("0a")?.key.revokedAt == now)
            #expect(try await one.add(twin, digest: [2]))
            #expect(try await one.revokeServiceKey("0b", at: now))
            #expect(try await one.serviceKeys().map(\.id) == ["0a", "0b"])
        }
    }
}
