import Glibc

/// A line on a terminal that tells how far a command is. Nothing is written where standard error is no terminal.
enum Terminal {
    private static let isThere = isatty(2) != 0
    private static let startOfLine = "\r\u{1B}[K"

    /// Writes the line over the one before.
    static func show(_ line: @autoclosure () -> String) {
        if isThere { put(startOfLine + line()) }
    }

    /// Takes the line away again.
    static func erase() {
        if isThere { put(startOfLine) }
    }

    private static func put(_ text: String) {
        var text = text
        text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    }
}
