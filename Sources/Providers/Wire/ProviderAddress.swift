/// Where a provider's interface begins, as the configuration has it.
struct ProviderAddress: Sendable, Equatable {
    private let root: String

    /// - Parameters:
    ///   - base: with or without the interface's own first folder, with or without a slash at the end.
    ///   - folders: the folders it may end with; the first of them is put behind a base that has none.
    init(_ base: String, folders: [String]) {
        var base = base[...]
        while base.last == "/" { base.removeLast() }
        let hasFolder = folders.contains { base.hasSuffix("/" + $0) }
        root = hasFolder ? String(base) : base + "/" + (folders.first ?? "")
    }

    /// The URL of a path below.
    func url(_ path: String) -> String { root + "/" + path }

    /// The text as one segment of a path: everything but RFC 3986's unreserved characters is percent-encoded, so that it
    /// can neither leave its place nor begin a query.
    static func segment(_ text: some StringProtocol) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += digits.utf8.count < 2 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return encoded
    }
}
