import HTTPClient
import Synchronization

/// Takes the response to a probe: its head, and as much of its body as is wanted.
final class ProbeReceiver: HTTPResponseReceiver {
    private let maximumBytes: Int

    private struct State {
        var head: HTTPResponseHead?
        var body: [UInt8] = []
    }
    private let state = Mutex(State())

    /// - Parameter maximumBytes: of the body; enough by default to tell why it is a refusal.
    init(maximumBytes: Int = 16 * 1024) { self.maximumBytes = maximumBytes }

    /// Nil while there is no head.
    var response: (HTTPResponseHead, body: [UInt8])? {
        state.withLock { state in state.head.map { ($0, state.body) } }
    }

    func receive(_ head: HTTPResponseHead) -> HTTPReception {
        state.withLock { $0.head = head }
        return .taken
    }

    func receive(_ bytes: RawSpan) -> HTTPReception {
        state.withLock { state in
            let room = maximumBytes - state.body.count
            bytes.withUnsafeBytes { state.body.append(contentsOf: $0.prefix(room)) }
            return bytes.byteCount > room ? .enough : .taken
        }
    }
}
