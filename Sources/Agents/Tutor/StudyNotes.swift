import Chat
import Substrings

/// One of the tutor's documents, by its sections.
struct StudyNotes {
    let all: [KnowledgeSection]
    /// The title's words, folded.
    let title: [String]
    /// The items of *Check yourself*.
    let questions: [String]
    private let answers: [String]
    private let mistakes: [String]
    /// Claims that make each of the mistakes, in learners' words.
    private let wrongClaims: [[WrongClaim]]

    init(_ sections: [KnowledgeSection]) {
        all = sections
        title = Folding.words(sections.first?.title ?? "")
        func items(_ heading: String) -> [String] {
            sections.first { $0.isHeaded(heading) }.map { Self.items($0.text) } ?? []
        }
        questions = items("check yourself")
        answers = items("answers")
        mistakes = items("common mistakes")
        let claims = items("wrong claims")
        wrongClaims = mistakes.indices.map { index in
            let item = claims.first { $0.hasPrefix("\(index + 1). ") } ?? ""
            return item.drop { $0 != " " }.split(separator: ";").map { WrongClaim(String($0)) }
        }
    }

    /// The lines of a list.
    private static func items(_ text: String) -> [String] {
        text.split(separator: "\n").map(String.init).filter { line in
            line.hasPrefix("- ") || line.first?.isNumber == true && line.prefix(4).contains(".")
        }
    }

    func has(_ number: Int) -> Bool { questions.indices.contains(number - 1) }

    func mentions(_ name: String) -> Bool {
        let word = Folding.fold(name)
        return title.contains { word.isForm(of: $0) }
            || all.contains { Folding.words($0.heading + " " + $0.text).contains { word.isForm(of: $0) } }
    }

    /// Headings that a turn asks for, in order. Documents that have others are taught from their beginning.
    private static func headings(_ plan: FocusPlanner.Plan) -> [String] {
        switch plan.move {
        case .example: return ["example"]
        case .claim: return ["common mistakes", "in short"]
        case .hint: return ["in plain words"]
        case .summary: return ["in short"]
        case .harder: return ["common mistakes"]
        case .confused, .next, nil: break
        }
        if plan.move == .confused || plan.focus.level == .beginner && plan.task == .explain && plan.done == 0 {
            return ["in plain words", "in short"]
        }
        switch plan.task {
        case .practise: return ["check yourself"]
        case .exam: return plan.done == 0 ? ["in short", "check yourself"] : ["common mistakes", "check yourself"]
        case .solve: return ["example", "in short"]
        default: return []
        }
    }

    func sections(for plan: FocusPlanner.Plan) -> [KnowledgeMatch] {
        var chosen: [KnowledgeSection] = []
        for heading in Self.headings(plan) { chosen += all.filter { $0.isHeaded(heading) }.prefix(1) }
        if chosen.isEmpty {
            // "Next" goes through the document; what is for the other levels and tasks is left out.
            let course = all.filter {
                !$0.isHeaded("in plain words") && !$0.isKey
                    && !(plan.hasExample && $0.isHeaded("example"))
            }
            chosen = Array(course.dropFirst(min(plan.done, max(0, course.count - 1))).prefix(1))
        }
        return chosen.map(Lesson.match)
    }

    /// *Check yourself* with as many questions as were asked for, going on where the last ones ended.
    func questions(_ count: Int?, after done: Int) -> KnowledgeMatch? {
        guard var section = all.first(where: { $0.isHeaded("check yourself") }), let count, count < questions.count
        else { return nil }
        let start = (done * count) % questions.count
        section.text = questions[start..<min(start + count, questions.count)].joined(separator: "\n")
        return Lesson.match(section)
    }

    /// The number of the question that has most of what a section tells, of equals the one whose turn it is; nil when there is none.
    func question(on section: KnowledgeSection, after done: Int) -> Int? {
        guard !questions.isEmpty else { return nil }
        let text = Folding.words(section.text).filter { !QuestionWords.around.contains($0) }
        let turns = questions.indices.map { ($0 + done) % questions.count }
        let hits = turns.map { Self.hits(Folding.words(questions[$0]).filter { $0.utf8.count > 3 }, text) }
        return turns[hits.firstIndex(of: hits.max() ?? 0) ?? 0] + 1
    }

