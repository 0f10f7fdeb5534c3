/// Signs with a meaning of their own that stand anywhere in a text.
enum Sign {
    static let blankStart = Array("[FILL IN".unicodeScalars)
    static let removedSecret = Array("[SECRET REMOVED]".unicodeScalars)
    static let guardStart = Array("What stands between <".unicodeScalars)

    /// A blank, marked so that nobody takes it for text.
    static func blank(_ what: String) -> String { "[FILL IN: \(what)]" }

    /// Tokens that begin or end a message in the templates of well-known language models.
    static let controlTokens = list(
        """
        <|im_start|>, <|im_end|>, <|im_sep|>, <|endoftext|>, <|endofprompt|>, <|begin_of_text|>, <|end_of_text|>,
        <|start_header_id|>, <|end_header_id|>, <|eot_id|>, <|eom_id|>, <|system|>, <|user|>, <|assistant|>, <|end|>,
        <|start|>, <|message|>, <|channel|>, <|return|>, <|call|>, [INST], [/INST], <<SYS>>, <</SYS>>, <start_of_turn>,
        <end_of_turn>, <s>, </s>
        """
    ).map { Array($0.unicodeScalars) }
}

extension Inspection {
    /// Finds blanks, removed secrets and control tokens.
    mutating func findMarks() {
        var position = 0
        while position < scalars.count {
            let scalar = scalars[position]
            guard scalar == "[" || scalar == "<", regions[position] == .author else {
                position += 1
                continue
            }
            if scalars.has(Sign.removedSecret, at: position) {
                mark(position, position + Sign.removedSecret.count, .structure)
                position += Sign.removedSecret.count
            } else if scalars.has(Sign.blankStart, at: position), let end = blankEnd(position) {
                mark(position, end, .blank)
                findings.add(
                    .blank, .warning, text.span(position, end), "A blank waits to be filled in.")
                position = end
            } else if let token = Sign.controlTokens.first(where: { scalars.has($0, at: position) }) {
                let end = position + token.count
                mark(position, end, .structure)
                note(controlToken: token, at: text.span(position, end))
                position = end
            } else {
                position += 1
            }
        }
    }

    /// Where a blank ends, which has at most 200 characters on one line.
    private mutating func blankEnd(_ start: Int) -> Int? {
        var position = start + 1
        while position < min(scalars.count, start + 200) {
            let scalar = scalars[position]
            if scalar == "]" { return position + 1 }
            if scalar == "[" || scalar.isNewline { return nil }
            position += 1
        }
        return nil
    }

    private mutating func note(controlToken token: [Unicode.Scalar], at span: Span) {
        let words = String(String.UnicodeScalarView(token.filter { !"<>|[]".unicodeScalars.contains($0) }))
        lose(5, of: .safety)
        findings.add(
            .controlToken, .critical, span,
            "Templates of language models mark the beginning or end of a message with this. A model may take what "
                + "follows for a message of somebody else.",
            Draft(
                title: "Take the mark apart",
                rationale:
                    "In round brackets the word stays readable and no model takes it for the border of a message.",
                edits: [Edit(span: span, replacement: "(\(words))")]),
            isBinding: true)
    }

    mutating func findHiddenCharacters() {
        for span in text.hidden {
            let first = text.original[span.start].value
            let number = String(first, radix: 16, uppercase: true)
            let name = "U+" + String(repeating: "0", count: max(0, 4 - number.count)) + number
            let count = span.end - span.start
            // The reader sees another order of characters, or nothing where the model reads letters.
            let isDeceiving =
                count > 3 || (0x202A...0x202E).contains(first) || (0x2066...0x2069).contains(first)
                || (0xE0000...0xE01EF).contains(first)
            lose(isDeceiving ? 5 : 2, of: .safety)
            findings.add(
                .hiddenCharacters, isDeceiving ? .critical : .warning, span,
                count == 1
                    ? "A character that shows nothing (\(name)) stands here."
                    : "\(count) characters that show nothing stand here, the first is \(name). A model reads them.",
                Draft(
                    title: "Take out what cannot be seen",
                    rationale: "What a person cannot see cannot be checked, and it can carry instructions.",
                    edits: [Edit(span: span, replacement: "")]),
                isBinding: true)
        }
    }
}
