import Chat

/// What a plain agent says where no language model answers.
struct PlainComposer {
    let persona: Persona
    /// Of the conversation, from 0; answers in a row do not open alike.
    var turn = 0
    /// For a message in another language than that of the documents.
    var phrases: DocumentPhrases?

    /// Sections quoted in one answer.
    static let maximumQuotes = 3

    func talk(_ talk: SmallTalk, titles: [String]) -> ComposedAnswer {
        if let phrases {
            return switch talk {
            case .greeting, .identity: ComposedAnswer(paragraphs: [phrases.greeting] + topics(titles, limit: 20))
            case .thanks: ComposedAnswer(paragraphs: [phrases.thanks])
            case .farewell: ComposedAnswer(paragraphs: [phrases.farewell])
            }
        }
        return switch talk {
        case .greeting: ComposedAnswer(paragraphs: [persona.greeting ?? introduction] + topics(titles, limit: 6))
        case .thanks:
            ComposedAnswer(paragraphs: [
                Phrase.turned(
                    turn,
                    [
                        "You are welcome. Ask again whenever you like.", "You are very welcome. What else?",
                        "You are welcome. I am here for more questions.",
                    ])
            ])
        case .farewell: ComposedAnswer(paragraphs: ["Goodbye."])
        case .identity:
            ComposedAnswer(
                paragraphs: [introduction] + topics(titles, limit: 20) + [persona.limits].compactMap { $0 })
        }
    }

    /// What is found, and which of it is quoted.
    func answer(
        _ findings: Findings, calculation: SchengenTool.Finding?, titles: [String]
    ) -> (answer: ComposedAnswer, quoted: [KnowledgeMatch]) {
        if let calculation {
            guard !calculation.isQuestion else { return (ComposedAnswer(paragraphs: calculation.lines), []) }
            let isCount = calculation.kind == .count
            let list = calculation.lines.map { (isCount ? "- " : "") + $0 }.joined(separator: "\n")
            let paragraphs =
                (isCount ? [phrases?.counted ?? "I counted the days:"] : []) + [list] + quotes(findings.matches)
                + limits
            return (ComposedAnswer(paragraphs: paragraphs), findings.matches)
        }
        guard findings.isAnswered, let best = findings.matches.first else {
            return (nothing(findings, titles: titles), [])
        }
        // A section that has much less on the question than the best only distracts.
        let close = findings.matches.prefix(max(1, findings.close)).filter { $0.coverage >= 0.75 * best.coverage }
        let quoted =
            findings.parts.isEmpty ? Array(close.prefix(findings.isNear ? 2 : Self.maximumQuotes)) : findings.parts
        let lead = lead(findings)
        return (
            ComposedAnswer(paragraphs: lead + quotes(quoted, turn: lead.isEmpty ? turn : 0) + limits), quoted
        )
    }

    private func quotes(_ matches: [KnowledgeMatch], turn: Int = 0) -> [String] {
        matches.enumerated().flatMap {
            Quotation.paragraphs($1, isWhole: $0 == 0 || matches.count == 2, turn: $0 == 0 ? turn : 0)
        }
    }

    private var limits: [String] { [persona.limits].compactMap { $0 } }

    private var introduction: String {
        "I am the \(persona.title), a program. Without a language model I answer by quoting my documents and naming the section; "
            + "I do not guess."
    }

    private func topics(_ titles: [String], limit: Int) -> [String] {
        guard !titles.isEmpty else { return [] }
        let shown = titles.prefix(limit).map { "- \($0)" }.joined(separator: "\n")
        let more = titles.count > limit ? "\n- and \(titles.count - limit) more" : ""
        return ["\(phrases?.topics ?? "I have documents on:")\n\(shown)\(more)"]
    }

    /// What is said before sections that are near to what was asked, and not the answer to it.
    private func lead(_ findings: Findings) -> [String] {
        if let phrases { return [phrases.lead] }
        guard findings.isNear else { return [] }
        guard !findings.missingPlaces.isEmpty else {
            guard findings.matches.first.map({ $0.coverage < Retrieval.nearCoverage }) ?? true else {
                return ["This is what my documents have on it; it may not be all that you ask:"]
            }
            return [
                Phrase.turned(
                    turn,
                    [
                        "My documents do not answer exactly that. This is the nearest they have:",
                        "This is near to what you ask, and not quite it:",
                        "I have nothing on exactly that. What comes nearest:",
                    ])
            ]
        }
        let places = findings.missingPlaces.joined(separator: " or ")
        return [
            findings.hasPlaces
                ? "My documents do not answer exactly that for \(places). This is the nearest they have:"
                : "I have no document on \(places). This is the nearest I have:"
        ]
    }

    private func nothing(_ findings: Findings, titles: [String]) -> ComposedAnswer {
        if let phrases { return ComposedAnswer(paragraphs: [phrases.nothing] + topics(titles, limit: 8)) }
        let near = findings.matches
        let words = findings.unknown.map { "\"\($0)\"" }
        let ways =
            !words.isEmpty
            ? [
                "I know nothing about \(Phrase.list(words, joint: "or")): none of my documents answers that",
                "My documents know nothing about \(Phrase.list(words, joint: "or"))",
            ]
            : !findings.missingPlaces.isEmpty
                ? ["I have no document on \(findings.missingPlaces.joined(separator: " or "))"]
                : ["None of my documents answers that", "That is in none of my documents"]
        var paragraphs = [Phrase.turned(turn, ways) + ", and without a language model I cannot say more."]
        var seen: [String] = []
        for match in near.prefix(3) where !seen.contains(match.section.title) { seen.append(match.section.title) }
        if !seen.isEmpty {
            paragraphs.append("The nearest I have is \(seen.map { "\"\($0)\"" }.joined(separator: ", ")).")
        } else {
            paragraphs += topics(titles, limit: 8)
        }
        return ComposedAnswer(paragraphs: paragraphs)
    }
}
