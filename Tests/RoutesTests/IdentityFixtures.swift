import Chat
import FCGIApp
import Synchronization

@testable import Routes

/// Ended tokens, kept for a test.
final class EndedInMemory: TokenStore {
    private struct State {
        var tokens: Set<[UInt8]> = []
        var users: [[UInt8]: (generation: Int, endedAt: Timestamp)] = [:]
        var endings: [TokenEnding] = []

        mutating func note(_ digest: [UInt8]) {
            endings.append(TokenEnding(number: Int64(endings.count + 1), digest: digest))
        }
    }

    private let state = Mutex(State())

    func standing(ofToken token: [UInt8], user: [UInt8]) async throws -> TokenStanding {
        state.withLock { state in
            TokenStanding(
                isEnded: state.tokens.contains(token), generation: state.users[user]?.generation ?? 0,
                endedAt: state.users[user]?.endedAt)
        }
    }

    func end(token: [UInt8], usableUntil time: Timestamp) async throws {
        state.withLock { state in
            state.tokens.insert(token)
            state.note(token)
        }
    }

    func endTokens(ofUser user: [UInt8], at time: Timestamp) async throws -> Int {
        state.withLock { state in
            let generation = (state.users[user]?.generation ?? 0) + 1
            state.users[user] = (generation, time)
            state.note(user)
            return generation
        }
    }

    func endings(since time: Timestamp) async throws -> [TokenEnding] { state.withLock { $0.endings } }
}

/// Keys, kept for a test.
struct KeysInMemory: ServiceKeyStore {
    var keys: [String: (key: ServiceKey, digest: [UInt8])] = [:]

    func serviceKey(_ id: String) async throws -> (key: ServiceKey, digest: [UInt8])? { keys[id] }
    func noteUse(ofServiceKey id: String, at time: Timestamp) async throws -> Bool { false }
}

extension Request {
    static func with(_ variables: (String, String)...) -> Request {
        Request(variables: variables.map { ($0.0, $0.1) }, body: [], bodyState: .complete)
    }
}
