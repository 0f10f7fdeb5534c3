import FCGIApp
import Testing

@testable import Routes

@Suite struct OriginGuardTests {
    private let originGuard = OriginGuard(allowedOrigins: [
        "https://app.example.org", "HTTPS://Other.example:443", "tauri://localhost", "null", "*", "nonsense",
    ])

    /// The code of the refusal; nil where there is none.
    private func refusal(
        method: String = "POST", body: String = "", state: Request.BodyState = .complete,
        _ variables: [String: String]
    ) -> String? {
        refusal(method: method, body: body, state: state, variables.map { ($0.key, $0.value) })
    }

    private func refusal(
        method: String = "POST", body: String = "", state: Request.BodyState = .complete,
        _ variables: [(String, String)]
    ) -> String? {
        let request = Request(
            variables: [("REQUEST_METHOD", method)] + variables.map { ($0.0, $0.1) }, body: Array(body.utf8),
            bodyState: state)
        do throws(Problem) {
            try originGuard.check(request)
            return nil
        } catch {
            return "\(error.status) \(error.code)"
        }
    }

    private static let crossOrigin = "403 cross_origin"

    @Test(
        arguments: [
            // Host, other variables, Origin.
            ("127.0.0.1:8080", [:], "http://127.0.0.1:8080"),
            ("localhost", [:], "http://localhost"), ("localhost:80", [:], "http://localhost"),
            ("localhost", [:], "http://localhost:80"), ("LOCALHOST:8080", [:], "HTTP://localhost:8080"),
            ("[::1]:8080", [:], "http://[::1]:8080"), ("[::1]", [:], "http://[::1]"),
            ("[2001:DB8::80]", [:], "http://[2001:db8::80]"),
            ("chat.example.org", ["HTTPS": "on"], "https://chat.example.org"),
            ("chat.example.org:443", ["HTTPS": "on"], "https://chat.example.org"),
            ("chat.example.org:8443", ["HTTPS": "on", "SERVER_PORT": "443"], "https://chat.example.org:8443"),
            ("chat.example.org", ["HTTPS": "on", "SERVER_PORT": "8443"], "https://chat.example.org"),
            ("chat.example.org", ["REQUEST_SCHEME": "https"], "https://chat.example.org"),
            ("chat.example.org", ["HTTPS": "off"], "http://chat.example.org"),
            ("chat.example.org", ["HTTP_X_FORWARDED_PROTO": "https"], "https://chat.example.org"),
            ("chat.example.org", ["HTTP_X_FORWARDED_PROTO": "HTTPS, http"], "https://chat.example.org"),
            (
                "127.0.0.1:9000",
                ["HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "chat.example.org, inner"],
                "https://chat.example.org"
            ),
            // A proxy that ends TLS and does not say so: the browser does.
            ("chat.example.org", ["HTTP_SEC_FETCH_SITE": "same-origin"], "https://chat.example.org"),
        ] as [(String, [String: String], String)])
    func `a page of this server's own may write`(_ host: String, _ variables: [String: String], _ origin: String) {
        let more = variables.merging(["HTTP_HOST": host, "HTTP_ORIGIN": origin]) { first, _ in first }
        #expect(refusal(more) == nil)
        #expect(refusal(method: "DELETE", more) == nil)
        let told = more.merging(["HTTP_SEC_FETCH_SITE": "same-origin"]) { first, _ in first }
        #expect(refusal(told) == nil)
    }

    @Test func `without a Host header the server's name and port are its origin`() {
        let names = ["SERVER_NAME": "chat.example.org", "SERVER_PORT": "8080"]
        #expect(refusal(names.merging(["HTTP_ORIGIN": "http://chat.example.org:8080"]) { $1 }) == nil)
        #expect(refusal(names.merging(["HTTP_ORIGIN": "http://chat.example.org"]) { $1 }) == Self.crossOrigin)
        let six = ["SERVER_NAME": "::1", "SERVER_PORT": "80", "HTTP_ORIGIN": "http://[::1]"]
        #expect(refusal(six) == nil)
    }

    @Test(
        arguments: [
            "https://evil.example", "null", "http://chat.example.org", "https://chat.example.org:8443",
            "https://chat.example.org.evil.example", "https://x.chat.example.org", "https://example.org",
            "https://chat.example.org@evil.example", "https://chat.example.org/", "chat.example.org", "https://", "://",
            "",
            "https://chat.example.org, https://evil.example", "file://", "https://chat.example.org.", "*",
        ])
    func `a page of another origin may not write`(_ origin: String) {
        let own = ["HTTP_HOST": "chat.example.org", "HTTPS": "on"]
        // An empty header is none, so there the browser's other word counts.
        let more = own.merging(["HTTP_ORIGIN": origin, "HTTP_SEC_FETCH_SITE": "cross-site"]) { $1 }
        for method in ["POST", "PUT", "PATCH", "DELETE", "BREW"] {
            #expect(refusal(method: method, more) == Self.crossOrigin)
        }
        for method in ["GET", "HEAD", "OPTIONS"] { #expect(refusal(method: method, more) == nil) }
        guard !origin.isEmpty else { return }
        for site in [nil, "same-origin", "none"] {
            var more = own
            more["HTTP_ORIGIN"] = origin
            more["HTTP_SEC_FETCH_SITE"] = site
            #expect(refusal(more) == Self.crossOrigin, "\(origin) \(site ?? "")")
        }
    }

    @Test func `another site or another port of the host is told by the browser, with or without an origin`() {
        for site in ["same-site", "cross-site", "Cross-Site", "anything"] {
            #expect(refusal(["HTTP_SEC_FETCH_SITE": site]) == Self.crossOrigin)
            #expect(
                refusal(["HTTP_SEC_FETCH_SITE": site, "HTTP_HOST": "localhost", "HTTP_ORIGIN": "http://localhost"])
                    == Self.crossOrigin)
        }
        for site in ["same-origin", "none"] { #expect(refusal(["HTTP_SEC_FETCH_SITE": site]) == nil) }
        let port = ["HTTP_HOST": "localhost:8080", "HTTP_ORIGIN": "http://localhost:9999"]
        #expect(refusal(port) == Self.crossOrigin)
        #expect(refusal(port.merging(["HTTP_SEC_FETCH_SITE": "same-origin"]) { $1 }) == Self.crossOrigin)
    }

    @Test func `of a header that came twice each value counts`() {
        let host = ("HTTP_HOST", "localhost")
        let own = ("HTTP_ORIGIN", "http://localhost")
        #expect(refusal([host, own, own]) == nil)
        #expect(refusal([host, own, ("HTTP_ORIGIN", "http://evil.example")]) == Self.crossOrigin)
        #expect(
            refusal([host, ("HTTP_SEC_FETCH_SITE", "same-origin"), ("HTTP_SEC_FETCH_SITE", "cross-site")])
                == Self.crossOrigin)
        #expect(
            refusal([host, ("HTTP_ORIGIN", "https://app.example.org"), own, ("HTTP_ORIGIN", "null")])
                == Self.crossOrigin)
    }

