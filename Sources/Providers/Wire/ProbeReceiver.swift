import HTTPClient
import Synchronization

/// Takes the response to a probe: its head, and enough of its body to tell why it is a refusal.
final class ProbeReceiver: HTTPResponseReceiver {
    private let maximumBytes: Int

    private struct State {
        var head: HTTPResponseHead?
        var body: [UInt8] = []
    }
    private let state = Mutex(State())

    /// - Parameter maximumBytes: kept of the body; the rest is not waited for.
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
