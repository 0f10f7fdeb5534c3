import Chat
import Glibc
import Synchronization

/// The program's log: lines to standard error, as text or as JSON Lines. Never a message's text, a token or a key.
struct Log: Sendable {
    enum Level: Int, Sendable, Comparable {
        case debug, info, warning, error

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
        var word: String { ["debug", "info", "warning", "error"][rawValue] }
    }

    var level: Level
    var isJSON: Bool

    func debug(_ line: String) { write(.debug, line) }
    func info(_ line: String) { write(.info, line) }
    func warning(_ line: String) { write(.warning, line) }
    func error(_ line: String) { write(.error, line) }

    /// One write(2) a line, so that lines of several threads and processes do not mix.
    private func write(_ level: Level, _ line: String) {
        guard level >= self.level else { return }
        let time = Timestamp.now().rfc3339
        var text: String
        if isJSON {
            text = #"{"time":"\#(time)","level":"\#(level.word)","message":"\#(Self.escaped(line, quotes: true))"}"#
        } else {
            text = "\(time) \(level.word) \(Self.escaped(line, quotes: false))"
        }
        text += "\n"
        text.withUTF8 { _ = Glibc.write(2, $0.baseAddress, $0.count) }
    }

    /// Control characters are written out, so that nothing a client sent can forge a line (CWE-117).
    private static func escaped(_ line: String, quotes: Bool) -> String {
        var text = ""
        for scalar in line.unicodeScalars {
            switch scalar {
            case "\"" where quotes: text += "\\\""
            case "\\" where quotes: text += "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
