/// A response whose head has come and whose body is coming.
///
/// At most 64 KiB of it lie unread; beyond that the connection is not read until the task has caught up. Letting go of
/// the stream before its end closes the connection (HTTP/2: resets the stream), so the server stops working.
public final class HTTPResponseStream: Sendable {
    public let status: Int
    /// In the order received; names as the server spells them.
    public let headers: [HTTPHeader]
    private let transfer: Transfer

    init(head: ResponseHead, transfer: Transfer) {
        status = head.status
        headers = head.headers
        self.transfer = transfer
    }

    deinit { transfer.cancel() }

    /// The value of the first header of this name, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.utf8.count == name.utf8.count && $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Waits for more of the body and takes everything that is there, at least one byte; nil at its end.
    ///
    /// One task at a time.
    /// - Throws: `HTTPClientError`: `.reset` or `.timeout` when the body does not reach its end, `.tooLarge`, `.cancelled`
    ///   when the task is cancelled. What came before the error has been given out first, except after cancellation.
    public func next() async throws(HTTPClientError) -> [UInt8]? {
        try await transfer.cancellingWithTask { () throws(HTTPClientError) in try await transfer.waitForBytes() }
    }

    /// Ends the exchange. A task that waits for `next` gets `.cancelled`. After the end this does nothing.
    public func cancel() { transfer.cancel() }
}

extension Transfer {
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
}
