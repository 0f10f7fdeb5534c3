import Substrings

/// Puts header lines, as libcurl hands them over one by one, together to the head of the final response.
///
/// Interim responses (1xx) come first and are dropped; trailers come after the head and are ignored.
struct ResponseHeadParser {
    enum Step: Equatable {
        case more
        case complete
        case tooLarge
    }

    /// Of all header lines together, interim responses included.
    static let maximumBytes = 64 * 1024

    private(set) var head = HTTPResponseHead(status: 0)
    private var isComplete = false
    private var bytes = 0

    /// Takes a line with its end.
    mutating func take(_ line: String) -> Step {
        bytes += line.utf8.count
        guard bytes <= Self.maximumBytes else { return .tooLarge }
        guard !isComplete else { return .more }
        let text = line.utf8[...].trimming(Self.isBlank)
        if text.isEmpty {
            isComplete = head.status >= 200
            return isComplete ? .complete : .more
        }
        if line.utf8.starts(with: "HTTP/".utf8), let space = text.firstIndex(of: UInt8(ascii: " ")) {
            let digits = text[text.index(after: space)...].prefix { $0 != UInt8(ascii: " ") }
            head = HTTPResponseHead(status: Int(String(Substring(digits))) ?? 0)
            head.isMultiplexed = !line.utf8.starts(with: "HTTP/1".utf8)
        } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
            let value = text[text.index(after: colon)...].trimming(Self.isBlank)
            head.headers.append(HTTPHeader(String(Substring(text[..<colon])), String(Substring(value))))
        }
        return .more
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
}