    /// A question of *Check yourself*, and its answer where the document has it.
    func question(_ number: Int) -> [KnowledgeMatch]? {
        guard has(number) else { return nil }
        func only(_ heading: String, _ item: String) -> KnowledgeMatch? {
            guard var section = all.first(where: { $0.isHeaded(heading) }) else { return nil }
            section.text = item
            return Lesson.match(section)
        }
        let answer = answers.first { $0.hasPrefix("\(number).") }
        return [only("check yourself", questions[number - 1]), answer.flatMap { only("answers", $0) }].compactMap { $0 }
    }

    /// The mistake that a claim is about, and whether it makes it: "from water, not from carbon dioxide" tells both.
    func mistake(in claim: StudyReading) -> (KnowledgeMatch, Lesson.Verdict)? {
        let words = Folding.words(claim.query)
        guard var section = all.first(where: { $0.isHeaded("common mistakes") }), !words.isEmpty else { return nil }
        let said = WrongClaim(claim.said)
        for (item, wrong) in zip(mistakes, wrongClaims) {
            guard let made = wrong.first(where: { $0.isIn(said) }) else { continue }
            section.text = item
            return (Lesson.match(section), made.isNegated == claim.isNegated ? .wrong : .right)
        }
        var best: (item: String, hits: Int) = ("", 0)
        for item in mistakes {
            let hits = Self.hits(words, Folding.words(item))
            if hits > best.hits { best = (item, hits) }
        }
        guard best.hits >= min(2, words.count) else { return nil }
        section.text = best.item
        return (Lesson.match(section), claim.isNegated ? .compare : Self.verdict(on: words, by: best.item))
    }

    private static func verdict(on words: [String], by item: String) -> Lesson.Verdict {
        // "…, not …" has what is right before it and what is wrong behind it, to the end of the sentence.
        guard let turn = item.firstRange(of: ", not ") else { return .compare }
        let right = Folding.words(item[..<turn.lowerBound])
        let wrong = Folding.words(item[turn.upperBound...].prefix { !";.:".contains($0) })
        func only(_ those: [String], _ others: [String]) -> Bool {
            words.contains { word in
                !QuestionWords.around.contains(word) && those.contains { word.isForm(of: $0) }
                    && !others.contains { word.isForm(of: $0) }
            }
        }
        let saysWrong = only(wrong, right)
        // What stands right before "not" is what the claim would have to say.
        let fact = right.last { !QuestionWords.around.contains($0) } ?? ""
        if saysWrong { return words.contains { $0.isForm(of: fact) } ? .compare : .wrong }
        return hits(words, right) >= 2 && hits(words, right) * 3 >= words.count * 2 ? .right : .compare
    }

    /// The sentence or item that has most of a claim's words.
    func passage(on claim: StudyReading) -> KnowledgeMatch? {
        let words = Folding.words(claim.query)
        var best: (section: KnowledgeSection, hits: Int)?
        for section in all where !section.isHeaded("check yourself") && !section.isKey {
            let hits = Self.hits(words, Folding.words(section.text))
            if hits > best?.hits ?? 1 { best = (section, hits) }
        }
        return best.map { Lesson.match($0.section) }
    }

    private static func hits(_ words: [String], _ text: [String]) -> Int {
        words.count { word in text.contains { word.isForm(of: $0) } }
    }
}

/// The words that tell one wrong claim from what is right.
private struct WrongClaim {
    /// Those that carry it, folded.
    private let words: [String]
    let isNegated: Bool

    init(_ text: String) {
        let all = Folding.words(text)
        words = all.filter { word in
            Self.telling.contains(word) || !QuestionWords.around.contains(word) && !Self.negations.contains(word)
        }
        isNegated = all.contains { Self.negations.contains($0) }
    }

    /// Whether a claim has all of it, whatever else it has.
    func isIn(_ claim: WrongClaim) -> Bool {
        !words.isEmpty && words.allSatisfy { word in claim.words.contains { word.isForm(of: $0) } }
    }

    /// Small words on which a claim turns.
    private static let telling: Set<String> = ["only", "all", "more", "most", "off"]
    private static let negations: Set<String> = [
        "not", "never", "no", "cannot", "dont", "doesnt", "isnt", "arent", "wasnt", "werent", "cant",
    ]
}
