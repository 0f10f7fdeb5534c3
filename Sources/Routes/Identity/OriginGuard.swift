import FCGIApp
import Substrings

/// Refuses what a page of another origin makes a browser send in its user's name (cross-site request forgery).
///
/// A browser adds by itself what makes its user known: the guest cookie, a password that the web server asks for, the address in
/// a trusted network. So everything that may change something must come from a page of this server, which browsers tell in
/// `Sec-Fetch-Site` (w3.org/TR/fetch-metadata) and `Origin` (RFC 6454); no page can write these. A bearer token is never added
/// by a browser, and a page that sends one to another origin is asked about first (CORS), so with it all origins are fine.
///
/// What sends neither header is no browser of today, and passes: programs, which nobody's page makes do anything. A page of a
/// browser that knows neither can still only send forms, whose bodies are no JSON, and those are refused as all such bodies are.
struct OriginGuard: Sendable {
    /// Further origins whose pages may do what this server's own may, normalised.
    private let allowedOrigins: Set<String>

    /// - Parameter allowedOrigins: as browsers send them; what is none is passed over.
    init(allowedOrigins: [String]) { self.allowedOrigins = Set(allowedOrigins.compactMap(Self.normalized)) }

    /// Looks at a request before its route does.
    /// - Throws: `Problem`: 415 for a body that is not declared as JSON; 403 for a page of another origin.
    func check(_ request: Request) throws(Problem) {
        // Neither of them changes anything (RFC 9110, section 9.2.1).
        guard !["GET", "HEAD", "OPTIONS"].contains(request.method) else { return }
        // A page can send a form's types and bodies without a type anywhere without being asked about it first.
        if request.hasBody, request.mediaType != "application/json" {
            throw Problem(
                status: 415, code: "unsupported_media_type",
                detail: "Send the body as JSON, with the header Content-Type: application/json; this came "
                    + (request.mediaType == nil ? "without a media type." : "as another media type."))
        }
        guard request.credentials == nil else { return }
        let origins = request.headers("Origin").map(Self.normalized)
        if !origins.isEmpty, origins.allSatisfy({ $0.map(allowedOrigins.contains) ?? false }) { return }
        let sites = request.headers("Sec-Fetch-Site").map { $0.lowercased() }
        let own = Self.ownOrigins(of: request, isSameOrigin: sites == ["same-origin"])
        guard sites.allSatisfy({ $0 == "same-origin" || $0 == "none" }),
            origins.allSatisfy({ $0.map(own.contains) ?? false })
        else {
            throw Problem(
                status: 403, code: "cross_origin",
                detail:
                    "A page of another origin sent this, and nothing was changed. If that page may do so, it has to send a "
                    + "bearer token, or the operator has to name its origin in auth.allowed_origins. If it is this server's own "
                    + "page, a proxy on the way has to pass on the Host header and X-Forwarded-Proto.")
        }
    }

    /// The origins that this server's own pages have: one for each name under which a proxy may have passed the request on.
    /// - Parameter isSameOrigin: the browser says that the request is its page's own server's; then a proxy that ends TLS and does
    ///   not tell so is not in the way.
    private static func ownOrigins(of request: Request, isSameOrigin: Bool) -> Set<String> {
        var schemes = [request.scheme]
        if isSameOrigin { schemes.append("https") }
        let hosts = request.headers("X-Forwarded-Host").compactMap { Self.firstElement($0) } + [request.authority]
        return Set(schemes.flatMap { scheme in hosts.compactMap { normalized("\(scheme)://\($0)") } })
    }

    /// An origin in lower case without a default port; nil for what is none, as `null` is.
    static func normalized(_ text: String) -> String? {
        var text = text.lowercased()
        guard let separator = text.firstRange(of: "://"), separator.lowerBound > text.startIndex else { return nil }
        let authority = text[separator.upperBound...]
        guard !authority.isEmpty, !authority.contains(where: { "/?#@, ".contains($0) }) else { return nil }
        for (scheme, port) in [("http:", ":80"), ("https:", ":443")]
        where text.hasPrefix(scheme) && text.hasSuffix(port) {
            text.removeLast(port.utf8.count)
        }
        return text
    }

    fileprivate static func firstElement(_ list: String) -> String? {
        list.split(atByte: ",").first.map { String($0.filter { $0 != " " }) }
    }
}

extension Request {
    /// Whether a body was sent, or announced.
    fileprivate var hasBody: Bool { bodyState != .complete || !body.isEmpty }

    /// What stands behind `Bearer` in `Authorization` (RFC 6750, section 2.1), empty when nothing does; nil for any other scheme,
    /// which is the web server's business, such as a password for the whole site.
    var bearerCredentials: String? {
        guard let header = header("Authorization"), header.lowercased().hasPrefix("bearer") else { return nil }
        let parts = header.split(atByte: " ", maxSplits: 1)
        return parts.count == 2 && parts[0].utf8.count == 6 ? String(parts[1]) : ""
    }

    /// What a client sends by itself to be known: what stands behind `Bearer`, else `X-API-Key`, else `Api-Key`, as the libraries of the
    /// model providers write a key. No browser adds one of these by itself, and a page of another origin is asked about it first.
    var credentials: String? { bearerCredentials ?? header("X-API-Key") ?? header("Api-Key") }

    /// `https` when the client came by TLS, to the web server or to a proxy before it that says so, else `http`.
    var scheme: String {
        // A page cannot write this header, and a program that does deceives only itself.
        if let forwarded = header("X-Forwarded-Proto").flatMap(OriginGuard.firstElement)?.lowercased(),
            ["http", "https"].contains(forwarded)
        {
            return forwarded
        }
        return variable("HTTPS").map { $0.lowercased() != "off" } ?? false || variable("REQUEST_SCHEME") == "https"
            ? "https" : "http"
    }

    /// Host and port by which the client knows the server.
    fileprivate var authority: String {
        if let host = header("Host") { return host }
        // HTTP/1.0, and some web servers' HTTP/3.
        let name = variable("SERVER_NAME") ?? ""
        let host = name.contains(":") && !name.hasPrefix("[") ? "[\(name)]" : name
        return variable("SERVER_PORT").map { "\(host):\($0)" } ?? host
    }
}
