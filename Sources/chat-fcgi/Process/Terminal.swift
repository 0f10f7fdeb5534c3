import Glibc
import Synchronization

/// A line on a terminal that tells how far a command is. Nothing is written where standard error is no terminal.
enum Terminal {
    private static let isThere = isatty(2) != 0
    private static let startOfLine = "\r\u{1B}[K"

    private static let shown = Mutex("")

    /// Writes the line over the one before.
    static func show(_ line: @autoclosure () -> String) {
        guard isThere else { return }
        let line = line()
        let isNew = shown.withLock { shown in
            defer { shown = line }
            return shown != line
        }
        // A line in two rows could not be taken away again.
        if isNew { put(startOfLine + unwrapped(line)) }
    }

    /// Takes the line away again.
    static func erase() {
        guard isThere else { return }
        shown.withLock { $0 = "" }
        put(startOfLine)
    }

    /// The line, cut by the terminal at its edge instead of going on in the next row.
    static func unwrapped(_ line: String) -> String { "\u{1B}[?7l\(line)\u{1B}[?7h" }

    private static func put(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    }
}
