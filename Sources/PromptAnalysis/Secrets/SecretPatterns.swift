/// The looks of well-known keys, from their issuers' documentation and
/// https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns.
struct KeyPattern {
    let prefix: [Unicode.Scalar]
    /// The least length, prefix included.
    let least: Int

    private init(_ prefix: String, _ least: Int) {
        self.prefix = Array(prefix.unicodeScalars)
        self.least = least
    }

    static let all = [
        KeyPattern("sk-", 20), KeyPattern("sk_live_", 20), KeyPattern("sk_test_", 20), KeyPattern("rk_live_", 20),
        KeyPattern("whsec_", 20), KeyPattern("AKIA", 20), KeyPattern("ASIA", 20), KeyPattern("ghp_", 30),
        KeyPattern("gho_", 30), KeyPattern("ghu_", 30), KeyPattern("ghs_", 30), KeyPattern("ghr_", 30),
        KeyPattern("github_pat_", 30), KeyPattern("chatfcgi_", 40), KeyPattern("glpat-", 20), KeyPattern("xoxb-", 20),
        KeyPattern("xoxp-", 20),
        KeyPattern("xoxa-", 20), KeyPattern("xoxs-", 20), KeyPattern("AIza", 35), KeyPattern("hf_", 20),
        KeyPattern("gsk_", 20), KeyPattern("npm_", 30), KeyPattern("pypi-", 30), KeyPattern("ya29.", 30),
        KeyPattern("SG.", 40), KeyPattern("eyJ", 40),
    ]

    static let privateKeyStart = Array("-----BEGIN ".unicodeScalars)
    static let privateKeyEnd = Array("-----END ".unicodeScalars)
    static let privateKeyName = Array("PRIVATE KEY".unicodeScalars)
}

/// Words before a secret: `password: …`, `API_KEY=…`, `the password is …`.
enum SecretLabel {
    /// A password may be a word.
    static let passwords: Set<String> = ["password", "passwd", "passphrase", "passcode", "pwd"]
    /// A key or a token has a digit.
    static let keys: Set<String> = [
        "secret", "token", "apikey", "api_key", "api-key", "access_key", "secret_key", "private_key", "client_secret",
        "access_token", "auth_token", "bearer",
    ]
    /// Before "key" these make a label of two words.
    static let keyQualifiers: Set<String> = ["api", "access", "secret", "private", "account", "license", "encryption"]

    /// What stands behind a label and is no secret.
    static let ordinary: Set<String> = [
        "string", "text", "varchar", "required", "optional", "undefined", "hidden", "secret", "password", "passwords",
        "removed", "redacted", "masked", "unknown", "changeme", "example", "placeholder", "reset", "expired", "invalid",
        "incorrect", "missing", "strong", "correct", "policy", "manager", "managers", "security", "hashing", "unique",
        "number", "integer", "boolean", "encrypted", "hashed", "forgotten", "protected", "stored", "needed", "wrong",
        "nullable", "default", "description", "minimum", "maximum", "length",
    ]

    static let longestOrdinary = ordinary.map(\.unicodeScalars.count).max() ?? 0
    static let longestReference = references.map(\.unicodeScalars.count).max() ?? 0

    /// What stands at the beginning of a value that is none: a reference, a placeholder.
    static let references = list(
        "os., process., env, getenv, config, settings, req., request, self., this., input, your, my_, my-, user, get_, xxx, ..., ***"
    )

    /// Whether a run such as `DB_PASSWORD` ends in a label.
    static func isLabel(_ run: String, after previous: String, among labels: Set<String>) -> Bool {
        if labels.contains(run) { return true }
        guard let separator = run.lastIndex(where: { $0 == "_" || $0 == "-" }) else { return false }
        let last = run[run.index(after: separator)...]
        if labels.contains(String(last)) { return true }
        guard last == "key" else { return false }
        let rest = run[..<separator]
        let before = rest.lastIndex { $0 == "_" || $0 == "-" }.map { rest[rest.index(after: $0)...] } ?? rest
        return labels.contains("token") && keyQualifiers.contains(String(before))
    }
}
