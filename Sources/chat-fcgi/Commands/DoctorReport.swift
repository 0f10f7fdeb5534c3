import JSON

/// What the doctor says: a line for each thing looked at, and below it, where something is wrong, what to do about it. Said as it
/// is found, because a look may take a while.
struct DoctorReport {
    /// A line of JSON each instead.
    var isJSON = false
    private(set) var lines = 0
    private(set) var warnings = 0
    private(set) var failures = 0

    mutating func ok(_ subject: String, _ text: String) { tell("ok", subject, text) }

    /// Something that works, but not as it should, or that could not be found out.
    mutating func warn(_ subject: String, _ text: String, fix: String) {
        warnings += 1
        tell("warning", subject, text, fix)
    }

    /// Something that does not work.
    mutating func fail(_ subject: String, _ text: String, fix: String) {
        failures += 1
        tell("FAILED", subject, text, fix)
    }

    private mutating func tell(_ word: String, _ subject: String, _ text: String, _ fix: String? = nil) {
        // What is found while a signal ends the look says nothing of the installation.
        if Task.isCancelled { return }
        lines += 1
        guard !isJSON else {
            let line: JSONValue = [
                "result": .string(word.lowercased()), "subject": .string(subject), "text": .string(text),
                "remedy": fix.map { .string($0) } ?? .null,
            ]
            return say(line.line)
        }
        say(Self.padded(word, 9) + Self.shown("\(subject): \(text)"))
        if let fix { say(Self.padded("", 9) + "fix: " + Self.shown(fix)) }
    }

    private static func padded(_ word: String, _ width: Int) -> String {
        word + String(repeating: " ", count: max(1, width - word.count))
    }

    /// Line ends stay, set in.
    private static func shown(_ text: String) -> String {
        Output.printable(text).split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\n" + String(repeating: " ", count: 9))
    }
}
