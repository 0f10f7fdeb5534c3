extension Inspection {
    /// Finds what stands between delimiters: fenced, between tags, quoted; labels; placeholders.
    mutating func findRegions() {
        let closings = closingTags()
        var nextClosing: [String: Int] = [:]
        var position = 0
        var isLineStart = true
        // Up to here a closing quotation mark was looked for in vain.
        var noCloser: [Unicode.Scalar: Int] = [:]
        while position < scalars.count {
            let scalar = scalars[position]
            guard regions[position] == .author else {
                if !scalar.isSpace { isLineStart = false }
                position += 1
                continue
            }
            if isLineStart, let end = lineConstruct(at: position) {
                position = end
                isLineStart = position > 0 && scalars[position - 1].isNewline
                continue
            }
            if let end = tripleQuoted(at: position)
                ?? tagged(at: position, isLineStart: isLineStart, closings, &nextClosing)
                ?? placeholder(at: position) ?? quoted(at: position, &noCloser)
            {
                position = end
                isLineStart = false
            } else {
                if scalar.isNewline { isLineStart = true } else if !scalar.isSpace { isLineStart = false }
                position += 1
            }
        }
    }

    /// Code fences, lines quoted with `>`, the line that our own tags come with, labels.
    private mutating func lineConstruct(at position: Int) -> Int? {
        let scalar = scalars[position]
        if scalar == "`" || scalar == "~", position + 2 < scalars.count, scalars[position + 1] == scalar,
            scalars[position + 2] == scalar
        {
            return fenced(at: position, by: scalar)
        }
        if scalar == ">" {
            let end = lineEnd(position)
            mark(position, end, .data)
            return end
        }
        if scalar == "W", scalars.has(Sign.guardStart, at: position) {
            let end = lineEnd(position)
            mark(position, end, .structure)
            return end
        }
        return definition(at: position) ?? label(at: position)
    }

    func lineEnd(_ position: Int) -> Int {
        var end = position
        while end < scalars.count, !scalars[end].isNewline { end += 1 }
        return end
    }

    private mutating func fenced(at start: Int, by sign: Unicode.Scalar) -> Int {
        var position = lineEnd(start)
        while position < scalars.count {
            position += 1
            if scalars.has([sign, sign, sign], at: position), regions[position] == .author {
                let end = lineEnd(position)
                mark(start, end, .data)
                return end
            }
            position = lineEnd(position)
        }
        unclosed(start, closing: "\n" + String(repeating: String(sign), count: 3))
        return scalars.count
    }

    private mutating func tripleQuoted(at start: Int) -> Int? {
        let sign = scalars[start]
        guard sign == "\"" || sign == "'", scalars.has([sign, sign, sign], at: start) else { return nil }
        var position = start + 3
        while position < scalars.count {
            if scalars.has([sign, sign, sign], at: position) {
                mark(start, position + 3, .data)
                return position + 3
            }
            position += 1
        }
        unclosed(start, closing: "\n" + String(repeating: String(sign), count: 3))
        return scalars.count
    }

    /// What is opened and never closed holds all the rest.
    mutating func unclosed(_ start: Int, closing: String) {
        mark(start, scalars.count, .data)
        lose(2, of: .safety)
        let sign = String(closing.drop { $0 == "\n" })
        findings.add(
            .unclosedDelimiter, .warning, text.span(start, contentEnd),
            "What begins here is never closed; all that follows counts as part of it.",
            Draft(
                title: "Close the delimiter",
                rationale: "With \(sign) at its end the model sees where the material ends and the instructions go on.",
                edits: [Edit(span: text.after(contentEnd), replacement: closing)]))
    }

    /// Text in quotation marks or backticks on one line.
    private mutating func quoted(at start: Int, _ noCloser: inout [Unicode.Scalar: Int]) -> Int? {
        let closer: Unicode.Scalar
        switch scalars[start] {
        case "\"", "`": closer = scalars[start]
        case "\u{201C}", "\u{201E}": closer = "\u{201D}"
        case "\u{AB}": closer = "\u{BB}"
        default: return nil
        }
        guard noCloser[closer, default: 0] <= start else { return nil }
        var end = start + 1
        while end < scalars.count, !scalars[end].isNewline, scalars[end] != closer {
            end += 1
        }
        guard end < scalars.count, scalars[end] == closer else {
            noCloser[closer] = end
            return nil
        }
        mark(start, end + 1, .data)
        return end + 1
    }
}
