extension Inspection {
    /// Whether a word stands in a sentence that tells what to do. Elsewhere "some" and "good" tell of the world.
    private func instructionWords() -> [Bool] {
        var inside = Array(repeating: false, count: words.count)
        for sentence in sentences where sentence.isInstruction {
            for index in sentence.words { inside[index] = true }
        }
        return inside
    }

    private func phrase(_ hit: Hit) -> String {
        (hit.word..<(hit.word + hit.count)).map { words[$0].text }.joined(separator: " ")
    }

    func span(of hit: Hit) -> Span { text.span(words[hit.word].start, words[hit.word + hit.count - 1].end) }

    /// Judges words that everybody understands otherwise.
    mutating func judgeVagueness() {
        let isInstructing = instructionWords()
        var defined: Set<String> = []
        for hit in hits where words[hit.word].region == .author && isInstructing[hit.word] {
            let last = hit.word + hit.count - 1
            let explained = explanation(after: hit)
            guard explained != .present || hit.meaning.contains(.vagueQuality) else { continue }
            let hasBlank = explained == .blank
            if hit.meaning.contains(.vagueQuantity) {
                lose(hasBlank ? 1 : 2, of: .clarity)
                guard !hasBlank else { continue }
                findings.add(
                    .vagueQuantity, .info, span(of: hit), "“\(phrase(hit))” leaves open how many or how much.",
                    blank(
                        OwnText.quantity, after: words[last].end, "Say how many",
                        "A number can be met and checked; “\(phrase(hit))” cannot."))
            } else if hit.meaning.contains(.openEnd) {
                lose(hasBlank ? 1 : 2, of: .clarity)
                guard !hasBlank else { continue }
                let end = endOfAbbreviation(hit)
                findings.add(
                    .openEnd, .info, text.span(words[hit.word].start, end),
                    "“\(phrase(hit))” leaves it to the model what else is meant.",
                    blank(
                        OwnText.openEnd, after: end, "Say what is meant",
                        "What is not said is guessed, each time differently."))
            } else if hit.meaning.contains(.vagueQuality) {
                judgeQuality(hit, &defined)
            }
        }
    }

    /// Where a phrase ends; "etc." has a full stop of its own.
    private func endOfAbbreviation(_ hit: Hit) -> Int {
        let last = words[hit.word + hit.count - 1]
        let hasStop = ["etc", "cetera"].contains(last.text) && last.end < scalars.count && scalars[last.end] == "."
        return hasStop ? last.end + 1 : last.end
    }

    /// Whether a phrase is explained in round brackets right after it, or a blank waits there: "some (three) birds".
    private func explanation(after hit: Hit) -> Property.State {
        var position = endOfAbbreviation(hit)
        if position < scalars.count, scalars[position] == " " { position += 1 }
        guard position + 1 < scalars.count, scalars[position] == "(" else { return .absent }
        if regions[position + 1] == .blank { return .blank }
        return scalars[position + 1].isWordScalar ? .present : .absent
    }

    private func blank(_ text: String, after end: Int, _ title: String, _ rationale: String) -> Draft {
        Draft(title: title, rationale: rationale, edits: [Edit(span: self.text.after(end), replacement: text)])
    }

    private mutating func judgeQuality(_ hit: Hit, _ defined: inout Set<String>) {
        let word = phrase(hit)
        switch definitions[word] ?? .absent {
        case .present: return
        case .blank:
            lose(1, of: .clarity)
            return
        default: break
        }
        lose(2, of: .clarity)
        let isNew = defined.insert(word).inserted
        findings.add(
            .vagueQuality, .info, span(of: hit), "“\(word)” means something else to everybody.",
            isNew
                ? blank(
                    OwnText.definition(of: word), after: contentEnd, "Say what “\(word)” means here",
                    "With a way to tell, the model can aim at it, and you can check the answer.") : nil)
    }

    /// Judges "it", "this" and the like at the beginning, before anything was named.
    mutating func judgeReference() {
        guard case .notNeeded = material, let first = sentences.first else { return }
        var candidates = [first.words.lowerBound]
        if let task = tasks.first, task.sentence == 0, task.word + 1 < first.words.upperBound {
            candidates.append(task.word + 1)
        }
        for index in candidates where Self.pronouns.contains(words[index].text) && standsAlone(index, in: first) {
            let explained = explanation(after: Hit(word: index, count: 1, meaning: .nothing))
            guard explained != .present else { return }
            let hasBlank = explained == .blank
            lose(hasBlank ? 3 : 6, of: .clarity)
            guard !hasBlank else { return }
            findings.add(
                .unclearReference, .warning, text.span(words[index].start, words[index].end),
                "Nothing before “\(words[index].text)” tells what it stands for.",
                blank(
                    OwnText.reference, after: words[index].end, "Name it",
                    "A model that sees only this prompt cannot know what the word refers to."))
            return
        }
    }

    private static let pronouns: Set<String> = [
        "it", "this", "that", "these", "those", "they", "them", "he", "she", "it's",
    ]
    private static let followers: Set<String> = [
        "is", "are", "was", "were", "should", "must", "can", "could", "will", "would", "to", "into", "in", "for", "and",
        "with", "as", "more", "better", "again", "please", "does", "doesn't", "has", "have", "by", "so", "from", "on",
        "at",
        "up", "or", "but", "isn't", "aren't", "needs", "need", "not", "shorter", "longer", "less", "like", "about",
        "sound",
        "look", "work", "works", "now", "here", "don't", "do", "means", "seems", "looks",
    ]

    /// Whether a word such as "this" stands for something itself, and not before a noun.
    private func standsAlone(_ index: Int, in sentence: Sentence) -> Bool {
        guard sentence.words.contains(index + 1), joinsNext(index) else { return true }
        return Self.followers.contains(words[index + 1].text)
            || ["it", "they", "them", "it's"].contains(words[index].text)
    }
}
