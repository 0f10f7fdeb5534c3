import Chat

/// A Markdown file taken apart into its sections (https://spec.commonmark.org/0.31.2/).
///
/// Sections begin at ATX headings (`## Heading`); a line that begins with `#` inside a fenced code block is code. The heading
/// path says under which headings a section stands. A first heading of level 1 is the document's title and in no path.
struct MarkdownDocument: Equatable {
    struct Section: Equatable {
        var headings: [String]
        /// Plain text, never empty; see `KnowledgeSection.text`.
        var text: String
    }

    /// Why a file is not taken in, or what is left out of it.
    struct Mistake: Error, Equatable {
        /// From 1; nil when it is the whole file's.
        var line: Int?
        var problem: String
    }

    static let maximumSections = 5_000
    static let maximumHeadingBytes = 300
    static let maximumKeywordBytes = 1_000

    var title: String
    var written: String?
    var origin: String?
    var language: String?
    var keywords: String
    var sections: [Section]
    /// What of the head was left out, and why.
    var warnings: [Mistake] = []

    /// - Parameters:
    ///   - text: of the whole file.
    ///   - name: of the file, for a document that names no title.
    ///   - maximumSectionBytes: a longer section is split into several of the same headings.
    /// - Throws: `Mistake` for a head that is none, or more sections than the limit.
    init(_ text: String, name: String, maximumSectionBytes: Int = 65_536) throws(Mistake) {
        let lines = AgentFile.lines(text)
        let head: FrontMatter
        do {
            head = try FrontMatter(lines: lines)
        } catch {
            throw Mistake(line: error.line, problem: error.problem)
        }
        var reader = SectionReader(maximumSectionBytes: maximumSectionBytes)
        for line in lines.dropFirst(head.bodyLine - 1) { reader.take(line) }
        reader.finish()
        guard reader.sections.count <= Self.maximumSections else {
            throw Mistake(
                line: nil, problem: "it has more than \(Self.maximumSections) sections; split it into several files")
        }
        let named = head["title"]?.value ?? ""
        title = Self.cut(named.isEmpty ? reader.title ?? Self.title(fromName: name) : named)
        sections = reader.sections
        keywords = head["keywords"]?.value.cut(toBytes: Self.maximumKeywordBytes) ?? ""
        origin = head["source"].map { Self.cut($0.value) }.flatMap { $0.isEmpty ? nil : $0 }
        if let field = head["date"], !field.value.isEmpty {
            if Self.isDate(field.value) {
                written = field.value
            } else {
                warnings.append(Mistake(line: field.line, problem: "date is left out: write it as YYYY-MM-DD"))
            }
        }
        if let field = head["language"], !field.value.isEmpty {
            let code = field.value.lowercased()
            if (2...3).contains(code.utf8.count), code.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) {
                language = code
            } else {
                warnings.append(
                    Mistake(line: field.line, problem: "language is left out: write an ISO 639 code, as in en"))
            }
        }
    }

    private static func isDate(_ text: String) -> Bool {
        text.utf8.count == 10 && Timestamp(rfc3339: text + "T00:00:00Z") != nil
    }

    /// "proof-of-funds.md" is "Proof of funds".
    private static func title(fromName name: String) -> String {
        var stem = name
        if let dot = stem.lastIndex(of: "."), dot > stem.startIndex { stem = String(stem[..<dot]) }
        let words = stem.split { $0 == "-" || $0 == "_" }.joined(separator: " ")
        guard let first = words.first else { return name }
        return first.uppercased() + words.dropFirst()
    }

    static func cut(_ text: String) -> String { text.cut(toBytes: maximumHeadingBytes) }
}

extension String {
    /// The longest beginning of whole scalars within `limit` bytes.
    func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, UTF8.isContinuation(utf8[end]) { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
