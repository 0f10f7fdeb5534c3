import Chat
import Synchronization

/// Which provider's thoughts are whose. Clients send thoughts back without saying whose they are, and another provider than
/// theirs is not to get them.
///
/// By how they begin, and where there is no text of them by the ids of the calls that they led to, of this process's last few
/// thousand. Ids alone would not do: some providers give the same ones in every answer.
enum ReasoningOrigins {
    private static let maximumEntries = 8192

    /// What thoughts are known by.
    enum Key: Hashable, Sendable {
        case call(String)
        case thoughts(ThoughtMark)
    }

    private struct State {
        var latest: [Key: String] = [:]
        var earlier: [Key: String] = [:]
    }

    private static let state = Mutex(State())

    static func note(_ answer: Answer, of provider: String) {
        guard answer.hasReasoning else { return }
        state.withLock { state in
            for call in answer.calls where call.id.utf8.count <= 128 { state.latest[.call(call.id)] = provider }
            if !answer.thoughts.isEmpty { state.latest[.thoughts(answer.thoughts)] = provider }
            guard state.latest.count >= maximumEntries else { return }
            state.earlier = state.latest
            state.latest = [:]
        }
    }

    /// Nil when it is not known.
    static func provider(of message: ModelMessage) -> String? {
        let thoughts = ThoughtMark(message.reasoning?.text ?? "")
        guard let key = thoughts.isEmpty ? message.toolCalls.first.map({ .call($0.id) }) : Key.thoughts(thoughts) else {
            return nil
        }
        return state.withLock { $0.latest[key] ?? $0.earlier[key] }
    }
}

/// The beginning of some thoughts and their length, by which they are known again; white space, which clients change, apart.
struct ThoughtMark: Hashable, Sendable {
    private static let maximumBytes = 64

    private var beginning: [UInt8] = []
    private var length = 0

    init() {}
    init(_ text: String) { take(text.utf8) }

    var isEmpty: Bool { length == 0 }

    mutating func take(_ bytes: some Sequence<UInt8>) {
        for byte in bytes where byte > 0x20 {
            if beginning.count < Self.maximumBytes { beginning.append(byte) }
            length += 1
        }
    }
}

extension ModelRequest {
    /// The same request without the thoughts of another provider.
    /// - Parameter takesUnknown: whether thoughts of which it is not known whose they are count as this one's.
    func withReasoning(of provider: String, takesUnknown: Bool) -> ModelRequest {
        var request = self
        for index in messages.indices where messages[index].hasReasoning {
            let isOwn = ReasoningOrigins.provider(of: messages[index]).map { $0 == provider } ?? takesUnknown
            if isOwn { continue }
            request.messages[index].reasoning = nil
            for call in request.messages[index].toolCalls.indices {
                request.messages[index].toolCalls[call].extraContent = nil
            }
        }
        return request
    }
}

extension ModelMessage {
    fileprivate var hasReasoning: Bool { reasoning != nil || toolCalls.contains { $0.extraContent != nil } }
}
