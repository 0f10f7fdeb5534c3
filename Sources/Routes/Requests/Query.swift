import FCGIApp
import Substrings

/// The parameters of a query string (application/x-www-form-urlencoded, https://url.spec.whatwg.org/#urlencoded-parsing).
struct Query {
    private let parameters: [(name: String, value: String)]

    /// - Throws: `Problem` when the query is no UTF-8 or has more than 100 parameters.
    init(_ text: String) throws(Problem) {
        var parameters: [(name: String, value: String)] = []
        for part in text.utf8.split(separator: UInt8(ascii: "&")) {
            guard parameters.count < 100 else { throw .invalid("query", "must have 100 parameters at most") }
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(halves[0]), let value = halves.count > 1 ? Self.decoded(halves[1]) : "" else {
                throw .invalid("query", "must be percent-encoded UTF-8")
            }
            parameters.append((name, value))
        }
        self.parameters = parameters
    }

    /// The first parameter of this name.
    subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// Percent-decodes; nil when what comes out is no UTF-8.
    /// - Parameter isForm: whether a plus stands for a space, as in a query. In a path it stands for itself.
    static func decoded(_ text: some Collection<UInt8>, isForm: Bool = true) -> String? {
        var bytes: [UInt8] = []
        var iterator = text.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+") where isForm: bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = iterator.next()?.hexadecimalValue, let low = iterator.next()?.hexadecimalValue else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
