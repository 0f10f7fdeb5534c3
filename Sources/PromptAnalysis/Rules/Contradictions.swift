// The rules: each looks for one kind of thing that a model is left to guess.

extension Inspection {
    private static let opposites: [(Meaning, Meaning)] = [
        (.brief, .detailed), (.formal, .casual), (.bare, .explained), (.listed, .unlisted),
    ]

    /// Judges wishes that cannot both be met, such as "briefly" and "in detail".
    mutating func judgeContradictions() {
        let priority = sections.last { $0.property == .priority }?.state ?? .absent
        for (one, other) in Self.opposites {
            guard let first = wish(one), let second = wish(other, notBefore: first.word), isAboutTheSame(first, second)
            else { continue }
            switch priority {
            case .present: continue
            case .blank:
                lose(2, of: .clarity)
                continue
            default: lose(4, of: .clarity)
            }
            let (earlier, later) = first.word < second.word ? (first, second) : (second, first)
            let names = (words(of: earlier), words(of: later))
            findings.add(
                .contradiction, .warning, span(of: later),
                "“\(names.1)” and the earlier “\(names.0)” cannot both be met.",
                Draft(
                    title: "Say which one counts",
                    rationale: "Between two wishes that exclude each other a model picks one, and not always the same.",
                    edits: [Edit(span: text.after(contentEnd), replacement: OwnText.priority(names.0, names.1))]))
        }
    }

    private func words(of hit: Hit) -> String {
        (hit.word..<(hit.word + hit.count)).map { words[$0].text }.joined(separator: " ")
    }

    /// The first wish of a meaning by the author.
    private mutating func wish(_ meaning: Meaning, notBefore other: Int? = nil) -> Hit? {
        for hit in hits where hit.meaning.contains(meaning) && words[hit.word].region == .author && !hit.isNegated {
            if hit.word != other { return hit }
        }
        return nil
    }

    /// "A brief introduction and a detailed analysis" are about two things and do not contradict each other.
    private func isAboutTheSame(_ first: Hit, _ second: Hit) -> Bool {
        guard let one = noun(after: first), let other = noun(after: second) else { return true }
        return one == other
    }

    private static let noNouns: Set<String> = [
        "and", "but", "yet", "or", "please", "as", "in", "with", "so", "to", "for", "on",
    ]

    private func noun(after hit: Hit) -> String? {
        let last = hit.word + hit.count - 1
        guard joinsNext(last), !Self.noNouns.contains(words[last + 1].text) else { return nil }
        return words[last + 1].text
    }

    /// Judges prompts that say only what not to do.
    mutating func judgeNegatives() {
        var firstNegative: Int?
        var hasPositive = false
        var hitIndex = 0
        let taskSentences = Set(tasks.map(\.sentence))
        for index in sentences.indices {
            let sentence = sentences[index]
            var negative = false
            var positive = false
            while hitIndex < hits.count, hits[hitIndex].word < sentence.words.upperBound {
                let hit = hits[hitIndex]
                hitIndex += 1
                guard hit.word >= sentence.words.lowerBound else { continue }
                if hit.meaning.contains(.negative) { negative = true }
                if !hit.isNegated, !hit.meaning.isDisjoint(with: [.constraint, .unit]) { positive = true }
            }
            let isTask = taskSentences.contains(index)
            let begins = words[skippingPoliteness(sentence.words.lowerBound)].text
            sentences[index].isNegative =
                negative && ["don't", "do", "never", "avoid", "dont", "no", "you"].contains(begins) && !isTask
            if sentences[index].isNegative {
                if firstNegative == nil { firstNegative = index }
            } else if positive || (sentence.isInstruction && !isTask) {
                hasPositive = true
            }
        }
        guard let firstNegative, !hasPositive else { return }
        let state = sections.last { $0.property == .instead }?.state ?? .absent
        let filled = sections.contains { $0.property == .property(.constraints) && $0.state == .present }
        guard state != .present, !filled else { return }
        lose(state == .blank ? 1 : 2, of: .clarity)
        guard state != .blank else { return }
        findings.add(
            .negativeOnly, .info, span(of: sentences[firstNegative]),
            "The only limits here say what not to do.",
            Draft(
                title: "Say what to do instead",
                rationale: "What is ruled out leaves everything else open; a wish in positive words can be followed.",
                edits: [Edit(span: text.after(contentEnd), replacement: OwnText.instead)]))
    }
}
