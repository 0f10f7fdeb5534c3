/// The name of a security as its price file bears it: `AAPL`, `BRK-B`, `^GSPC`, `SAP.DE`, `EURUSD=X`.
public struct Symbol: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// In upper case.
    public let name: String

    /// Longest symbol, in bytes.
    public static let maximumLength = 20

    /// Nil unless `text` is 1 to 20 of `A-Z a-z 0-9 . - ^ = _`, begins with a letter, a digit or `^`, and has a letter or a
    /// digit in it. Lower case becomes upper case.
    ///
    /// The narrow alphabet keeps separators and dot segments out of the path that is made of it (CWE-22,
    /// https://cwe.mitre.org/data/definitions/22.html), and line breaks out of logs and prompts.
    public init?(_ text: some StringProtocol) {
        guard (1...Self.maximumLength).contains(text.utf8.count) else { return nil }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): bytes.append(byte - 0x20)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): bytes.append(byte)
            case UInt8(ascii: "^"): bytes.append(byte)
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "="), UInt8(ascii: "_"):
                guard !bytes.isEmpty else { return nil }
                bytes.append(byte)
            default: return nil
            }
        }
        guard bytes.contains(where: Self.isLetterOrDigit) else { return nil }
        name = String(decoding: bytes, as: UTF8.self)
    }

    /// Whether it is letters only, so that a word of a sentence may be meant.
    public var isPlainWord: Bool { name.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } }

    public var description: String { name }

    public static func < (left: Symbol, right: Symbol) -> Bool { left.name < right.name }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
