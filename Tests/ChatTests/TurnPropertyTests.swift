import Testing

@testable import Chat

/// Random lives of turns. A failure names its seed: `TurnWorld(seed:)` lives it again.
@Suite struct TurnPropertyTests {
    private static let lives = 1...400

    private static let complete = ChatEvent.completed(
        Completion(
            wasStopped: false, finishReason: "stop", provider: "p", model: "m",
            usage: Usage(promptTokens: 1, completionTokens: 2, isEstimated: false),
            metrics: ReplyMetrics(
                timeToFirstTokenMS: 1, durationMS: 2, tokensPerSecond: 3, attempts: 1, isCached: false)))

    /// A client shows what the events up to its last one make, each number once and none left out.
    ///
    /// One expectation for all three: a life asks thousands of times.
    private func expectRight(_ screen: TurnScreen, in world: TurnWorld, _ seed: Int) {
        let expected = world.expected(after: screen.last)
        let isRight =
            screen.numbers == expected.numbers && screen.text == expected.text && screen.terminals == expected.terminals
        if !isRight { Issue.record("seed \(seed): a client shows \(screen) instead of \(expected)") }
    }

    private func live(_ seed: Int) -> TurnWorld {
        var world = TurnWorld(seed: UInt64(seed))
        for _ in 0..<Int.random(in: 1...150, using: &world.random) {
            guard let reader = world.step() else { continue }
            expectRight(world.clients[reader].screen, in: world, seed)
        }
        return world
    }

    @Test func `whatever happens before it, a turn's end leaves every client with the stored text`() throws {
        for seed in Self.lives {
            var world = live(seed)
            world.end(with: Self.complete)
            for client in world.clients {
                expectRight(client.screen, in: world, seed)
                #expect(client.screen.text == world.log.replyText, "seed \(seed)")
                #expect(client.screen.terminals == 1, "seed \(seed)")
            }
            #expect(try events(of: world.recordedLog()) == world.events, "seed \(seed)")
            #expect(try world.recordedLog().replyText == world.log.replyText, "seed \(seed)")
        }
    }

    @Test func `a crash loses nothing that was confirmed, and nobody who was no further than the record`() throws {
        var behind = 0
        for seed in Self.lives {
            var world = live(seed)
            let (before, confirmed, stored) = (world.events, world.confirmed, world.lastStored)
            let wasBehind = world.clients.map { $0.screen.last <= stored }
            try world.crash()
            #expect(stored >= confirmed, "seed \(seed)")
            #expect(Array(world.events.dropLast()) == Array(before.prefix(stored)), "seed \(seed)")
            #expect(events(of: world.log) == world.events, "seed \(seed)")
            #expect(try events(of: world.recordedLog()) == world.events, "seed \(seed)")
            for (client, wasBehind) in zip(world.clients, wasBehind) where wasBehind {
                behind += 1
                expectRight(client.screen, in: world, seed)
                #expect(client.screen.text == world.log.replyText, "seed \(seed)")
                #expect(client.screen.terminals == 1, "seed \(seed)")
            }
        }
        #expect(behind > 100)
    }

    /// Events are shown before they are recorded, so a client may have seen what a crash took away. Anyone who reads for it
    /// must be able to tell: such a client, and no other, has the terminal event's number or a later one as its last.
    @Test func `after a crash, a client is past the end exactly when it saw more than was recorded`() throws {
        var ahead = 0
        for seed in Self.lives {
            var world = live(seed)
            let stored = world.lastStored
            let lasts = world.clients.map { $0.screen.last }
            try world.crash()
            guard case .failed = world.events.last else {
                Issue.record("seed \(seed): no failure at the end")
                continue
            }
            for (client, last) in zip(world.clients, lasts) {
                #expect((last >= world.log.lastEvent) == (last > stored), "seed \(seed)")
                if last > stored {
                    ahead += 1
                    // Nothing more comes under a number that it could have taken for another event's.
                    #expect(client.screen.last == last, "seed \(seed)")
                }
            }
        }
        #expect(ahead > 50)
    }
}
