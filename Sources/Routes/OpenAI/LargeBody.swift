import JSON
import Substrings

/// The JSON of a large body, of which long strings that can be nothing but data are left where they are.
///
/// Parsing a text takes many times its size for a moment, and a string of it is a copy. A picture in base64 needs neither: it is
/// one string without escapes, and goes on to the provider as it came. So the text that is parsed has a short name in its
/// place, and the bytes stay a slice of the body.
struct LargeBody {
    /// Strings shorter than this are worth no name.
    static let minimumBytes = 16_384
    /// Commas, colons and opening brackets outside strings: what a text of 1 MiB may have. Values cost far more memory than the text
    /// that they are written in.
    static let maximumValues = 1_048_576

    /// What is left to be parsed.
    private(set) var json: [UInt8] = []
    private var slices: [ArraySlice<UInt8>] = []
    /// Cannot be guessed, so no client's own string is taken for a name.
    private let prefix: String

    /// Nothing is cut out of a body that is not large.
    init() { prefix = "" }

    /// - Throws: `JSONError` of kind `tooLarge`.
    init(_ body: [UInt8]) throws(JSONError) {
        prefix =
            "\(String(UInt64.random(in: 0 ... .max), radix: 36))\(String(UInt64.random(in: 0 ... .max), radix: 36)):"
        var values = 0
        var copied = 0
        var index = 0
        // One pass, whatever the text is; whether it is JSON is seen when what is left of it is parsed.
        body.withUnsafeBufferPointer { bytes in
            while index < bytes.count {
                switch bytes[index] {
                case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "{"):
                    values += 1
                    index += 1
                case UInt8(ascii: "\""):
                    let string = Self.string(at: index, in: bytes)
                    if string.content.count >= Self.minimumBytes, string.isData {
                        json += bytes[copied..<string.content.lowerBound]
                        json += "\(prefix)\(slices.count)".utf8
                        copied = string.content.upperBound
                        let slice = body[string.content]
                        slices.append(string.hasEscapes ? slice.filter { $0 != UInt8(ascii: "\\") }[...] : slice)
                    }
                    index = string.content.upperBound + 1
                default: index += 1
                }
                if values > Self.maximumValues { return }
            }
            json += bytes[min(copied, bytes.count)...]
        }
        if values > Self.maximumValues { throw JSONError(kind: .tooLarge, detail: "the text has too many values") }
    }

    /// The string whose quotation mark is at `start`: where its content is, up to the end of the text where it does not end;
    /// whether it is nothing but what data URLs and base64 are written with; whether some of its slashes are escaped, as PHP has
    /// them.
    private static func string(
        at start: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> (content: Range<Int>, isData: Bool, hasEscapes: Bool) {
        let isPlain = DataBytes.isPlain
        var index = start + 1
        var isData = true
        var hasEscapes = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") { return (start + 1..<index, isData, hasEscapes) }
            if byte == UInt8(ascii: "\\") {
                hasEscapes = true
                if index + 1 >= bytes.count || bytes[index + 1] != UInt8(ascii: "/") { isData = false }
                index += 2
                continue
            }
            if isData, !isPlain[Int(byte)] { isData = false }
            index += 1
        }
        return (start + 1..<max(start + 1, min(index, bytes.count)), false, hasEscapes)
    }

    /// The bytes of a string: a slice of the body, or the string's own.
    func bytes(of text: String) -> ArraySlice<UInt8> { slice(named: text) ?? Array(text.utf8)[...] }

    private func slice(named text: String) -> ArraySlice<UInt8>? {
        guard !slices.isEmpty, text.utf8.count < 64, text.hasPrefix(prefix),
            let number = Int(text.dropFirst(prefix.count)),
            slices.indices.contains(number)
        else { return nil }
        return slices[number]
    }

    /// The value with everything in the place of its name, but for the parts of messages, which are asked for by `bytes(of:)`.
    func restored(_ value: JSONValue) -> JSONValue {
        guard !slices.isEmpty, case .object(let object) = value else { return value }
        return .object(
            object.mapValues { key, value in
                guard key == "messages", let messages = value.arrayValue else { return whole(value) }
                return .array(
                    messages.map { message in
                        guard case .object(let message) = message else { return whole(message) }
                        return .object(
                            message.mapValues { key, value in
                                key == "content" && value.arrayValue != nil ? value : whole(value)
                            })
                    })
            })
    }

    private func whole(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(string(text))
        case .array(let values): .array(values.map(whole))
        case .object(let object): .object(object.mapValues { _, value in whole(value) })
        default: value
        }
    }

    /// A text that may have been cut out.
    func string(_ text: String) -> String {
        slice(named: text).map { String(decoding: $0, as: UTF8.self) } ?? text
    }
}

/// What base64 and data URLs are written with.
enum DataBytes {
    /// Bytes that a data URL in base64 has.
    static let isPlain = table { $0 < 0x80 && (isBase64[Int($0)] || "=:;,.-_".utf8.contains($0)) }

    /// The alphabet of RFC 4648, section 4.
    static let isBase64 = table { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "/") }

    private static func table(_ isIn: (UInt8) -> Bool) -> [Bool] { (0...255).map { isIn($0) } }
}
