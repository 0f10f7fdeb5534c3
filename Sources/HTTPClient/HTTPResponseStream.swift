import Scheduling
import Synchronization

/// A response whose head has come and whose body is coming.
///
/// At most 64 KiB of it lie unread; beyond that the connection is not read until the task has caught up. Letting go of
/// the stream before its end closes the connection (HTTP/2: resets the stream), so the server stops working.
public final class HTTPResponseStream: Sendable {
    public let head: HTTPResponseHead
    private let transfer: Transfer
    private let queue: ResponseQueue

    init(head: HTTPResponseHead, transfer: Transfer, queue: ResponseQueue) {
        self.head = head
        self.transfer = transfer
        self.queue = queue
    }

    deinit { transfer.cancel() }

    public var status: Int { head.status }

    /// The value of the first header of this name, whatever its case.
    public func header(_ name: String) -> String? { head.header(name) }

    /// Waits for more of the body and takes everything that is there, at least one byte; nil at its end.
    ///
    /// One task at a time.
    /// - Throws: `HTTPClientError`: `.reset` or `.timeout` when the body does not reach its end, `.tooLarge`, `.cancelled`
    ///   when the task is cancelled. What came before the error has been given out first, except after cancellation.
    public func next() async throws(HTTPClientError) -> [UInt8]? {
        try await transfer.cancellingWithTask { () throws(HTTPClientError) in
            while true {
                // The outcome is asked first: what came before it is in the queue by then.
                let outcome = transfer.outcome
                if transfer.isCancelled { throw .cancelled }
                if let (bytes, wasPaused) = queue.take() {
                    if wasPaused { transfer.resume() }
                    return bytes
                }
                if let outcome {
                    try outcome.get()
                    return nil
                }
                _ = await transfer.waker.wait()
            }
        }
    }

    /// Ends the exchange. A task that waits for `next` gets `.cancelled`. After the end this does nothing.
    public func cancel() { transfer.cancel() }
}

/// A response on its way from the client's thread to the task that reads it.
final class ResponseQueue: HTTPResponseReceiver {
    /// How many bytes may lie unread before the connection is no longer read.
    static let maximumUnreadBytes = 64 * 1024

    private struct State {
        var head: HTTPResponseHead?
        /// Handed over whole, so what piles up costs one wake-up.
        var unread: [UInt8] = []
        var isPaused = false
    }

    private let state = Mutex(State())
    let waker = Waker()

    var head: HTTPResponseHead? { state.withLock { $0.head } }

    /// Everything unread, and whether the exchange was paused; nil when there is nothing.
    func take() -> ([UInt8], wasPaused: Bool)? {
        state.withLock { state in
            guard !state.unread.isEmpty else { return nil }
            // Exchanged, not emptied: the bytes go to the task without being copied.
            var bytes: [UInt8] = []
            swap(&bytes, &state.unread)
            defer { state.isPaused = false }
            return (bytes, state.isPaused)
        }
    }

    func receive(_ head: HTTPResponseHead) -> HTTPReception {
        state.withLock { $0.head = head }
        waker.wake(.data)
        return .taken
    }

    func receive(_ bytes: RawSpan) -> HTTPReception {
        let reception = state.withLock { state -> HTTPReception in
            if !state.unread.isEmpty, state.unread.count + bytes.byteCount > Self.maximumUnreadBytes {
                state.isPaused = true
                return .pause
            }
            bytes.withUnsafeBytes { state.unread.append(contentsOf: $0) }
            return .taken
        }
        if reception == .taken { waker.wake(.data) }
        return reception
    }
}
