import Chat
import Substrings

/// Reads the personas of a folder: every folder in it that has a `persona.md`.
public struct PersonaReader {
    static let fileName = "persona.md"
    static let maximumFileBytes = 65_536
    static let maximumInstructionBytes = 16_384
    static let maximumPersonas = 200
    private static let keys = [
        "name", "title", "agent", "knowledge", "model", "temperature", "max_tokens", "tools", "beyond_documents",
        "greeting", "limits",
    ]

    /// Names that code of the program has already.
    let reserved: Set<String>

    private var mistakes: [PersonaMistake] = []

    /// - Parameter reserved: names that no persona may have.
    public init(reserved: Set<String> = ["noah"]) {
        self.reserved = reserved
    }

    /// The personas of `folder` in the order of their folders' names. Blocks; call it at start.
    ///
    /// A folder without `persona.md` is passed over. No such `folder` is no error: there are no personas then.
    /// - Throws: `PersonaError` with every mistake in every file.
    public static func personas(
        in folder: String, reserved: Set<String> = ["noah"]
    ) throws(PersonaError) -> [Persona] {
        let (personas, mistakes) = usable(in: folder, reserved: reserved)
        guard mistakes.isEmpty else { throw PersonaError(mistakes: mistakes) }
        return personas
    }

    /// The same, where a mistake in one persona takes that one away and not the others.
    public static func usable(
        in folder: String, reserved: Set<String> = ["noah"]
    ) -> (personas: [Persona], mistakes: [PersonaMistake]) {
        var reader = PersonaReader(reserved: reserved)
        let personas = reader.read(folder)
        return (personas, reader.mistakes)
    }

    private mutating func read(_ folder: String) -> [Persona] {
        let entries: [AgentFile.Entry]
        do {
            entries = try AgentFile.entries(of: folder, maximum: Self.maximumPersonas)
        } catch {
            if !error.isAbsent { add(folder, nil, "the folder cannot be read: \(error.problem)") }
            return []
        }
        var personas: [Persona] = []
        for entry in entries where entry.isFolder {
            let place = folder + "/" + entry.name
            let file = place + "/" + Self.fileName
            let bytes: [UInt8]
            do {
                bytes = try AgentFile.read(file, maximumBytes: Self.maximumFileBytes).bytes
            } catch {
                if !error.isAbsent { add(file, nil, "the file cannot be read: \(error.problem)") }
                continue
            }
            guard let persona = persona(bytes, file: file, folder: place) else { continue }
            if let other = personas.first(where: { $0.name == persona.name }) {
                add(file, nil, "the name \(persona.name) is that of \(other.title) already; choose another")
                continue
            }
            personas.append(persona)
        }
        return personas
    }

    private mutating func add(_ file: String, _ line: Int?, _ problem: String) {
        mistakes.append(PersonaMistake(file: file, line: line, problem: problem))
    }

    /// Nil when there is a mistake in it.
    mutating func persona(_ bytes: [UInt8], file: String, folder: String) -> Persona? {
        let before = mistakes.count
        guard let content = AgentFile.text(bytes) else {
            add(file, nil, "the file is no text in UTF-8")
            return nil
        }
        let lines = AgentFile.lines(content)
        let head: FrontMatter
        do {
            head = try FrontMatter(lines: lines)
        } catch {
            add(file, error.line, error.problem)
            return nil
        }
        for field in head.fields where !Self.keys.contains(field.key) {
            add(file, field.line, "the key \(field.key) is not known; there are \(Self.keys.joined(separator: ", "))")
        }
        guard !head.fields.isEmpty else {
            add(file, 1, "the head is missing: begin with ---, name: and title: lines, and ---")
            return nil
        }
        let body = lines.dropFirst(head.bodyLine - 1).joined(separator: "\n")
        let instructions = Self.trimmed(body)
        if instructions.isEmpty {
            add(file, head.bodyLine, "the instructions are missing: write them under the head")
        } else if instructions.utf8.count > Self.maximumInstructionBytes {
            add(
                file, head.bodyLine,
                "the instructions have more than \(Self.maximumInstructionBytes) bytes; shorten them")
        }
        let name = name(head, file)
        let persona = Persona(
            name: name, title: text("title", of: head, file, maximum: 80, isRequired: true) ?? "",
            kind: word("agent", of: head, file) ?? .plain,
            knowledgeFolder: Self.path(head["knowledge"]?.value ?? "", in: folder),
            modelRoute: text("model", of: head, file, maximum: 64) ?? name,
            temperature: number("temperature", of: head, file, 0...2),
            maximumOutputTokens: number("max_tokens", of: head, file, 1...100_000).map { Int($0) },
            tools: tools(head, file), answersBeyondDocuments: flag("beyond_documents", of: head, file),
            greeting: text("greeting", of: head, file, maximum: 600),
            limits: text("limits", of: head, file, maximum: 600), instructions: instructions)
        return mistakes.count == before ? persona : nil
    }

