import FCGIApp

/// The cookie that carries a guest's token.
///
/// Over TLS it is a `__Host-` cookie, which neither another host of the domain nor a page without TLS can set
/// (RFC 6265bis, section 4.1.3.2). Without TLS browsers take no such cookie. The plain name counts over TLS too while there is
/// no other cookie: it is from before, or from before the site had TLS, and is replaced.
enum GuestCookie {
    static let plainName = "chat_fcgi_guest"
    static let secureName = "__Host-chat_fcgi_guest"

    /// The name of the cookie that a client is given.
    static func name(for request: Request) -> String { request.scheme == "https" ? secureName : plainName }

    /// The cookie of a request; nil when it has none.
    /// - Throws: `Problem` 400 when there are two of one name: one of them is somebody else's work, and no telling which.
    static func read(from request: Request) throws(Problem) -> (name: String, value: String)? {
        let cookies = request.headers("Cookie").flatMap { header in
            header.split(atByte: ";").map { pair in pair.drop { $0 == " " || $0 == "\t" } }
        }
        for name in [secureName, plainName] {
            let values = cookies.filter { $0.hasPrefix(name + "=") }.map { $0.dropFirst(name.utf8.count + 1) }
            guard values.count < 2 else {
                throw Problem(
                    status: 400, code: "duplicate_cookie",
                    detail:
                        "The request has two cookies named \(name), and one was set by another site or port of this host. "
                        + "Delete this site's cookies in the browser, then load the page again.")
            }
            // Optional whitespace before the next cookie's semicolon.
            if let value = values.first { return (name, String(value.prefix { $0 != " " && $0 != "\t" })) }
        }
        return nil
    }

    /// Header fields that give the client its cookie, and take one of another name back.
    static func fields(setting issued: GuestTokens.Issued, for request: Request) -> [(name: String, value: String)] {
        let name = name(for: request)
        let seconds = (issued.claims.renewableUntil.milliseconds - issued.claims.issuedAt.milliseconds) / 1000
        var fields = [field(name, issued.token, seconds: seconds)]
        if name != plainName { fields.append(field(plainName, "", seconds: 0)) }
        return fields
    }

    /// Header fields that take the cookie back.
    static func fieldsRemoving(for request: Request) -> [(name: String, value: String)] {
        Set([name(for: request), plainName]).sorted().map { field($0, "", seconds: 0) }
    }

    private static func field(_ name: String, _ value: String, seconds: Int64) -> (name: String, value: String) {
        let secure = name == secureName ? "; Secure" : ""
        return ("Set-Cookie", "\(name)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax\(secure)")
    }
}
