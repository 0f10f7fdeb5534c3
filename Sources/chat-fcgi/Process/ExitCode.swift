import Glibc

/// How the process ends, by sysexits(3).
enum ExitCode: Int32 {
    case ok = 0
    /// The command line is wrong.
    case usage = 64
    /// An input file is wrong.
    case data = 65
    /// Something needed is not there: a socket in use, a missing file.
    case unavailable = 69
    /// What the command should make cannot be made: it is there already, or its folder may not be written.
    case cannotCreate = 73
    /// Reading or writing failed.
    case io = 74
    /// The configuration is wrong.
    case configuration = 78
}

/// Ends a command with a word to the person and an exit code.
struct CommandFailure: Error {
    let code: ExitCode
    let message: String

    init(_ code: ExitCode, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// Writes a line to standard error.
func complain(_ line: String) {
    var text = "chat-fcgi: \(line)\n"
    text.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
}
