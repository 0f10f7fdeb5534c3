// Takes a prompt apart: regions, sentences, labels, marks, material.

extension Inspection {
    /// Words before a colon after which rules or a list of the author's follow, not material.
    private static let authorsLists: Set<String> = [
        "rules", "requirements", "constraints", "guidelines", "steps", "criteria", "instructions", "points", "format",
        "conditions", "structure", "schema", "topics", "sections", "categories", "labels", "questions", "options",
        "fields",
        "columns", "example", "examples", "things", "aspects", "headings", "classes", "values", "keys",
    ]

    /// Finds the text that the task works on where no delimiters tell it: what follows a colon after "Summarize" or
    /// "the following article".
    mutating func findMaterial() {
        /// Where the clause's verb is, if it is an instruction.
        var verb = 0
        var hasVerb = false
        var hasNoun = false
        var hasPointer = false
        var wordsInClause = 0
        var pointing: Range<Int>?
        var nextHit = 0
        for index in words.indices {
            guard words[index].region == .author else {
                if words[index].region == .data { material = .present }
                continue
            }
            if index == 0 || !before(index).isDisjoint(with: [.stop, .question, .paragraph, .bullet, .gap]) {
                (hasVerb, hasNoun, hasPointer, wordsInClause) = (false, false, false, 0)
                verb = skippingPoliteness(index)
            }
            wordsInClause += 1
            if index == verb, Verbs.worksOnMaterial(words[index].text) { hasVerb = true }
            while nextHit < hits.count, hits[nextHit].word < index { nextHit += 1 }
            if nextHit < hits.count, hits[nextHit].word == index {
                let hit = hits[nextHit]
                if hit.meaning.contains(.materialNoun) { hasNoun = true }
                if hit.meaning.contains(.pointer) { hasPointer = true }
                if hasNoun, hasPointer, pointing == nil, !hit.meaning.isDisjoint(with: [.materialNoun, .pointer]) {
                    pointing = index..<(index + hit.count)
                }
            }
            guard words[index].after.contains(.colon), let colon = colon(after: index) else { continue }
            let isLabel = wordsInClause == 1 && hasNoun && startsLine(index)
            let isCue = (hasVerb || (hasNoun && hasPointer) || isLabel) && !announcesList(index)
            if isCue, takeMaterial(after: colon + 1, pointing: index) { break }
        }
        if case .notNeeded = material, let pointing { material = .missing(pointing) }
        if case .missing = material, words.contains(where: { $0.region == .data }) { material = .present }
    }

    /// Whether a list of the author's follows: "these rules:", but not "in five bullet points:".
    private func announcesList(_ index: Int) -> Bool {
        guard Self.authorsLists.contains(words[index].text) else { return false }
        guard index > 0, joinsNext(index - 1) else { return true }
        return words[index - 1].text != "bullet" && !isNumber(index - 1)
    }

    private func startsLine(_ index: Int) -> Bool {
        index == 0 || !before(index).isDisjoint(with: [.newline, .paragraph])
    }

    private func colon(after index: Int) -> Int? {
        let end = index + 1 < words.count ? words[index + 1].start : scalars.count
        return (words[index].end..<min(end, words[index].end + 8)).first {
            scalars[$0] == ":" || scalars[$0] == "\u{FF1A}"
        }
    }

    /// Takes what follows as material. False when the author's own words follow.
    private mutating func takeMaterial(after position: Int, pointing index: Int) -> Bool {
        var start = position
        while start < scalars.count, scalars[start].isSpace {
            start += 1
        }
        guard start < scalars.count else {
            material = .missing(index..<(index + 1))
            return true
        }
        switch regions[start] {
        case .data:
            material = .present
            return true
        case .blank:
            material = .blank
            return true
        case .structure where isListMark(start): break
        case .structure, .placeholder:
            // A tag with material in it, a label of the author's, or something that a program fills in.
            if tagHoldsBlank(start) { material = .blank } else { material = .present }
            return !hasSection(labelledAt: start)
        case .author, .material, .secret:
            break
        }
        let end = materialEnd(start)
        guard end > start else { return false }
        mark(start, end, .material, over: [.author, .data])
        for index in words.indices where words[index].start >= start && words[index].start < end {
            words[index].region = .material
        }
        // Labels in the material are the material's.
        sections.removeAll { $0.labelStart >= start && $0.labelStart < end }
        material = .undelimited(start: start, end: end)
        return true
    }

    /// Whether a section's label begins there. A search by halves: there may be as many labels as places that are asked about.
    private func hasSection(labelledAt start: Int) -> Bool {
        var (low, high) = (0, sections.count)
        while low < high {
            let middle = (low + high) / 2
            if sections[middle].labelStart < start { low = middle + 1 } else { high = middle }
        }
        return low < sections.count && sections[low].labelStart == start
    }

    private func isListMark(_ position: Int) -> Bool {
        scalars[position].isASCIIDigit || scalars[position].isASCIILetter
            || "-*+\u{2022}".unicodeScalars.contains(scalars[position])
    }

    func tagHoldsBlank(_ start: Int) -> Bool {
        var position = start
        while position < scalars.count, regions[position] == .structure || scalars[position].isSpace { position += 1 }
        return position < scalars.count && regions[position] == .blank
    }

    /// Material goes on to the end, or to a section of the author's, or to a last paragraph that is an instruction.
    private mutating func materialEnd(_ start: Int) -> Int {
        var end = contentEnd
        for section in sections where section.labelStart > start {
            if isAfterEmptyLine(section.labelStart) {
                end = section.labelStart
                break
            }
        }
        while end > start, scalars[end - 1].isSpace { end -= 1 }
        if let last = lastParagraph(start, end), isInstruction(from: last, to: end) {
            end = last
            while end > start, scalars[end - 1].isSpace { end -= 1 }
        }
        return end
    }

    private func isAfterEmptyLine(_ position: Int) -> Bool {
        var newlines = 0
        var position = position - 1
        while position >= 0, scalars[position].isSpace {
            if scalars[position] == "\n" { newlines += 1 }
            if newlines > 1 { return true }
            position -= 1
        }
        return false
    }

    private mutating func lastParagraph(_ start: Int, _ end: Int) -> Int? {
        var position = end - 1
        while position > start {
            if scalars[position] == "\n", isAfterEmptyLine(position + 1) { return position + 1 }
            position -= 1
        }
        return nil
    }

    /// Whether a paragraph begins like an instruction, is no longer than 60 words, and does not try to override others.
    private mutating func isInstruction(from start: Int, to end: Int) -> Bool {
        let inside = words.indices.filter { words[$0].start >= start && words[$0].start < end }
        guard let first = inside.first, let last = inside.last, inside.count <= 60 else { return false }
        if hits.contains(where: { $0.meaning.contains(.override) && $0.word >= first && $0.word <= last }) {
            return false
        }
        let word = words[skippingPoliteness(first)].text
        return Verbs.tasks[word] != nil || Verbs.manner.contains(word) && word != "do" && word != "be"
    }

    /// The first word that is not a politeness or a connection before an instruction.
    mutating func skippingPoliteness(_ index: Int) -> Int {
        var index = index
        for _ in 0..<6 {
            guard let phrase = longestPhrase(of: Verbs.politeness, at: index), index + phrase.count < words.count else {
                break
            }
            index += phrase.count
        }
        return index
    }
}
