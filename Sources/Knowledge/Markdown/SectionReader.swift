/// Reads the lines of a Markdown file and cuts it at its headings.
struct SectionReader {
    private(set) var title: String?
    private(set) var sections: [MarkdownDocument.Section] = []

    private let maximumSectionBytes: Int
    private var path: [(level: Int, text: String)] = []
    private var hasHeading = false
    private var text = PlainText()
    private var fence: Fence?
    private var isInComment = false

    /// An open fenced code block.
    private struct Fence {
        var sign: UInt8
        var length: Int
    }

    init(maximumSectionBytes: Int) {
        self.maximumSectionBytes = max(64, maximumSectionBytes)
    }

    mutating func take(_ line: Substring) {
        let bytes = Array(line.utf8)
        let indent = bytes.prefix { $0 == 0x20 }.count
        if let fence {
            // A closing fence is at least as long and has nothing behind it.
            if indent <= 3, let run = Self.run(in: bytes, from: indent, of: fence.sign), run.length >= fence.length,
                bytes[run.end...].allSatisfy({ $0 == 0x20 || $0 == 0x09 })
            {
                self.fence = nil
            } else {
                text.code(line)
            }
            return
        }
        let visible = withoutComments(line)
        // A line that was nothing but a comment is no paragraph's end.
        if visible.isEmpty, !bytes.isEmpty { return }
        let shown = Array(visible.utf8)
        let lead = shown.prefix { $0 == 0x20 }.count
        if lead <= 3 {
            for sign in [UInt8(ascii: "`"), UInt8(ascii: "~")] {
                guard let run = Self.run(in: shown, from: lead, of: sign), run.length >= 3 else { continue }
                // A line such as ```a``` is text in code signs.
                if sign == UInt8(ascii: "`"), shown[run.end...].contains(sign) { continue }
                fence = Fence(sign: sign, length: run.length)
                text.paragraphEnds()
                return
            }
            if let heading = Self.heading(shown, from: lead) { return begin(heading) }
        }
        text.line(visible)
    }

    mutating func finish() {
        closeSection()
    }

    private mutating func begin(_ heading: (level: Int, text: String)) {
        closeSection()
        defer { hasHeading = true }
        let name = MarkdownDocument.cut(InlineText.plain(heading.text))
        if !hasHeading, heading.level == 1 {
            title = name.isEmpty ? nil : name
            return
        }
        path.removeAll { $0.level >= heading.level }
        if !name.isEmpty { path.append((heading.level, name)) }
    }

    private mutating func closeSection() {
        let whole = text.take()
        // One more than allowed is enough to know that there are too many.
        guard !whole.isEmpty, sections.count <= MarkdownDocument.maximumSections else { return }
        let headings = path.map(\.text)
        for part in Self.parts(of: whole, maximumBytes: maximumSectionBytes) {
            sections.append(MarkdownDocument.Section(headings: headings, text: part))
        }
    }

    /// Cuts after a paragraph, else after a line or a word, else anywhere between scalars.
    static func parts(of text: String, maximumBytes: Int) -> [String] {
        guard text.utf8.count > maximumBytes else { return [text] }
        let bytes = Array(text.utf8)
        var parts: [String] = []
        var start = 0
        while start < bytes.count {
            var end = min(start + maximumBytes, bytes.count)
            if end < bytes.count {
                let window = bytes[(start + maximumBytes / 2)..<end]
                let paragraph = window.indices.dropLast().last { window[$0] == 0x0A && window[$0 + 1] == 0x0A }
                if let cut = paragraph ?? window.lastIndex(of: 0x0A) ?? window.lastIndex(of: 0x20) {
                    end = cut
                } else {
                    while end > start + 1, UTF8.isContinuation(bytes[end]) { end -= 1 }
                }
            }
            let part = String(decoding: bytes[start..<end], as: UTF8.self)
            if part.utf8.contains(where: { $0 != 0x0A && $0 != 0x20 }) { parts.append(part) }
            start = end
            while start < bytes.count, bytes[start] == 0x0A || bytes[start] == 0x20 { start += 1 }
        }
        return parts
    }

    /// The text of a line without `<!-- … -->`, which may go over several lines.
    private mutating func withoutComments(_ line: Substring) -> Substring {
        guard isInComment || line.contains("<") else { return line }
        var rest = Array(line.utf8)[...]
        var visible: [UInt8] = []
        while !rest.isEmpty {
            let mark = Array((isInComment ? "-->" : "<!--").utf8)
            guard let found = rest.indices.first(where: { rest[$0...].starts(with: mark) }) else {
                if !isInComment { visible += rest }
                break
            }
            if !isInComment { visible += rest[..<found] }
            rest = rest[(found + mark.count)...]
            isInComment.toggle()
        }
        return Substring(String(decoding: visible, as: UTF8.self))
    }

    private static func run(in bytes: [UInt8], from start: Int, of sign: UInt8) -> (length: Int, end: Int)? {
        var end = start
        while end < bytes.count, bytes[end] == sign { end += 1 }
        return end > start ? (end - start, end) : nil
    }

    private static func heading(_ bytes: [UInt8], from start: Int) -> (level: Int, text: String)? {
        let hash = UInt8(ascii: "#")
        guard let run = run(in: bytes, from: start, of: hash), run.length <= 6 else { return nil }
        func isGap(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        guard run.end == bytes.count || isGap(bytes[run.end]) else { return nil }
        var text = bytes[run.end...]
        while let last = text.last, isGap(last) { text.removeLast() }
        // Closing signs belong to the heading only after a gap.
        let closing = text.reversed().prefix { $0 == hash }.count
        if closing > 0, closing == text.count || isGap(text[text.endIndex - closing - 1]) { text.removeLast(closing) }
        while let last = text.last, isGap(last) { text.removeLast() }
        while let first = text.first, isGap(first) { text.removeFirst() }
        return (run.length, String(decoding: text, as: UTF8.self))
    }
}