    private mutating func name(_ head: FrontMatter, _ file: String) -> String {
        guard let field = head["name"] else {
            add(file, 1, "name is missing: add a line name: with small letters, digits and _")
            return ""
        }
        let bytes = Array(field.value.utf8)
        let isGood =
            (1...32).contains(bytes.count) && (0x61...0x7A).contains(bytes[0])
            && bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
        if !isGood {
            add(file, field.line, "name must be 1 to 32 small letters, digits and _, a letter first")
        } else if reserved.contains(field.value) {
            add(file, field.line, "the name \(field.value) belongs to the program; choose another")
        }
        return field.value
    }

    private mutating func text(
        _ key: String, of head: FrontMatter, _ file: String, maximum: Int, isRequired: Bool = false
    ) -> String? {
        guard let field = head[key], !field.value.isEmpty else {
            if isRequired { add(file, head[key]?.line ?? 1, "\(key) is missing: add a line \(key): with a text") }
            return nil
        }
        if field.value.utf8.count > maximum {
            add(file, field.line, "\(key) has more than \(maximum) bytes; shorten it")
        }
        return field.value
    }

    private mutating func word(_ key: String, of head: FrontMatter, _ file: String) -> Persona.Kind? {
        guard let field = head[key] else { return nil }
        if let kind = Persona.Kind(rawValue: field.value) { return kind }
        let known = Persona.Kind.allCases.map(\.rawValue).joined(separator: " or ")
        add(file, field.line, "\(key) must be \(known)")
        return nil
    }

    /// No when it is not there.
    private mutating func flag(_ key: String, of head: FrontMatter, _ file: String) -> Bool {
        guard let field = head[key] else { return false }
        if field.value != "yes", field.value != "no" { add(file, field.line, "\(key) must be yes or no") }
        return field.value == "yes"
    }

    private mutating func number(
        _ key: String, of head: FrontMatter, _ file: String, _ range: ClosedRange<Double>
    ) -> Double? {
        guard let field = head[key] else { return nil }
        let isWhole = range.upperBound > 2
        if let value = Double(field.value), range.contains(value), !isWhole || value == value.rounded() { return value }
        let bounds = isWhole ? "\(Int(range.lowerBound)) to \(Int(range.upperBound))" : "0 to 2"
        add(file, field.line, "\(key) must be a \(isWhole ? "whole number" : "number") of \(bounds)")
        return nil
    }

    private mutating func tools(_ head: FrontMatter, _ file: String) -> [ToolName] {
        guard let field = head["tools"] else { return [] }
        var tools: [ToolName] = []
        for word in field.value.split(whereSeparator: { $0 == "," || $0 == " " }) {
            if let tool = ToolName(rawValue: String(word)) {
                if !tools.contains(tool) { tools.append(tool) }
            } else {
                let known = ToolName.allCases.map(\.rawValue).joined(separator: ", ")
                add(file, field.line, "the tool \(word) is not known; there is \(known)")
            }
        }
        return tools
    }

    private static func path(_ path: String, in folder: String) -> String {
        if path.isEmpty { return folder + "/knowledge" }
        return path.hasPrefix("/") ? path : folder + "/" + path
    }

    private static func trimmed(_ text: String) -> String { String(text.trimming(\.isWhitespace)) }
}
