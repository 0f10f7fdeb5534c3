import HTTPClient
import JSON
import Scheduling

/// Speaks to an installation through its web server, as a browser would.
struct DoctorClient: Sendable {
    /// A response that came whole.
    struct Answer {
        var head: HTTPResponseStream
        var body: [UInt8]

        var status: Int { head.status }
        /// The body as JSON; nil when it is something else.
        var json: JSONValue? { try? JSONValue(parsing: body) }
        /// The media type in small letters, without parameters; empty when there is none.
        var mediaType: String { DoctorClient.mediaType(of: head) }
    }

    /// Without a slash at its end.
    let base: String
    /// Of the host: small letters, with the port, as the URL has it.
    let authority: String
    /// What stands behind the host: empty, or the path of a CGI script.
    let path: String
    var token: String?
    private let client: HTTPClient
    private let certificates: String?

    static let limitMS = 10_000
    /// For a whole streamed reply. A model may be loaded first.
    private static let streamLimitMS = 180_000
    private static let maximumAnswerBytes = 4 << 20

    /// Nil when `url` is no http or https address that paths can be put behind.
    /// - Parameter certificates: a file of those that are trusted instead of the system's.
    init?(url: String, token: String? = nil, certificates: String? = nil) {
        guard let scheme = ["http://", "https://"].first(where: url.hasPrefix) else { return nil }
        let authority = url.dropFirst(scheme.utf8.count).prefix { $0 != "/" }
        guard !authority.isEmpty, url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3F && $0 != 0x23 }),
            !authority.contains("@")
        else { return nil }
        var base = url[...]
        while base.last == "/" { base = base.dropLast() }
        self.base = String(base)
        self.authority = authority.lowercased()
        path = String(base.dropFirst(scheme.utf8.count + authority.utf8.count))
        self.token = token
        self.certificates = certificates
        var options = HTTPClient.Options()
        options.certificateAuthorityFile = certificates
        client = HTTPClient(options: options)
        isLoopback = DoctorAddress.isLoopback(Self.host(of: self.authority))
    }

    /// The same elsewhere; nil as `init`.
    func moved(to url: String) -> DoctorClient? { DoctorClient(url: url, token: token, certificates: certificates) }

    /// Without the port.
    var host: String { Self.host(of: authority) }

    private static func host(of authority: String) -> String {
        if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }) }
        return String(authority.prefix { $0 != ":" })
    }

    /// Where `make run` serves.
    static let usualURL = "http://127.0.0.1:8080"

    static func badURL(_ url: String) -> CommandFailure {
        CommandFailure(.usage, "--url \(url) must be http:// or https:// with a host, and no user, query or fragment")
    }

    /// As a browser names it for pages from there (RFC 6454).
    var origin: String { String(base.dropLast(path.utf8.count)) }

    var isEncrypted: Bool { base.hasPrefix("https://") }

    /// Whether the address is one of this machine only, also by a name.
    let isLoopback: Bool

    /// Sends a request and waits for the whole response.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil, headers: [HTTPHeader] = []
    ) async throws(HTTPClientError) -> Answer {
        try await ask(method, path, bytes: body?.encoded, headers: headers)
    }

    /// The same with any bytes as the body.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, bytes: [UInt8]?, headers: [HTTPHeader] = [],
        limitMS: Int = DoctorClient.limitMS
    ) async throws(HTTPClientError) -> Answer {
        var request = request(method, path, bytes, headers)
        request.totalTimeoutMilliseconds = limitMS
        request.maximumResponseBytes = Self.maximumAnswerBytes
        let stream = try await client.stream(request)
        var bytes: [UInt8] = []
        while let more = try await stream.next() { bytes += more }
        return Answer(head: stream, body: bytes)
    }

    /// Sends a request whose response is read as it comes.
    /// - Parameters:
    ///   - silenceMS: how long nothing may come, from the start to the first byte and later.
    ///   - isBounded: whether the whole of it has a time limit.
    func open(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil, headers: [HTTPHeader] = [],
        silenceMS: Int? = nil, isBounded: Bool = true
    ) async throws(HTTPClientError) -> HTTPResponseStream {
        let accepts = headers.contains { $0.name == "Accept" }
        var request = request(
            method, path, body?.encoded, (accepts ? [] : [HTTPHeader("Accept", "text/event-stream")]) + headers)
        if isBounded { request.totalTimeoutMilliseconds = Self.streamLimitMS }
        request.firstByteTimeoutMilliseconds = silenceMS
        request.silenceTimeoutMilliseconds = silenceMS
        return try await client.stream(request)
    }

    static func mediaType(of head: HTTPResponseStream) -> String {
        let value = head.header("Content-Type") ?? ""
        return value.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    }

    private func request(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8]?, _ headers: [HTTPHeader]
    ) -> HTTPRequest {
        var headers = headers
        if body != nil { headers.append(HTTPHeader("Content-Type", "application/json")) }
        if let token { headers.append(HTTPHeader("Authorization", "Bearer \(token)")) }
        return HTTPRequest(method: method, url: base + path, headers: headers, body: body ?? [])
    }
}
