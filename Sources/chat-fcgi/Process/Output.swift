import Glibc
import Synchronization

/// Standard output.
enum Output {
    /// What a line could not be written for; 0 for nothing.
    private static let failure = Atomic<Int32>(0)

    /// Writes all of what the command is run for. Where its reader has left, as in `chat-fcgi user export ID | head`, the
    /// process ends as others do there: by SIGPIPE, without a word.
    /// - Throws: `CommandFailure` when it cannot be written otherwise, such as to a full disk.
    static func write(_ bytes: [UInt8]) throws {
        let code = put(bytes)
        if code == EPIPE { Signals.end(by: SIGPIPE) }
        if code != 0 { throw error(code) }
    }

    /// What a server sent may not draw on the terminal (CWE-150): without control characters, but for line ends and tabs.
    static func printable(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            shown.unicodeScalars.append(isControl && scalar != "\n" && scalar != "\t" ? "?" : scalar)
        }
        return shown
    }

    /// Writes a line and goes on: what the command does counts.
    fileprivate static func say(_ line: String) {
        let code = put(Array((line + "\n").utf8))
        if code != 0, code != EPIPE { failure.store(code, ordering: .relaxed) }
    }

    /// After a command: whether all its lines were written. A reader that left has seen what it wanted.
    /// - Throws: `CommandFailure`.
    static func check() throws {
        let code = failure.load(ordering: .relaxed)
        if code != 0 { throw error(code) }
    }

    /// - Returns: errno, or 0.
    private static func put(_ bytes: [UInt8]) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return errno }
            rest = rest.dropFirst(written)
        }
        return 0
    }

    private static func error(_ code: Int32) -> CommandFailure {
        CommandFailure(.io, "standard output: \(String(cString: strerror(code)))")
    }
}

/// Writes a line to standard output.
func say(_ line: String) { Output.say(line) }
