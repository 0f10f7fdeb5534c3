extension Inspection {
    private static let pointingVerbs: Set<String> = Set(
        list(
            "explain, fix, debug, refactor, evaluate, assess, interpret, optimize, optimise, critique, analyze, analyse"
        ))

    /// Judges whether the text that the task works on is there and told from the instructions.
    mutating func judgeMaterial() {
        if case .notNeeded = material, let words = pointsToNothing() { material = .missing(words) }
        switch material {
        case .notNeeded, .present: break
        case .blank: lose(3, of: .completeness)
        case .missing(let pointing):
            lose(5, of: .completeness)
            let tag = freeTag()
            findings.add(
                .missingMaterial, .warning,
                text.span(words[pointing.lowerBound].start, words[pointing.upperBound - 1].end),
                "This points to a text that is not in the prompt.",
                Draft(
                    title: "Make room for the text",
                    rationale:
                        "The model sees only what is in the prompt. Between tags the text is told from your words.",
                    edits: [Edit(span: text.after(contentEnd), replacement: OwnText.material(tag))]))
        case .undelimited(let start, let end):
            lose(3, of: .safety)
            let tag = freeTag()
            // Blanks between the colon and the text give way to a new line.
            var gap = start
            while gap > 0, scalars[gap - 1].isSpace, !scalars[gap - 1].isNewline, regions[gap - 1] == .author {
                gap -= 1
            }
            let isOnOwnLine = gap == 0 || scalars[gap - 1].isNewline
            let opening = Edit(
                span: isOnOwnLine ? text.before(start) : Span(text.after(gap).start, text.before(start).start),
                replacement: isOnOwnLine ? "<\(tag)>\n" : "\n<\(tag)>\n")
            findings.add(
                .undelimitedText, .warning, text.span(start, end),
                "Nothing but a colon tells this text from your instructions. What it says may be taken for one.",
                Draft(
                    title: "Put the text between tags",
                    rationale:
                        "Tags and a line that says what they hold keep a model from following what the text says. "
                        + "Check that they begin and end where the text does.",
                    edits: [
                        opening,
                        Edit(span: text.after(end), replacement: "\n</\(tag)>" + OwnText.guardLine(tag)),
                    ]))
        }
    }

    /// `text`, or where that is a tag in the prompt already, another name that is none.
    private mutating func freeTag() -> String {
        var number = 1
        var name = "text"
        while tagNames.contains(name) {
            number += 1
            name = "text-\(number)"
        }
        return name
    }

    /// "Summarize this." with nothing to summarise: the words that point.
    private func pointsToNothing() -> Range<Int>? {
        guard let task = tasks.first else { return nil }
        let verb = words[task.word].text
        guard Verbs.worksOnMaterial(verb) || Self.pointingVerbs.contains(verb) else { return nil }
        let sentence = sentences[task.sentence]
        if let own = hits.first(where: { isOwnMaterial($0, in: sentence) }) {
            return (own.word - 1)..<(own.word + own.count)
        }
        let object = task.word + 1
        guard sentence.words.contains(object) else {
            return Verbs.worksOnMaterial(verb) && sentences.count == 1 ? task.word..<object : nil
        }
        guard ["this", "these", "it", "that", "them"].contains(words[object].text) else { return nil }
        guard sentence.words.contains(object + 1), joinsNext(object) else {
            return task.sentence == 0 ? object..<(object + 1) : nil
        }
        let isNoun = hits.contains { $0.word == object + 1 && $0.meaning.contains(.materialNoun) }
        if isNoun { return object..<(object + 2) }
        let goesOn = ["into", "to", "in", "for", "and", "as", "with", "please", "by"].contains(words[object + 1].text)
        return task.sentence == 0 && goesOn ? object..<(object + 1) : nil
    }

    /// "my essay", "our code".
    private func isOwnMaterial(_ hit: Hit, in sentence: Sentence) -> Bool {
        hit.meaning.contains(.materialNoun) && sentence.words.contains(hit.word)
            && sentence.words.contains(hit.word - 1)
            && ["my", "our"].contains(words[hit.word - 1].text)
    }
}
