// Reads the settings, subject by subject, and checks them.

import Substrings

/// Reads `auth` and `jwt`: who users are, and who says so.
extension FileReading {
    mutating func readAuth(into auth: inout AuthSettings) {
        var modePlace: TextLocation?
        if var section = root.section("auth") {
            modePlace = section.value("mode")?.location
            auth.modes = readModes(of: &section) ?? auth.modes
            auth.allowedOrigins += readOrigins(of: &section, "allowed_origins")
            section.refuseUnknownKeys()
        }
        // Where a person looks for them who knows what browsers call it.
        if var section = root.section("cors") {
            auth.allowedOrigins += readOrigins(of: &section, "origins")
            section.refuseUnknownKeys()
        }
        if var section = root.section("jwt") {
            auth.jwt = readJWT(&section)
        } else if auth.modes.contains(.jwt), capabilities.implementedModes.contains(.jwt) {
            mistakes.add(
                modePlace, "auth.mode", "jwt needs to know whose tokens are good",
                "Add jwt: { issuer: \"https://login.example.org\", audience: \"chat\" } at the top of the file, or jwt: { keys_file: "
                    + "\"jwks.json\" }")
        }
    }

    /// One mode, or a list of some; nil when it is left out or mistaken.
    private func readModes(of section: inout Section) -> [AuthSettings.Mode]? {
        guard let value = section.value("mode") else { return nil }
        guard case .array(let values) = value.content else {
            guard let mode = section.word("mode", as: AuthSettings.Mode.self) else { return nil }
            return isImplemented(mode, value.location, "auth.mode") ? [mode] : nil
        }
        let words = AuthSettings.Mode.allCases.map { "\"\($0.rawValue)\"" }
        var modes: [AuthSettings.Mode] = []
        for (index, value) in values.enumerated().prefix(words.count + 1) {
            let path = "auth.mode[\(index)]"
            guard case .string(let text) = value.content, let mode = AuthSettings.Mode(rawValue: text) else {
                mistakes.add(value.location, path, "is no mode that is known here", "Write \(alternatives(words))")
                continue
            }
            if modes.contains(mode) {
                mistakes.add(value.location, path, "\(text) is there twice", "Name each mode once")
            } else if isImplemented(mode, value.location, path) {
                modes.append(mode)
            }
        }
        if values.isEmpty {
            mistakes.add(value.location, "auth.mode", "is empty", "Write \(alternatives(words)), or a list of some")
        }
        if modes.count > 1, modes.contains(.open) {
            mistakes.add(
                value.location, "auth.mode", "open believes every name, so no other mode would protect anybody",
                "Write \"open\" alone, or leave it out")
        }
        return modes.isEmpty ? nil : modes
    }

    private func isImplemented(_ mode: AuthSettings.Mode, _ place: TextLocation, _ path: String) -> Bool {
        guard !capabilities.implementedModes.contains(mode) else { return true }
        let names = capabilities.implementedModes.map(\.rawValue).sorted()
        mistakes.add(
            place, path, "\(mode.rawValue) is not available in this version", "Use \(alternatives(names))")
        return false
    }

    private func readJWT(_ section: inout Section) -> JWTSettings {
        let file = section.text("keys_file", "the path of a JSON Web Key Set")
        let url = section.text("keys_url", "the address of a JSON Web Key Set", maximum: 1024)
        let issuer = section.text("issuer", "what the claim iss must be", maximum: 1024)
        var jwt: JWTSettings
        if let file {
            jwt = JWTSettings(keys: .file(path: Paths.resolve(file.value, in: folder)))
            if let url { section.add(url, "is given beside keys_file", "Keep one of the two") }
        } else if let url {
            jwt = JWTSettings(keys: .url(url.value))
            if !Self.canBeTrusted(url.value) { section.add(url, Self.untrusted, Self.untrustedRemedy) }
        } else {
            jwt = JWTSettings(keys: .discovery(issuer: issuer?.value ?? ""))
            let isSaid = section.has("keys_file") || section.has("keys_url") || section.has("issuer")
            if let issuer, !Self.canBeTrusted(issuer.value) {
                section.add(
                    issuer, Self.untrusted, Self.untrustedRemedy + ", or name the keys with keys_file or keys_url")
            } else if !isSaid {
                section.missing(
                    "issuer",
                    "Add issuer, its address, or keys_file: the path of a JSON Web Key Set with its public keys")
            }
        }
        jwt.issuer = issuer?.value
        jwt.audience = section.text("audience", "what the claim aud must contain", maximum: 1024)?.value
        jwt.claim = section.text("claim", "the name of the claim that names the user", maximum: 128)?.value ?? jwt.claim
        section.read("leeway_s", into: &jwt.leewaySeconds, 0...600, "seconds")
        section.refuseUnknownKeys()
        return jwt
    }

    private static let untrusted = "is no address whose keys can be trusted"
    private static let untrustedRemedy = "Write an https:// address, or an http:// address of this machine"

    /// Keys that came without TLS from another machine may be anybody's.
    private static func canBeTrusted(_ url: String) -> Bool {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"#\\@".utf8.contains($0) }) else { return false }
        if url.hasPrefix("https://") { return url.utf8.count > 8 }
        let authority = url.dropFirst(7).prefix { $0 != "/" }
        return url.hasPrefix("http://")
            && ["127.0.0.1", "localhost", "[::1]"].contains { authority == $0 || authority.hasPrefix($0 + ":") }
    }

    private func readOrigins(of section: inout Section, _ key: String) -> [String] {
        guard let value = section.value(key) else { return [] }
        let path = section.path(of: key)
        let remedy = "Write the origins of pages as their browsers send them: [\"https://app.example.org\"]"
        guard case .array(let values) = value.content else {
            section.wrongType(key, value, "a list", remedy)
            return []
        }
        guard values.count <= 32 else {
            mistakes.add(value.location, path, "has more than 32 entries", remedy)
            return []
        }
        var origins: [String] = []
        for (index, value) in values.enumerated() {
            guard case .string(let text) = value.content, Self.isOrigin(text) else {
                mistakes.add(
                    value.location, "\(path)[\(index)]", "is no origin: scheme://host, or scheme://host:port", remedy)
                continue
            }
            origins.append(text)
        }
        return origins
    }

    /// RFC 6454, section 6.2, but for `null`, which any page can be.
    private static func isOrigin(_ text: String) -> Bool {
        guard let separator = text.firstRange(of: "://"), separator.lowerBound > text.startIndex, text.utf8.count <= 300
        else {
            return false
        }
        let rest = text[separator.upperBound...]
        // A name in other letters is sent as xn--….
        guard !rest.isEmpty, rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) && !"/?#@*\\,".utf8.contains($0) })
        else { return false }
        guard let colon = rest.lastIndex(of: ":"), rest.last != "]" else { return true }
        return UInt16(rest[rest.index(after: colon)...]) != nil
    }
}
