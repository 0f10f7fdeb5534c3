extension Inspection {
    /// Below this many of the author's words an instruction leaves nearly everything open.
    private static let fewestWords = 5
    private static let mostTokens = 3_000

    /// About how many tokens a model counts: a quarter of the ASCII characters, one for each ideograph and the like, half of
    /// the others. Tokenizers differ by some tens of percent.
    var estimatedTokens: Int {
        var quarters = 0
        for scalar in text.original {
            quarters += scalar.value < 0x80 ? 1 : scalar.value < 0x2E80 ? 2 : 4
        }
        return (quarters + 3) / 4
    }

    mutating func judgeLength() {
        if estimatedTokens > Self.mostTokens {
            findings.add(
                .veryLong, .info, text.whole,
                "About \(estimatedTokens) tokens. Models follow instructions less well in the middle of long prompts: keep them at "
                    + "the beginning or the end.")
        }
        guard isEnglish else {
            if estimatedTokens < 3 { findings.add(.tooShort, .info, text.whole, "This is very short.") }
            return
        }
        let own = words.lazy.filter { $0.region == .author }.prefix(Self.fewestWords).count
        let isQuestion = tasks.contains { $0.sort == .question || $0.sort == .explanation }
        guard own < (isQuestion ? 3 : Self.fewestWords), tasks.isEmpty || material.isAbsent else { return }
        lose(10, of: .task)
        findings.add(
            .tooShort, .warning, text.whole,
            own == 0
                ? "There are no words here."
                : "\(own) \(own == 1 ? "word leaves" : "words leave") nearly everything open.")
    }

    /// Judges whether context, audience, format, constraints and examples are there, as far as the task needs them.
    mutating func judgeProperties() {
        for hit in hits where words[hit.word].region == .author { note(hit) }
        if sentences.contains(where: { !$0.isInstruction && $0.words.count >= 6 }) { states[.context] = .present }
        if !material.isAbsent { states[.context] = states[.context] ?? .present }
        if material.isSeen, words.contains(where: { $0.region != .author }) { states[.context] = .present }
        for section in sections {
            guard case .property(let name) = section.property, name != .task, states[name] != .present else { continue }
            if section.state != .absent { states[name] = section.state }
        }
        let sort = tasks.first?.sort ?? .production
        for (name, kind, severity, title, text, message, rationale) in Self.absences {
            guard states[name] == nil || states[name] == .absent else { continue }
            guard sort.needs(name) else {
                states[name] = .notNeeded
                continue
            }
            states[name] = .absent
            findings.add(
                kind, severity, self.text.whole, message,
                Draft(
                    title: title, rationale: rationale,
                    edits: [Edit(span: self.text.after(contentEnd), replacement: text)]))
        }
    }

    /// Notes what a phrase shows to be there.
    private mutating func note(_ hit: Hit) {
        if hit.meaning.contains(.context) { states[.context] = .present }
        if hit.meaning.contains(.format) { states[.format] = .present }
        if hit.meaning.contains(.example) { states[.examples] = .present }
        if hit.meaning.contains(.audience) { states[.audience] = .present }
        if !hit.meaning.isDisjoint(with: [.constraint, .negative]) { states[.constraints] = .present }
        if hit.meaning.contains(.person), isAddressee(hit.word) { states[.audience] = .present }
        if hit.meaning.contains(.unit), hit.word > 0, joinsNext(hit.word - 1), isNumber(hit.word - 1) {
            states[.constraints] = .present
        }
    }

    /// Whether "for", "to" or the like stands up to four words before a person.
    private func isAddressee(_ index: Int) -> Bool {
        for distance in 1...4 where index - distance >= 0 {
            guard joinsNext(index - distance) else { return false }
            if ["for", "to", "at", "by", "with", "teach", "tell"].contains(words[index - distance].text) {
                return true
            }
        }
        return false
    }

    private static let numbers: Set<String> = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
        "twenty",
        "thirty", "fifty", "hundred", "thousand", "dozen", "single", "a",
    ]

    func isNumber(_ index: Int) -> Bool {
        if Self.numbers.contains(words[index].text) { return words[index].text != "a" }
        return scalars[words[index].start].isASCIIDigit
    }

    private typealias Absence = (
        name: Property.Name, kind: Insight.Kind, severity: Insight.Severity, title: String, text: String,
        message: String,
        rationale: String
    )

    private static let absences: [Absence] = [
        (
            .context, .noContext, .warning, "Give the context", OwnText.context,
            "Nothing tells of the situation, or what the answer is for.",
            "With the situation and the purpose known, an answer can fit them."
        ),
        (
            .audience, .noAudience, .info, "Name the audience", OwnText.audience,
            "Nothing tells for whom the answer is.",
            "Who reads it decides words, depth and examples."
        ),
        (
            .format, .noFormat, .info, "Name the format", OwnText.format,
            "Nothing tells what form the answer is to have.",
            "A form that is named comes out the same each time, and a program can rely on it."
        ),
        (
            .constraints, .noConstraints, .info, "Set limits", OwnText.constraints,
            "Nothing limits length, tone or content.",
            "What is not limited comes out at the model's own length and in its own tone."
        ),
        (
            .examples, .noExamples, .info, "Show an example", OwnText.examples,
            "There is no example of what the result looks like.",
            "One example says more about labels and edge cases than a description."
        ),
    ]
}

extension Material {
    /// Whether there is none and none is in sight.
    var isAbsent: Bool {
        switch self {
        case .notNeeded, .missing: true
        case .present, .blank, .undelimited: false
        }
    }

    var isSeen: Bool {
        switch self {
        case .present, .undelimited: true
        case .notNeeded, .missing, .blank: false
        }
    }
}
