/// Why a request got no response, or a response no end.
///
/// An HTTP status is never an error here: a 500 that arrives whole is a response.
public struct HTTPClientError: Error, Equatable, Sendable {
    public enum Kind: Sendable {
        /// The request itself cannot be sent: its URL, a header or a limit.
        case invalidRequest
        case resolve
        case connect
        /// The server's address is link-local or a metadata service's, and the request does not allow that.
        case refusedAddress
        /// This process has no descriptor left for a connection: nobody was asked.
        case noDescriptor
        case tls
        /// Connecting, or the whole exchange, took longer than the request allows.
        case timeout
        /// The connection broke, or ended before the response did.
        case reset
        /// The response, or its header block, is over the request's limit.
        case tooLarge
        /// The calling task was cancelled, the stream was cancelled, or the client was closed.
        case cancelled
        /// The peer does not speak HTTP, or libcurl failed in another way.
        case `protocol`
    }

    public var kind: Kind
    /// A sentence for the log. It has no part of the request's headers or body.
    public var detail: String
    /// libcurl's CURLcode (curl.se/libcurl/c/libcurl-errors.html); 0 when the error is ours.
    public var code: Int

    public init(kind: Kind, detail: String, code: Int = 0) {
        self.kind = kind
        self.detail = detail
        self.code = code
    }

    static let cancelled = HTTPClientError(kind: .cancelled, detail: "the request was cancelled")
}

extension HTTPClientError: CustomStringConvertible {
    public var description: String { code == 0 ? detail : "\(detail) (libcurl \(code))" }
}
