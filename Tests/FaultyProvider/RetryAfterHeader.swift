import Glibc

extension RetryAfterHeader {
    /// The header's line.
    var header: String {
        switch self {
        case .seconds(let seconds): "Retry-After: \(seconds)"
        case .milliseconds(let milliseconds): "retry-after-ms: \(milliseconds)"
        case .date(let seconds): "Retry-After: \(Self.date(secondsFromNow: seconds))"
        case .literal(let value): "Retry-After: \(value)"
        }
    }

    /// RFC 9110, section 5.6.7.
    private static func date(secondsFromNow seconds: Int) -> String {
        var time = time(nil) + seconds
        var parts = tm()
        gmtime_r(&time, &parts)
        var text = [CChar](repeating: 0, count: 64)
        let length = strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        return String(decoding: text[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
