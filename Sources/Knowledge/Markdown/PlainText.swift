import Substrings

/// Puts a section's lines together to plain text: a paragraph is one line, items of a list have a line each.
struct PlainText {
    private var done: [UInt8] = []
    private var open: [UInt8] = []
    private var wasBlank = false

    /// A line of Markdown outside of code.
    mutating func line(_ line: Substring) {
        var text = Self.trimmed(line)
        while text.first == ">" { text = Self.trimmed(text.dropFirst()) }
        if text.isEmpty {
            paragraphEnds()
            return
        }
        if Self.isRule(text) { return paragraphEnds() }
        if text.first == "|" || Self.isTableRule(text) { return row(text) }
        if let item = Self.item(text) {
            closeLine()
            append(item.mark + InlineText.plain(item.text))
        } else {
            append(InlineText.plain(String(text)))
        }
    }

    /// A line of a code block, which is kept as it is.
    mutating func code(_ line: Substring) {
        closeLine()
        open = Array(InlineText.withoutControls(String(line)).utf8)
        if open.isEmpty { return }
        closeLine()
    }

    mutating func paragraphEnds() {
        closeLine()
        wasBlank = true
    }

    /// The text so far; begins a new one.
    mutating func take() -> String {
        closeLine()
        defer {
            done.removeAll()
            wasBlank = false
        }
        return String(decoding: done, as: UTF8.self)
    }

    private mutating func append(_ text: String) {
        if text.isEmpty { return }
        if !open.isEmpty { open.append(0x20) }
        open += text.utf8
    }

    private mutating func closeLine() {
        guard !open.isEmpty else { return }
        if !done.isEmpty { done += wasBlank ? [0x0A, 0x0A] : [0x0A] }
        done += open
        open.removeAll()
        wasBlank = false
    }

    private mutating func row(_ text: Substring) {
        if Self.isTableRule(text) { return }
        closeLine()
        let cells = text.split(separator: "|").map { InlineText.plain(String(Self.trimmed($0))) }
        append(cells.filter { !$0.isEmpty }.joined(separator: " | "))
        closeLine()
    }

    private static func trimmed(_ text: Substring) -> Substring { text.trimming { $0 == " " || $0 == "\t" } }

    /// `---`, `***`, `___`, and the line under a heading of the other kind.
    private static func isRule(_ text: Substring) -> Bool {
        guard let sign = text.first, "-*_=".contains(sign), text.count >= 3 else { return false }
        return text.allSatisfy { $0 == sign || $0 == " " }
    }

    private static func isTableRule(_ text: Substring) -> Bool {
        text.contains("|") && text.contains("-") && text.allSatisfy { "|-: ".contains($0) }
    }

    private static func item(_ text: Substring) -> (mark: String, text: String)? {
        guard let first = text.first else { return nil }
        if "-*+".contains(first), text.dropFirst().first == " " {
            return ("- ", String(trimmed(text.dropFirst(2))))
        }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard (1...3).contains(digits.count) else { return nil }
        let rest = text[digits.endIndex...]
        guard let sign = rest.first, sign == "." || sign == ")", rest.dropFirst().first == " " else { return nil }
        return (digits + ". ", String(trimmed(rest.dropFirst(2))))
    }
}
