import Substrings

/// A header line.
public struct HTTPHeader: Equatable, Sendable {
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What to ask of a server. Redirects are never followed: a redirected POST would carry its key to another host.
public struct HTTPRequest: Sendable {
    /// All but POST go without a body.
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    public var method: Method
    /// Absolute, `http` or `https`.
    public var url: String
    /// Names are tokens, values have no control characters but the tab; anything else is refused as `.invalidRequest`.
    public var headers: [HTTPHeader]
    /// Sent with `.post` only.
    public var body: [UInt8] {
        get { Array(segments.joined()) }
        set { segments = [newValue[...]] }
    }
    /// The body in pieces, which are sent one after the other from where they are, without being put together.
    public var segments: [ArraySlice<UInt8>]
    /// For name lookup, connecting and the TLS handshake together, 1 ms and up.
    public var connectTimeoutMilliseconds = 5_000
    /// For everything up to the response's last byte; nil waits without end.
    public var totalTimeoutMilliseconds: Int?
    /// From the start to the first byte of the response's body; nil waits without end. Looked after every 250 ms.
    public var firstByteTimeoutMilliseconds: Int?
    /// How long the server may then send nothing; nil waits without end. Looked after every 250 ms. While the receiver
    /// has paused the exchange it does not count.
    public var silenceTimeoutMilliseconds: Int?
    /// Offers HTTP/2 over TLS, where many exchanges share a connection.
    ///
    /// Off, because libcurl 7.88.1 (Debian 12) does not do it well: with 50 exchanges on one connection some stood
    /// still for seconds though their bytes had come (until one of libcurl's timers woke them), and a token took two to
    /// four times the CPU, since every event of the connection runs every exchange on it.
    public var usesHTTP2 = false
    /// Whether the server may have a link-local address, or that of a cloud's metadata service, which gives its machine's
    /// keys to anyone who asks. A kept connection is used again without asking: where one request to a host may, all may.
    public var allowsLinkLocal = false
    /// Of the response's body.
    public var maximumResponseBytes = 16 * 1024 * 1024

    public init(method: Method = .get, url: String, headers: [HTTPHeader] = [], body: [UInt8] = []) {
        self.method = method
        self.url = url
        self.headers = headers
        segments = [body[...]]
    }

    /// - Throws: `HTTPClientError` of kind `invalidRequest`, which does not quote values.
    func check() throws(HTTPClientError) {
        func refuse(_ detail: String) throws(HTTPClientError) {
            throw HTTPClientError(kind: .invalidRequest, detail: detail)
        }
        let scheme = url.prefix { $0 != ":" }.lowercased()
        if scheme != "http", scheme != "https" { try refuse("the URL is not http or https") }
        if url.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
            try refuse("the URL has a space or a control character")
        }
        for header in headers {
            if !header.name.isToken { try refuse("a header's name is not a token") }
            // A line end would begin another header, or another request (CWE-113,
            // cwe.mitre.org/data/definitions/113.html).
            if header.value.utf8.contains(where: { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F }) {
                try refuse("the value of header \(header.name) has a control character")
            }
        }
        if connectTimeoutMilliseconds < 1 { try refuse("the time limit for connecting is not positive") }
        if let total = totalTimeoutMilliseconds, total < 1 { try refuse("the time limit is not positive") }
        for limit in [firstByteTimeoutMilliseconds, silenceTimeoutMilliseconds] {
            if let limit, limit < 1 { try refuse("a limit on silence is not positive") }
        }
        if maximumResponseBytes < 0 { try refuse("the limit on the response is negative") }
    }
}
