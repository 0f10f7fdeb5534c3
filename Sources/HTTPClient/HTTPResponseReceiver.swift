public import Scheduling

/// Takes a response piece by piece, on the client's own thread.
///
/// This is how a stream of tokens costs least: no task is woken for a piece. Calls come one at a time and in order, and
/// must return at once, because every exchange of the client waits meanwhile.
public protocol HTTPResponseReceiver: AnyObject, Sendable {
    /// The response's head has come. It is called once, before any bytes.
    func receive(_ head: HTTPResponseHead) -> HTTPReception

    /// More of the body. The bytes are valid during the call.
    func receive(_ bytes: RawSpan) -> HTTPReception

    /// Whether the receiver has waited long enough: an error ends the exchange with it. Asked about every 250 ms, as long
    /// as the exchange is neither paused nor finished; for limits that the request cannot express.
    func patience(at now: MonotonicTime) -> HTTPClientError?
}

extension HTTPResponseReceiver {
    public func patience(at now: MonotonicTime) -> HTTPClientError? { nil }
}

/// What a receiver says of what it was given.
public enum HTTPReception: Sendable {
    case taken
    /// Not taken: the connection is not read until the exchange is resumed, then the same bytes come again.
    case pause
    /// Taken, and nothing more is needed: the exchange has ended well, whatever still happens to it. It gets half a second
    /// to end by itself, so that its connection can be used again; then the connection is closed.
    case enough
    /// The rest is not wanted: ends the exchange, which then fails with `.cancelled`.
    case abort
}

/// A response's status and headers.
public struct HTTPResponseHead: Equatable, Sendable {
    public var status: Int
    /// In the order received; names as the server spells them.
    public var headers: [HTTPHeader]
    /// Whether it came by HTTP/2 or later, where each body's end is told.
    public var isMultiplexed = false

    public init(status: Int, headers: [HTTPHeader] = []) {
        self.status = status
        self.headers = headers
    }

    /// The value of the first header of this name, whatever its case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name.utf8.count == name.utf8.count && $0.name.lowercased() == name.lowercased() }?.value
    }
}
