import Scheduling
import Synchronization

/// One exchange, as the task that asked for it and the client's thread both see it.
final class Transfer: Sendable {
    private struct State {
        var isCancelled = false
        var outcome: Result<Void, HTTPClientError>?
    }

    /// Woken when the exchange ends.
    let waker: Waker
    private let receiver: any HTTPResponseReceiver
    private let mailbox: Mailbox
    private let state = Mutex(State())

    init(receiver: any HTTPResponseReceiver, mailbox: Mailbox, waker: Waker) {
        self.receiver = receiver
        self.mailbox = mailbox
        self.waker = waker
    }

    // MARK: - The task's side

    /// How the exchange ended; nil while it goes on.
    var outcome: Result<Void, HTTPClientError>? { state.withLock { $0.outcome } }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Waits for the end; a task that is cancelled meanwhile, or was before, ends it.
    func end() async -> Result<Void, HTTPClientError> {
        await withTaskCancellationHandler {
            while true {
                if let outcome { return outcome }
                _ = await waker.wait()
            }
        } onCancel: {
            cancel()
        }
    }

    /// Receives again after a pause.
    func resume() { mailbox.post(.resume(self)) }

    /// Ends the exchange and wakes anyone who waits for it. After its end this does nothing.
    func cancel() {
        let mustEnd = state.withLock { state in
            guard state.outcome == nil else { return false }
            state.outcome = .failure(.cancelled)
            state.isCancelled = true
            return true
        }
        guard mustEnd else { return }
        mailbox.post(.cancel(self))
        waker.wake(.cancellation)
    }

    /// Runs `body`; when the task is cancelled meanwhile, or was before, the exchange ends.
    func cancellingWithTask<Value: Sendable>(
        _ body: () async throws(HTTPClientError) -> Value
    ) async throws(HTTPClientError) -> Value {
        // withTaskCancellationHandler would lose the error's type; a result carries it through.
        let result: Result<Value, HTTPClientError> = await withTaskCancellationHandler {
            do throws(HTTPClientError) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        } onCancel: {
            cancel()
        }
        return try result.get()
    }

    // MARK: - The thread's side

    func receive(_ head: HTTPResponseHead) -> HTTPReception {
        guard outcome == nil else { return .abort }
        return receiver.receive(head)
    }

    func receive(_ bytes: RawSpan) -> HTTPReception {
        guard outcome == nil else { return .abort }
        return receiver.receive(bytes)
    }

    func patience(at now: MonotonicTime) -> HTTPClientError? { receiver.patience(at: now) }

    /// The first outcome counts: after a cancellation or our own refusal, libcurl's error is only the echo of it.
    func finish(_ outcome: Result<Void, HTTPClientError>) {
        state.withLock { state in
            if state.outcome == nil { state.outcome = outcome }
        }
        waker.wake(.data)
    }
}
