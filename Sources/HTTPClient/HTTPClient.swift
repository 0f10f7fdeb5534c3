import CCurl
import Scheduling

/// Sends HTTP requests and streams their responses: thousands at once on one thread, over libcurl.
///
/// Connections are kept and used again.
public final class HTTPClient: Sendable {
    public struct Options: Sendable {
        /// A proxy for every request, as CURLOPT_PROXY has it (curl.se/libcurl/c/CURLOPT_PROXY.html). Nil uses none:
        /// `http_proxy` and its like in the environment are ignored, because a web server may fill them from a
        /// client's header.
        public var proxy: String?
        /// Certificates to trust, in PEM; nil takes the system's.
        public var certificateAuthorityFile: String?
        public var userAgent = "chat-fcgi"
        /// Idle connections kept for further requests.
        public var idleConnections = 64
        /// Of each exchange's buffer, 1,024 to 65,536. Tokens are small: a larger one costs memory and gains
        /// nothing (measured: 2,048 to 16,384 take the same time a token).
        public var receiveBufferBytes = 2048

        public init() {}
    }

    private let mailbox: Mailbox
    /// Runs tasks where responses come in.
    public let executor: HTTPClientExecutor

    /// Starts the client's thread. With the client every exchange under way ends, and the thread as soon as no task runs on it.
    public init(options: Options = Options()) {
        precondition(libraryIsReady, "libcurl cannot be initialized")
        let mailbox = Mailbox()
        self.mailbox = mailbox
        executor = HTTPClientExecutor(mailbox: mailbox)
        Thread.start(name: "http-client") { TransferLoop(mailbox: mailbox, options: options).run() }
    }

    deinit { mailbox.post(.stop) }

    /// Sends `request` and gives the response to `receiver`; returns at the response's end.
    ///
    /// Any status is a response. Cancelling the task ends the exchange.
    /// - Throws: `HTTPClientError`; `.cancelled` when the task is cancelled, the receiver wants no more, or the client
    ///   is let go of.
    public func perform(
        _ request: consuming HTTPRequest, receiver: some HTTPResponseReceiver
    ) async throws(HTTPClientError) {
        try await start(request, receiver: receiver, waker: Waker()).end().get()
    }

    /// Sends `request` and waits for the response's head; the body is read from the stream as it comes.
    ///
    /// Any status is a response. Cancelling the task ends the exchange, and so does letting go of the stream.
    /// - Throws: `HTTPClientError`; `.cancelled` when the task is cancelled or the client let go of.
    public func stream(_ request: HTTPRequest) async throws(HTTPClientError) -> HTTPResponseStream {
        let queue = ResponseQueue()
        let transfer = try start(request, receiver: queue, waker: queue.waker)
        let head = try await transfer.cancellingWithTask { () throws(HTTPClientError) in
            while true {
                let outcome = transfer.outcome
                // A short response may have failed already; its head and what came of its body are given out first.
                if let head = queue.head, !transfer.isCancelled { return head }
                switch outcome {
                case .failure(let error): throw error
                case .success: throw HTTPClientError(kind: .protocol, detail: "the response has no head")
                case nil: _ = await transfer.waker.wait()
                }
            }
        }
        return HTTPResponseStream(head: head, transfer: transfer, queue: queue)
    }

    /// Takes the request over, and is not async: its body is not kept by what waits for as long as the response takes.
    private func start(
        _ request: consuming HTTPRequest, receiver: any HTTPResponseReceiver, waker: Waker
    ) throws(HTTPClientError) -> Transfer {
        try request.check()
        if Task.isCancelled { throw .cancelled }
        let transfer = Transfer(receiver: receiver, mailbox: mailbox, waker: waker)
        mailbox.post(.start(transfer, request))
        return transfer
    }
}

/// curl_global_init must come before anything else and once only.
private let libraryIsReady = ccurl_global_init() == CURLE_OK
