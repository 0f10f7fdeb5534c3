import Scheduling
import Synchronization

/// One exchange, as the task that waits for it and the client's thread both see it.
///
/// The thread puts the response in, the task takes it out; neither waits for the other.
final class Transfer: Sendable {
    /// What the thread is to do about bytes it has received.
    enum Reception {
        case taken
        /// Too much is unread: stop receiving until the task has read.
        case pause
        /// Over the limit, or nobody wants them any more: end the exchange.
        case abort
    }

    private struct State {
        var head: ResponseHead?
        /// Received and not yet read. It is handed over whole, so what piles up costs one wake-up.
        var unread: [UInt8] = []
        var receivedBytes = 0
        var isPaused = false
        var isCancelled = false
        var outcome: Result<Void, HTTPClientError>?
    }

    /// How many bytes may lie unread before the connection is no longer read.
    static let maximumUnreadBytes = 64 * 1024

    private let maximumResponseBytes: Int
    private let mailbox: Mailbox
    private let waker = Waker()
    private let state = Mutex(State())

    init(maximumResponseBytes: Int, mailbox: Mailbox) {
        self.maximumResponseBytes = maximumResponseBytes
        self.mailbox = mailbox
    }

    // MARK: - The task's side

    /// Waits for the response's head.
    func waitForHead() async throws(HTTPClientError) -> ResponseHead {
        while true {
            let (head, outcome, isCancelled) = state.withLock { ($0.head, $0.outcome, $0.isCancelled) }
            // A short response may have failed already; its head and what came of its body are given out first.
            if let head, !isCancelled { return head }
            switch outcome {
            case .failure(let error): throw error
            case .success: throw HTTPClientError(kind: .protocol, detail: "the response has no head")
            case nil: break
            }
            _ = await waker.wait()
        }
    }

    /// Waits for bytes and takes all there are; nil at the end of the response.
    func waitForBytes() async throws(HTTPClientError) -> [UInt8]? {
        while true {
            if let taken = take() { return try taken.get() }
            _ = await waker.wait()
        }
    }

    private func take() -> Result<[UInt8]?, HTTPClientError>? {
        let (result, wasPaused) = state.withLock { state -> (Result<[UInt8]?, HTTPClientError>?, Bool) in
            if !state.unread.isEmpty {
                // Exchanged, not emptied: the bytes go to the task without being copied.
                var bytes: [UInt8] = []
                swap(&bytes, &state.unread)
                defer { state.isPaused = false }
                return (.success(bytes), state.isPaused)
            }
            return (state.outcome.map { $0.map { nil } }, false)
        }
        if wasPaused { mailbox.post(.resume(self)) }
        return result
    }

    /// Ends the exchange and wakes whoever waits for it. After its end this does nothing.
    func cancel() {
        let mustEnd = state.withLock { state in
            guard state.outcome == nil else { return false }
            state.outcome = .failure(.cancelled)
            state.isCancelled = true
            state.unread = []
            return true
        }
        guard mustEnd else { return }
        mailbox.post(.cancel(self))
        waker.wake(.cancellation)
    }

    // MARK: - The thread's side

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func receive(_ head: ResponseHead) {
        state.withLock { $0.head = head }
        waker.wake(.data)
    }

    func receive(_ bytes: RawSpan) -> Reception {
        let reception = state.withLock { state -> Reception in
            guard state.outcome == nil else { return .abort }
            if !state.unread.isEmpty, state.unread.count + bytes.byteCount > Self.maximumUnreadBytes {
                state.isPaused = true
                return .pause
            }
            state.receivedBytes += bytes.byteCount
            guard state.receivedBytes <= maximumResponseBytes else {
                state.outcome = .failure(
                    HTTPClientError(
                        kind: .tooLarge, detail: "the response is larger than \(maximumResponseBytes) bytes"))
                return .abort
            }
            bytes.withUnsafeBytes { state.unread.append(contentsOf: $0) }
            return .taken
        }
        if reception != .pause { waker.wake(.data) }
        return reception
    }

    /// The first outcome counts: after a cancellation or our own refusal, libcurl's error is only the echo of it.
    func finish(_ outcome: Result<Void, HTTPClientError>) {
        state.withLock { state in
            if state.outcome == nil { state.outcome = outcome }
        }
        waker.wake(.data)
    }
}
