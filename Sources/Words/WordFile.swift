// The files of `agents/words`, compiled in.

import CWords

/// A file of words, names or wordings: `agents/words`, compiled into the program. Its README says what the lines mean.
///
/// A line that begins with a space goes on with the one before; `[name]` begins a section; `//` begins a line that is not read.
public struct WordFile: Sendable {
    private var sections: [(name: String, lines: [String])] = [("", [])]

    /// - Parameter name: within the folder, without its ending, such as `care/german`. It must be one of the files.
    public init(_ name: String) {
        guard let text = embedded_words(name) else { preconditionFailure("there is no file of words \(name)") }
        self.init(text: String(cString: text))
    }

    init(text: String) {
        for line in text.split(separator: "\n") where !line.hasPrefix("//") {
            let last = sections.count - 1
            if line.first == " ", let before = sections[last].lines.popLast() {
                sections[last].lines.append(before + " " + line.drop { $0 == " " })
            } else if line.first == "[", line.last == "]" {
                sections.append((String(line.dropFirst().dropLast()), []))
            } else {
                sections[last].lines.append(String(line))
            }
        }
    }

    /// The lines of all sections.
    public var lines: [String] { sections.flatMap(\.lines) }

    /// The lines of a section, which must be there.
    public subscript(name: String) -> [String] {
        guard let section = sections.first(where: { $0.name == name }) else {
            preconditionFailure("there is no section [\(name)]")
        }
        return section.lines
    }
}
