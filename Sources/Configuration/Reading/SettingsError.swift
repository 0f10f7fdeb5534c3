/// One mistake in a configuration.
public struct SettingsMistake: Sendable, Equatable {
    /// The path of the file as it was asked for.
    public var file: String
    /// From 1; nil when the mistake is the file itself.
    public var line: Int?
    /// From 1, in characters; nil when the mistake is the file itself.
    public var column: Int?
    /// As in `models[0].chain[1].provider`; empty when no key is meant.
    public var keyPath: String
    /// What is wrong. It quotes keys and mistaken words of the file, never what could be a secret.
    public var problem: String
    /// What to do.
    public var remedy: String
}

extension SettingsMistake: CustomStringConvertible {
    /// One line in the form that editors jump to: `file:line:column: key: problem. Remedy.`
    public var description: String {
        var text = quotable(file, limit: 4096)
        if let line, let column { text += ":\(line):\(column)" }
        text += ": "
        if !keyPath.isEmpty { text += keyPath + ": " }
        return text + problem + ". " + remedy + "."
    }
}

/// A configuration that cannot be used, with every mistake in it. The program ends with 78, EX_CONFIG.
public struct SettingsError: Error, Sendable, Equatable {
    /// In the order of the file; at least one, and at most `SettingsError.maximumMistakes`.
    public var mistakes: [SettingsMistake]
    /// Mistakes beyond those.
    public var leftOut = 0

    public static let maximumMistakes = 100
}

extension SettingsError: CustomStringConvertible {
    /// A line for each mistake.
    public var description: String {
        var lines = mistakes.map(\.description)
        if leftOut > 0 { lines.append("and \(leftOut) more") }
        return lines.joined(separator: "\n")
    }
}

/// Gathers mistakes while a file is read. Used by one reading only, on one thread.
final class MistakeList {
    let file: String
    private(set) var mistakes: [SettingsMistake] = []
    private(set) var leftOut = 0

    init(file: String) { self.file = file }

    var isFull: Bool { mistakes.count >= SettingsError.maximumMistakes }

    func add(_ location: TextLocation?, _ keyPath: String, _ problem: String, _ remedy: String) {
        guard !isFull else {
            leftOut += 1
            return
        }
        mistakes.append(
            SettingsMistake(
                file: file, line: location?.line, column: location?.column, keyPath: keyPath, problem: problem,
                remedy: remedy))
    }

    /// Nil when there is none.
    var error: SettingsError? {
        guard !mistakes.isEmpty else { return nil }
        let inOrder = mistakes.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
        return SettingsError(mistakes: inOrder, leftOut: leftOut)
    }
}
