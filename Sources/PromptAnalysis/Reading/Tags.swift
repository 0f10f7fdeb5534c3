extension Inspection {
    /// Where each closing tag stands, by name, from the beginning to the end. Also notes every name of a tag.
    mutating func closingTags() -> [String: [Int]] {
        var closings: [String: [Int]] = [:]
        for position in scalars.indices where scalars[position] == "<" {
            let isClosing = position + 1 < scalars.count && scalars[position + 1] == "/"
            guard let name = tagName(at: position + (isClosing ? 2 : 1)) else { continue }
            tagNames.insert(name.text)
            if isClosing, name.end < scalars.count, scalars[name.end] == ">" {
                closings[name.text, default: []].append(position)
            }
        }
        return closings
    }

    private mutating func tagName(at start: Int) -> (text: String, end: Int)? {
        guard start < scalars.count, scalars[start].isASCIILetter else { return nil }
        var end = start
        while end < min(scalars.count, start + 32), scalars[end].isTokenScalar {
            end += 1
        }
        return (scalars.lowercased(start, end), end)
    }

    /// `<name>…</name>`, its attributes of at most 64 characters. Gives where to read on.
    mutating func tagged(
        at start: Int, isLineStart: Bool, _ closings: [String: [Int]], _ next: inout [String: Int]
    ) -> Int? {
        guard scalars[start] == "<" else { return nil }
        let isClosing = start + 1 < scalars.count && scalars[start + 1] == "/"
        guard let name = tagName(at: start + (isClosing ? 2 : 1)) else { return nil }
        var end = name.end
        while end < min(scalars.count, name.end + 64), scalars[end] != ">" {
            if scalars[end] == "<" || scalars[end].isNewline { return nil }
            end += 1
        }
        guard end < scalars.count, scalars[end] == ">" else { return nil }
        end += 1
        if let label = Label.byTag[name.text], closings[name.text] != nil {
            mark(start, end, .structure)
            if !isClosing { sections.append(Section(property: label, labelStart: start, contentStart: end)) }
            return end
        }
        guard !isClosing else { return nil }
        let places = closings[name.text] ?? []
        var index = next[name.text, default: 0]
        while index < places.count, places[index] < end {
            index += 1
        }
        next[name.text] = index
        if index < places.count {
            let close = places[index] + name.text.unicodeScalars.count + 3
            mark(start, end, .structure)
            mark(end, places[index], .data)
            mark(places[index], close, .structure)
            if tagHoldsBlank(start) { material = .blank }
            if Label.exampleTags.contains(name.text) {
                sections.append(Section(property: .property(.examples), labelStart: start, contentStart: end))
            }
            return close
        }
        if isLineStart, Label.materialTags.contains(name.text), end == scalars.count || scalars[end].isNewline {
            unclosed(start, closing: "\n</\(name.text)>")
            return scalars.count
        }
        return nil
    }
}
