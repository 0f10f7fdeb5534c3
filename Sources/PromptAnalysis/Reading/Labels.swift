import Substrings

extension Inspection {
    /// A label at the beginning of a line: `Format: …`, `## Context`, `**Audience:** …`. Gives where its content begins.
    mutating func label(at start: Int) -> Int? {
        var position = start
        var isHeading = false
        while position < scalars.count, position < start + 8, "#*->_ ".unicodeScalars.contains(scalars[position]) {
            isHeading = isHeading || scalars[position] == "#"
            position += 1
        }
        let nameStart = position
        let limit = min(scalars.count, nameStart + Label.longest)
        while position < limit, scalars[position].isASCIILetter || scalars[position] == " " || scalars[position] == "-"
        {
            position += 1
        }
        let nameEnd = position
        while position < scalars.count, position < nameEnd + 3, scalars[position] == "*" { position += 1 }
        if position < scalars.count, scalars[position] == ":" {
            position += 1
            while position < scalars.count, scalars[position] == "*" { position += 1 }
        } else {
            guard isHeading, position == scalars.count || scalars[position].isNewline else { return nil }
        }
        guard nameEnd > nameStart else { return nil }
        var name = scalars.lowercased(nameStart, nameEnd)
        while name.last == " " { name.removeLast() }
        guard let label = Label.byName[name] else { return nil }
        // Text under such a label is told from the instructions by `findMaterial`, which needs the words.
        if label == .material { return nil }
        mark(start, position, .structure)
        sections.append(Section(property: label, labelStart: start, contentStart: position))
        return position
    }

    /// `Here, "good" means: …`, which says what a vague word is to mean. Gives where the meaning begins.
    mutating func definition(at start: Int) -> Int? {
        guard scalars.has(OwnText.definitionStart, at: start) else { return nil }
        let wordStart = start + OwnText.definitionStart.count
        var wordEnd = wordStart
        while wordEnd < min(scalars.count, wordStart + 32), scalars[wordEnd].isWordScalar || scalars[wordEnd] == " " {
            wordEnd += 1
        }
        guard scalars.has(OwnText.definitionEnd, at: wordEnd) else { return nil }
        let end = wordEnd + OwnText.definitionEnd.count
        mark(start, end, .structure)
        definitions[scalars.lowercased(wordStart, wordEnd)] = state(ofContentFrom: end, to: lineEnd(end))
        sections.append(Section(property: .other, labelStart: start, contentStart: end))
        return end
    }

    /// Finds out what the sections hold, and which lines are the halves of examples.
    mutating func readSections() {
        let questions = sections.filter { $0.property == .exampleQuestion }
        let answers = sections.filter { $0.property == .exampleAnswer || $0.property == .property(.format) }
        let hasExamples = !questions.isEmpty && !answers.isEmpty
        for index in sections.indices {
            let end = index + 1 < sections.count ? sections[index + 1].labelStart : scalars.count
            sections[index].state = state(ofContentFrom: sections[index].contentStart, to: end)
            let isHalf =
                [.exampleQuestion, .exampleAnswer].contains(sections[index].property)
                || (sections[index].property == .property(.format) && isNamedOutput(sections[index]))
            if hasExamples, isHalf {
                mark(sections[index].contentStart, lineEnd(sections[index].contentStart), .data)
                sections[index].property = .property(.examples)
            }
        }
    }

    private func isNamedOutput(_ section: Section) -> Bool {
        scalars.lowercased(section.labelStart, section.contentStart).contains("output:")
    }

    /// Whether a section's first paragraph holds text, or only blanks.
    private mutating func state(ofContentFrom start: Int, to end: Int) -> Property.State {
        var state = Property.State.absent
        var newlines = 0
        for position in start..<max(start, end) {
            let scalar = scalars[position]
            if scalar == "\n" {
                newlines += 1
                if newlines > 1, state != .absent { break }
            } else if !scalar.isSpace {
                newlines = 0
                if regions[position] == .blank {
                    state = .blank
                } else if ![.structure, .secret].contains(regions[position]),
                    scalar.isWordScalar || regions[position] == .placeholder
                {
                    return .present
                }
            }
        }
        return state
    }
}
