import Chat
import Glibc
import Telemetry

extension Log {
    /// The program's log.
    static func toStandardError(_ level: Level, isJSON: Bool) -> Log {
        let form = LogForm(isJSON: isJSON, isForJournal: isJournal(descriptor: 2))
        return Log(level: level) { entry in
            // One write(2) a line, so that lines of several threads and processes do not mix.
            let line = form.line(entry, time: Timestamp.now().rfc3339)
            line.withUnsafeBytes { _ = Glibc.write(2, $0.baseAddress, $0.count) }
        }
    }

    /// Whether a descriptor leads to systemd's journal: `JOURNAL_STREAM` names its device and inode (systemd.exec(5)). What was
    /// started with standard error elsewhere inherits the variable too.
    private static func isJournal(descriptor: Int32) -> Bool {
        guard let stream = getenv("JOURNAL_STREAM") else { return false }
        var status = stat()
        return fstat(descriptor, &status) == 0 && String(cString: stream) == "\(status.st_dev):\(status.st_ino)"
    }
}
