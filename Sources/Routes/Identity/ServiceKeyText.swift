import JSONWebTokens
import Substrings

/// A service key as its bearer sends it: `chatfcgi_`, the identifier (16 hexadecimal digits), `_`, and 64 digits that nobody can guess.
///
/// The beginning is this program's alone, so that scanners for secrets in files find it:
/// `chatfcgi_[0-9a-f]{16}_[0-9a-f]{64}`. Half of it is random, so a plain digest is enough to keep of it.
public struct ServiceKeyText: Sendable {
    static let prefix = "chatfcgi_"
    private static let idDigits = 16
    private static let length = 9 + 16 + 1 + 64

    public let text: String
    public let id: String

    /// A new key.
    public static func make() -> ServiceKeyText {
        let digits = Array("0123456789abcdef")
        let random = Hashing.randomBytes(40).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        let id = String(random[..<idDigits])
        return ServiceKeyText(text: prefix + id + "_" + String(random[idDigits...]), id: id)
    }

    private init(text: String, id: String) {
        self.text = text
        self.id = id
    }

    /// Nil for what is no such key.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == Self.length, text.hasPrefix(Self.prefix) else { return nil }
        let (id, secret) = (bytes[9..<25], bytes[26...])
        guard bytes[25] == UInt8(ascii: "_"), (id + secret).allSatisfy(\.isLowercaseHexadecimal) else { return nil }
        self.init(text: text, id: String(decoding: id, as: UTF8.self))
    }

    /// What is kept of it.
    public var digest: [UInt8] { Hashing.sha256(text) }
}
