/// How a line of the log looks. Pure.
public struct LogForm: Sendable {
    /// JSON Lines instead of lines for people.
    public var isJSON: Bool
    /// Whether systemd's journal reads the lines: each begins with its priority, and the journal has the time
    /// (sd-daemon(3), systemd.exec(5) on `SyslogLevelPrefix`).
    public var isForJournal: Bool

    /// Bytes of a message or of a field at most; what is longer is cut.
    static let maximumBytes = 4096

    public init(isJSON: Bool, isForJournal: Bool) {
        self.isJSON = isJSON
        self.isForJournal = isForJournal
    }

    /// A line with its line feed. No byte of the message or the fields ends it early.
    /// - Parameter time: RFC 3339.
    public func line(_ entry: Log.Entry, time: String) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(256)
        if isForJournal { line += Array("<\(entry.level.priority)>".utf8) }
        if isJSON {
            line += Array(#"{"time":"\#(time)","level":"\#(entry.level.word)","message":""#.utf8)
            Self.append(entry.message, to: &line, isQuoted: true)
            line.append(UInt8(ascii: "\""))
            for (name, value) in entry.fields {
                line += Array(",\"\(name)\":".utf8)
                append(value, to: &line, quotes: { _ in true })
            }
            line.append(UInt8(ascii: "}"))
        } else {
            if !isForJournal { line += Array("\(time) \(entry.level.word) ".utf8) }
            Self.append(entry.message, to: &line, isQuoted: false)
            for (name, value) in entry.fields {
                line += Array(" \(name)=".utf8)
                append(value, to: &line, quotes: Self.needsQuotes)
            }
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    private func append(_ value: Log.Value, to line: inout [UInt8], quotes: (String) -> Bool) {
        switch value {
        case .number(let number): line += Array(String(number).utf8)
        // JSON has no other numbers.
        case .decimal(let number): line += Array((number.isFinite ? "\(number)" : "0").utf8)
        case .flag(let flag): line += Array((flag ? "true" : "false").utf8)
        case .text(let text):
            let isQuoted = quotes(text)
            if isQuoted { line.append(UInt8(ascii: "\"")) }
            Self.append(text, to: &line, isQuoted: isQuoted)
            if isQuoted { line.append(UInt8(ascii: "\"")) }
        }
    }

    private static func needsQuotes(_ text: String) -> Bool {
        text.isEmpty || text.utf8.contains { $0 <= 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "=") }
    }

    /// Whatever could end a line or change how a terminal shows it is written out, so that nothing a client sent can forge one
    /// (CWE-117): control characters, C1 among them, and Unicode's separators and directions.
    private static func append(_ text: String, to line: inout [UInt8], isQuoted: Bool) {
        var room = maximumBytes
        for scalar in text.unicodeScalars {
            let width = UTF8.width(scalar)
            guard room >= width else {
                line += Array("…".utf8)
                return
            }
            room -= width
            switch scalar.value {
            case 0x20..<0x7F where scalar != "\"" && scalar != "\\": line.append(UInt8(scalar.value))
            case 0x22 where isQuoted: line += [0x5C, 0x22]
            case 0x5C: line += [0x5C, 0x5C]
            case 0..<0x20, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069:
                let digits = String(scalar.value, radix: 16)
                line += Array(("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
            default: line += Array(UTF8.encode(scalar)!)
            }
        }
    }
}

extension Log.Level {
    public var word: String {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// Of syslog(3).
    var priority: Int {
        switch self {
        case .debug: 7
        case .info: 6
        case .warning: 4
        case .error: 3
        }
    }
}
