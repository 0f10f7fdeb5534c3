import Chat

/// Recommends the books of a list in words: what was understood, the first few with why, and what could come next.
struct ListAnswer {
    let wish: Wish
    let found: Recommendations

    /// Books named in the text; the cards show the rest.
    static let named = 4

    func sentences() -> [String] {
        guard !found.scored.isEmpty else { return nothing() }
        var sentences = [opening()]
        if let title = wish.unknownTitle {
            sentences.insert("I have no book called *\(Phrase.plain(title))*, so I looked for the rest. ", at: 0)
        }
        if let told = relaxedSentence() { sentences.append(told) }
        if !wish.gaps.isEmpty {
            sentences.append(
                "What the catalogue does not know is \(Phrase.list(wish.gaps)), so that part I could not check. ")
        }
        sentences.append("\n\n")
        for (place, scored) in found.scored.prefix(Self.named).enumerated() {
            sentences += paragraph(scored, place: place)
        }
        if found.scored.count > Self.named {
            let more = found.scored.dropFirst(Self.named).prefix(3).map { "*\(Phrase.plain($0.entry.title))*" }
            sentences.append("Also worth a look: \(Phrase.list(more)). ")
        }
        sentences.append(followUp())
        return sentences
    }

    // MARK: - Opening

    private func opening() -> String {
        let description = WishDescription.text(of: wish)
        if wish.isFollowUp, description != "books" { return "Going on from there, now \(description). " }
        if description == "books", let unwanted = wish.excludedWorks.first {
            return
                "Nothing of the kind of *\(Phrase.plain(unwanted.title))*, then. These are books that most readers like. "
        }
        if description == "books" {
            return wish.isFollowUp
                ? "Some others, then. " : "You left it open, so these are books that readers keep coming back to. "
        }
        if let seed = wish.seeds.first, wish.concepts.isEmpty, wish.comparisons.isEmpty, wish.period == nil,
            wish.languages.isEmpty,
            wish.lengths.isEmpty, wish.authors.isEmpty
        {
            let marks = found.scored.first?.likeness?.subjects ?? []
            let what = marks.isEmpty ? "" : " What I followed is above all \(Phrase.list(marks))."
            return "After \(Phrase.book(seed)) there are several ways to go on.\(what) "
        }
        if found.exactCount == 0 { return "You asked for \(description). " }
        return found.exactCount == 1
            ? "For \(description) I have one that fits. " : "For \(description) this is where I would look. "
    }

    private func relaxedSentence() -> String? {
        let given = found.relaxed
        guard !given.isEmpty else { return nil }
        let names = given.map { relaxation -> String in
            switch relaxation {
            case .length: "the length"
            case .comparison: Phrase.list(wish.comparisons.map { "\"\($0.label)\"" })
            case .nation: "the literature being \(Phrase.list(wish.nations.map(\.label), joint: "or"))"
            case .period: "the time (\(wish.period?.label ?? "as you gave it"))"
            case .language:
                "the text being in \(Phrase.list(wish.languages.map { NationTable.label(ofLanguage: $0) }, joint: "or"))"
            case .form: "the form"
            case .audience: "the age of the reader"
            case .english: "the text being in English"
            }
        }
        let how =
            found.exactCount == 0
            ? "I have nothing that meets all of that"
            : "Only \(found.exactCount) of my books meet\(found.exactCount == 1 ? "s" : "") all of that"
        return "\(how), so the others give up \(Phrase.list(names)). "
    }

    private func nothing() -> [String] {
        let description = WishDescription.text(of: wish)
        if description == "books" {
            let words = wish.words.prefix(3).map { "\"\($0)\"" }
            return [
                words.isEmpty ? "I found nothing. " : "I found nothing for \(Phrase.list(words)). ",
                "Tell me a title, an author or a subject you like, and I will try again.",
            ]
        }
        return [
            "I know of nothing in the catalogue for \(description). ",
            "It may go by other words there: name a book that comes near it, or leave one of the conditions out, and I will look again.",
        ]
    }

    // MARK: - One book

    private func paragraph(_ scored: Scored, place: Int) -> [String] {
        let entry = scored.entry
        var parts = ["\(Phrase.book(entry)): "]
        if let summary = entry.summary {
            parts.append(Phrase.plain(summary) + (summary.last.map { ".!?".contains($0) } == true ? " " : ". "))
        } else if let kind = kind(of: scored) {
            parts.append("\(kind). ")
        }
        let reasons = ReasonWriter(wish: wish, relaxed: found.relaxed).reasons(for: scored)
        let told = reasons.filter { $0.kind != .popular }.prefix(2).map(\.text)
        if !told.isEmpty {
            parts.append("\(lead(place)) \(Phrase.list(Array(told))).")
        } else if let popular = reasons.first {
            parts.append(Phrase.sentence(popular.text) + ".")
        }
        parts.append("\n\n")
        return parts
    }

    private func lead(_ place: Int) -> String { ["It", "This one", "It", "That one"][place % 4] }

    /// What the catalogue's subjects say, when there is no summary.
    private func kind(of scored: Scored) -> String? {
        let empty: Set<String> = ["fiction", "novel", "classics", "non-fiction"]
        let subjects = scored.entry.subjects.filter { !empty.contains($0) }.prefix(4)
        if !subjects.isEmpty { return "the catalogue files it under \(Phrase.list(Array(subjects.map(Phrase.plain))))" }
        let known = scored.traits.all.sorted { ($1.strength, $0.concept) < ($0.strength, $1.concept) }.prefix(2).map {
            Lexicon.shared.concepts[Int($0.concept)].name
        }
        return known.isEmpty
            ? nil : "the catalogue says little about it, but its author is known for \(Phrase.list(known))"
    }

    // MARK: - What next

    private func followUp() -> String {
        let titles = found.scored.prefix(2).map { "*\(Phrase.plain($0.entry.title))*" }
        if wish.lengths.isEmpty, wish.comparisons.isEmpty,
            found.scored.prefix(3).contains(where: { $0.entry.length == .long })
        {
            return "Should I stay with books of this size, or look for something shorter?"
        }
        if !wish.seeds.isEmpty, wish.concepts.isEmpty {
            return
                "What was it that you liked most in \(Phrase.list(wish.seeds.prefix(1).map { "*\(Phrase.plain($0.title))*" }))? That would narrow it down."
        }
        if wish.period == nil, let years = span(), years.upperBound - years.lowerBound > 80 {
            return
                "They reach from \(Phrase.year(years.lowerBound)) to \(Phrase.year(years.upperBound)): would you rather have the older or the newer ones?"
        }
        if wish.authors.count == 1, let author = wish.authors.first {
            return "Have you read anything by \(author) already? Then I can leave it out."
        }
        if titles.count == 2 { return "Does \(titles[0]) or \(titles[1]) come nearer to what you have in mind?" }
        return "Shall I look further in the same direction?"
    }

    private func span() -> ClosedRange<Int>? {
        let years = found.scored.prefix(Self.named).compactMap(\.entry.approximateYear)
        guard let first = years.min(), let last = years.max() else { return nil }
        return first...last
    }
}