    @Test func `a program that sends neither header may write`() {
        #expect(refusal([:]) == nil)
        #expect(refusal(body: "{}", ["CONTENT_TYPE": "application/json"]) == nil)
    }

    @Test(arguments: [
        "https://app.example.org", "https://APP.example.org:443", "https://other.example", "tauri://localhost",
    ])
    func `an origin that the operator allows may write`(_ origin: String) {
        for site in [nil, "cross-site", "same-site"] {
            var variables = ["HTTP_HOST": "chat.example.org", "HTTPS": "on", "HTTP_ORIGIN": origin]
            variables["HTTP_SEC_FETCH_SITE"] = site
            #expect(refusal(variables) == nil)
        }
        #expect(
            refusal(["HTTP_HOST": "chat.example.org", "HTTP_ORIGIN": "http://app.example.org"]) == Self.crossOrigin)
    }

    @Test func `with a bearer token every origin may write, with another scheme none does`() {
        let foreign = [
            "HTTP_HOST": "localhost", "HTTP_ORIGIN": "https://evil.example", "HTTP_SEC_FETCH_SITE": "cross-site",
        ]
        for header in ["Bearer x", "bearer x.y.z", "Bearer"] {
            #expect(refusal(foreign.merging(["HTTP_AUTHORIZATION": header]) { $1 }) == nil)
        }
        for header in ["Basic eDp5", "Digest x", "x Bearer y"] {
            #expect(refusal(foreign.merging(["HTTP_AUTHORIZATION": header]) { $1 }) == Self.crossOrigin)
        }
    }

    @Test(
        arguments: [
            nil, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "application/jsonx",
            "text/plain; application/json", "text/plain, application/json", "application/json, text/plain", "json", ";",
            "text/json",
        ] as [String?])
    func `a body that is not declared as JSON is refused, no matter who sends it`(_ type: String?) {
        var variables = type.map { ["CONTENT_TYPE": $0] } ?? [:]
        #expect(refusal(body: "{}", variables) == "415 unsupported_media_type")
        #expect(refusal(method: "PATCH", body: "{}", variables) == "415 unsupported_media_type")
        #expect(refusal(state: .tooLarge, variables) == "415 unsupported_media_type")
        variables["HTTP_AUTHORIZATION"] = "Bearer x"
        #expect(refusal(body: "{}", variables) == "415 unsupported_media_type")
        // Nothing was sent that could be read as something else.
        #expect(refusal(variables) == nil)
    }

    @Test(arguments: [
        "application/json", "Application/JSON; charset=utf-8", "application/json;charset=UTF-8", " application/json ",
    ])
    func `a body that is declared as JSON is taken`(_ type: String) {
        #expect(refusal(body: "{}", ["CONTENT_TYPE": type]) == nil)
    }
}
