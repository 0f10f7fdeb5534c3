import FCGIApp
import Substrings

/// Lets pages of other origins reach the server from a browser (fetch.spec.whatwg.org/#http-cors-protocol): those whose origins are
/// listed, each exactly as browsers send it. What a page may change is `OriginGuard`'s.
struct CrossOriginAccess: Sendable {
    private let origins: Set<String>

    /// What a page may send. A browser asks for what it wants to send as well, and gets that too: OpenAI's library for JavaScript sends
    /// a dozen headers of its own (`X-Stainless-…`), and its next version may send others.
    private static let headers = [
        "Authorization", "Cache-Control", "Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Request-Id",
    ]
    private static let methods = "GET, POST, PUT, PATCH, DELETE"
    private static let exposed =
        ([
            "X-Request-Id", "X-Chat-Fcgi-Provider", "Retry-After", "X-Should-Retry", "Allow", "Content-Disposition",
            "WWW-Authenticate",
        ] + RateLimiter.Standing.fieldNames)
        .joined(separator: ", ")
    private static let maximumHeaderBytes = 4_096

    /// - Parameter origins: such as "https://app.example.org"; without any, no header is added and no question answered.
    init(origins: [String]) { self.origins = Set(origins.compactMap(OriginGuard.normalized)) }

    /// Header fields of every response to such a request.
    func fields(for request: Request) -> [(name: String, value: String)] {
        guard !origins.isEmpty else { return [] }
        // A cache must not give one origin's answer to another.
        let vary = [("Vary", "Origin")]
        guard let origin = allowedOrigin(of: request) else { return vary }
        return vary + [
            ("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"),
            ("Access-Control-Expose-Headers", Self.exposed),
        ]
    }

    /// The answer to the question that a browser asks before the request itself; nil when this is none, or comes from an origin
    /// that is not listed. Nobody need be known for it: browsers send no token with it.
    func preflight(_ request: Request) -> Response? {
        guard request.method == "OPTIONS", request.header("Access-Control-Request-Method") != nil,
            allowedOrigin(of: request) != nil
        else { return nil }
        return Response(
            status: 204,
            fields: [
                ("Access-Control-Allow-Methods", Self.methods),
                ("Access-Control-Allow-Headers", Self.allowedHeaders(for: request)),
                ("Access-Control-Max-Age", "600"), ("Cache-Control", "no-store"),
            ])
    }

    private func allowedOrigin(of request: Request) -> String? {
        request.header("Origin").flatMap { origins.contains($0) ? $0 : nil }
    }

    private static func allowedHeaders(for request: Request) -> String {
        var names = headers
        let asked = request.header("Access-Control-Request-Headers") ?? ""
        guard asked.utf8.count <= maximumHeaderBytes else { return names.joined(separator: ", ") }
        for name in asked.split(whereSeparator: { $0 == "," || $0 == " " }) where name.isToken {
            if !names.contains(where: { $0.lowercased() == name.lowercased() }) { names.append(String(name)) }
        }
        return names.joined(separator: ", ")
    }
}
