import Chat
import HTTPClient

/// Tries to be somebody whom nobody has checked: in `proxy` mode the web server's word is all that counts, and a web server that passes on
/// what a client wrote lets everybody be anybody.
enum DoctorNames {
    /// In which proxies tell the web server behind them who signed in: Authelia and Caddy, oauth2-proxy, Grafana's and Cloudflare's ways.
    private static let customary = [
        "Remote-User", "X-Remote-User", "X-Forwarded-User", "X-Forwarded-Email", "X-Forwarded-Preferred-Username",
        "X-Auth-Request-User", "X-Auth-Request-Email", "X-Auth-Request-Preferred-Username", "X-Authenticated-User",
        "X-Auth-User", "X-WEBAUTH-USER", "Cf-Access-Authenticated-User-Email",
    ]

    static func examine(_ client: DoctorClient, _ report: inout DoctorReport) async {
        var client = client
        client.token = nil
        let name = "doctor-unchecked-" + Identifiers.uuidV7()
        // A user's name in the form of a password, as nginx takes $remote_user from it, and in headers that proxies use.
        let password = HTTPHeader("Authorization", "Basic " + base64("\(name):no-password"))
        // Each with another name, so that the one that counts is known.
        let headers = customary.enumerated().map { HTTPHeader($1, "\(name)-\($0)") }
        for sent in [[], [password], headers] {
            guard let answer = try? await client.ask(.get, "/api/v1/auth/me", headers: sent) else { return }
            guard answer.status == 200, let user = answer.json?["user_id"]?.stringValue else { continue }
            if user.hasPrefix(name) {
                let passed = sent.first { $0.value == user } ?? sent[0]
                return report.fail(
                    "names",
                    "a client may call itself anything: the web server passes its \(passed.name) header on as REMOTE_USER, unchecked",
                    fix:
                        "let the web server set REMOTE_USER only where it has checked a password (auth_basic in nginx, mod_auth in "
                        + "lighttpd, AuthType in Apache), and drop it elsewhere: fastcgi_param REMOTE_USER \"\"")
            }
            if sent.isEmpty {
                return report.warn(
                    "names", "who says nothing is \(user) at \(client.base), and so is everybody else",
                    fix: "let the web server ask for a password, or set auth.mode to guest")
            }
        }
        report.ok("names", "nobody is believed to be who the client alone says")
    }

    private static func base64(_ text: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let bytes = Array(text.utf8)
        var encoded = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let part = bytes[start..<min(start + 3, bytes.count)]
            let word = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
            for place in 0..<4 { encoded.append(place <= part.count ? alphabet[word >> (18 - 6 * place) & 63] : "=") }
        }
        return encoded
    }
}
