/// Words that begin what stands in brackets to be replaced.
enum PlaceholderWords {
    static let first: Set<String> = [
        "your", "insert", "enter", "add", "paste", "name", "topic", "company", "product", "date", "title", "subject",
        "number", "text", "describe", "specify", "put", "type", "fill", "recipient", "author", "brand", "audience",
        "industry", "goal", "location", "city", "country", "language", "keyword", "keywords", "job", "role",
    ]
    static let longest = 64
}

extension Inspection {
    /// `{{name}}`, `${name}`, `{name}`, `[your text]`, `<insert name>`, `____`. Gives its end.
    mutating func placeholder(at start: Int) -> Int? {
        let found: Int?
        switch scalars[start] {
        case "{": found = braces(at: start)
        case "$": found = start + 1 < scalars.count && scalars[start + 1] == "{" ? braces(at: start + 1) : nil
        case "[": found = bracketed(at: start, by: "]")
        case "<": found = bracketed(at: start, by: ">")
        case "_":
            var end = start
            while end < scalars.count, scalars[end] == "_" { end += 1 }
            if end - start < 3 {
                // Not looked at again: a sign of emphasis, or within a name.
                return end
            }
            found = end
        default: found = nil
        }
        guard let end = found else { return nil }
        mark(start, end, .placeholder)
        note(placeholder: text.span(start, end))
        return end
    }

    mutating func note(placeholder span: Span) {
        if !findings.contains(.placeholder) { lose(5, of: .completeness) }
        findings.add(
            .placeholder, .warning, span,
            "A placeholder is still here. If no program fills it in before the prompt is sent, the model reads the placeholder itself."
        )
    }

    private mutating func braces(at start: Int) -> Int? {
        var position = start
        while position < scalars.count, position < start + 3, scalars[position] == "{" { position += 1 }
        let depth = position - start
        let nameStart = position
        while position < min(scalars.count, nameStart + PlaceholderWords.longest) {
            let scalar = scalars[position]
            guard scalar.isTokenScalar || (depth > 1 && (scalar == " " || scalar == "|")) else { break }
            position += 1
        }
        guard position > nameStart, scalars.has(Array(repeating: "}", count: depth), at: position),
            scalars[nameStart..<position].contains(where: { $0.isASCIILetter })
        else { return nil }
        return position + depth
    }

    private mutating func bracketed(at start: Int, by closer: Unicode.Scalar) -> Int? {
        var position = start + 1
        let limit = min(scalars.count, start + PlaceholderWords.longest)
        while position < limit, scalars[position] != closer {
            let scalar = scalars[position]
            if scalar == "[" || scalar == "<" || scalar.isNewline { return nil }
            position += 1
        }
        guard position < limit, position > start + 1 else { return nil }
        // A link of Markdown, [name](address).
        if closer == "]", position + 1 < scalars.count, scalars[position + 1] == "(" { return nil }
        let content = scalars[(start + 1)..<position]
        let words = scalars.lowercased(start + 1, position).split { $0 == " " || $0 == "_" }
        guard let first = words.first, let last = words.last else { return nil }
        let letters = content.filter(\.isASCIILetter)
        let isCapitals =
            letters.count > 2 && letters.allSatisfy(\.isASCIIUppercase)
            && content.allSatisfy { $0.isASCIILetter || $0 == " " || $0 == "_" }
        let isPhrase = PlaceholderWords.first.contains(String(first)) || last == "here"
        // `<name>` is as likely a tag; two words and more are not.
        let isEnough = closer == "]" || words.count > 1 || isCapitals
        return (isPhrase || isCapitals) && isEnough ? position + 1 : nil
    }
}
