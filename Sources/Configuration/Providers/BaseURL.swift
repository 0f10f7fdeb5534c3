import Substrings

/// An http or https address that requests can be put behind.
struct BaseURL {
    /// As given, without slashes at its end.
    var text: String
    /// In small letters, without port and brackets.
    var host: String

    var isEncrypted: Bool { text.hasPrefix("https://") }

    /// Whether what is sent there stays on this machine.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    /// Nil when `text` is something else; `problem(with:)` says what.
    init?(_ text: String) {
        guard Self.problem(with: text) == nil, let (host, _) = Self.hostAndPort(of: text) else { return nil }
        var trimmed = text[...]
        while trimmed.utf8.last == UInt8(ascii: "/") { trimmed = trimmed.dropLast() }
        self.text = String(trimmed)
        self.host = host.lowercased()
    }

    /// What is wrong with `text` as a base URL; nil when nothing is. The text itself is not quoted: people have put keys
    /// into addresses.
    static func problem(with text: String) -> String? {
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
            return "must begin with http:// or https://"
        }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return "may only have ASCII without spaces" }
        guard !text.utf8.contains(UInt8(ascii: "?")), !text.utf8.contains(UInt8(ascii: "#")) else {
            return "may not have a query or fragment (? or #)"
        }
        guard !authority(of: text).utf8.contains(UInt8(ascii: "@")) else {
            return "may not have a user name or password in it"
        }
        guard hostAndPort(of: text) != nil else { return "has no host, or a port that is none" }
        return nil
    }

    private static func authority(of text: String) -> Substring {
        let rest = text.dropFirst(text.hasPrefix("https://") ? 8 : 7)
        return rest.prefix { $0 != "/" }
    }

    private static func hostAndPort(of text: String) -> (host: String, port: Substring?)? {
        let authority = authority(of: text)
        var host = authority
        var port: Substring?
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            guard isNumericAddress(String(host), version6: true) else { return nil }
            let rest = authority[authority.index(after: end)...]
            if !rest.isEmpty {
                guard rest.first == ":" else { return nil }
                port = rest.dropFirst()
            }
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[authority.index(after: colon)...]
        }
        if let port {
            guard port.utf8.allSatisfy(\.isASCIIDigit), let number = UInt16(port), number > 0 else { return nil }
        }
        return host.isAlphanumeric(or: ".-_:") && !host.isEmpty ? (String(host), port) : nil
    }
}
