import Chat

/// Recommends the books of a list in words: what was understood, the first few with why, and what could come next.
struct ListAnswer {
    let wish: Wish
    let found: Recommendations
    /// Counts on with every answer of a conversation, so that two in a row do not read alike.
    var turn = 0

    /// Books that get a paragraph where no number was asked for; the cards show the rest.
    private static let usuallyNamed = 4
    /// Who looks for one book wants that one; where none is likely, the three that come nearest.
    private var named: Int { wish.count ?? (!isSearch ? Self.usuallyNamed : isLikely ? 1 : 3) }

    /// Whether one book is looked for by its plot.
    private var isSearch: Bool { wish.tellsPlot && wish.setAside == nil }

    /// How far the first book is before all others: what a librarian would name, guess, or only show.
    private var lead: Double {
        guard let first = found.scored.first, first.text >= 0.25 else { return 0 }
        return first.score - (found.scored.dropFirst().map(\.score).max() ?? 0)
    }
    private var isCertain: Bool { lead >= 0.5 }
    private var isLikely: Bool { lead >= 0.15 }

    func sentences() -> [String] {
        if let language = wish.language {
            return ForeignAnswer(language: language, wish: wish, found: found, turn: turn).sentences()
        }
        guard !found.scored.isEmpty else { return nothing() }
        var sentences = [opening()]
        if let title = wish.unknownTitle {
            sentences.insert("I have no book called *\(Phrase.plain(title))*, so I looked for the rest. ", at: 0)
        }
        if let known = wish.setAside {
            let title = "*\(Phrase.plain(known.title))*"
            let isLiked = wish.seeds.contains { $0.id == known.id }
            sentences.insert(
                isLiked ? "I am glad \(title) was one for you. " : "Then \(title) is off the list. ", at: 0)
        }
        let before = sentences.count
        if let count = wish.count, found.scored.count < count {
            sentences.append("I found \(found.scored.count) of the \(count) you asked for. ")
        }
        if let told = relaxedSentence() { sentences.append(told) }
        sentences += wish.conflicts.map {
            "\(Phrase.sentence($0.left)) and \($0.taken) exclude each other, so I went by \"\($0.taken)\". "
        }
        sentences += Self.unchecked(wish)
        sentences += unread()
        if sentences.count > before, sentences[before - 1].hasSuffix(": ") {
            sentences[before - 1] = sentences[before - 1].dropLast(2) + ". "
        }
        sentences.append("\n\n")
        for (place, scored) in found.scored.prefix(named).enumerated() {
            sentences += paragraph(scored, place: place)
        }
        if found.scored.count > named {
            let more = found.scored.dropFirst(named).prefix(3).map { "*\(Phrase.plain($0.entry.title))*" }
            sentences.append(
                isSearch
                    ? "If that is not it, it might be \(Phrase.list(Array(more.prefix(2)), joint: "or")). "
                    : "Also worth a look: \(Phrase.list(more)). ")
        }
        sentences.append(followUp())
        return sentences
    }

    /// What was asked and the catalogue does not tell.
    static func unchecked(_ wish: Wish) -> [String] {
        wish.gaps.isEmpty
            ? [] : ["The catalogue does not say \(Phrase.list(wish.gaps, joint: "or")), so I could not check that. "]
    }

    /// Words of the wish that none of the books has, and refusals of what a catalogue seldom tells.
    private func unread() -> [String] {
        var sentences: [String] = []
        let texts = found.scored.prefix(named).map { Self.text(of: $0.entry) }
        func holders(_ word: String) -> Int {
            let stem = StemmedText.phrase([Folding.stem(word)])
            return texts.count { $0.contains(stem) }
        }
        if !wish.tellsPlot, !wish.isFollowUp {
            let words = wish.ownWords.filter { word in
                wish.words.contains(word) && !word.hasSuffix("ly") && holders(word) == 0
            }
            if !words.isEmpty {
                let quoted = Phrase.list(words.prefix(4).map { "\"\($0)\"" }, joint: "or")
                sentences.append("I found nothing in the catalogue for \(quoted), so the list goes by the rest. ")
            }
        }
        let refused = wish.excludedConcepts.map(\.name) + WishDescription.unnamed(wish)
        if !refused.isEmpty {
            sentences.append(
                "I left out what the catalogue marks as \(Phrase.list(refused.prefix(3).map(Phrase.subject), joint: "or")); it does not mark "
                    + "everything, so I cannot promise more. ")
        }
        return sentences
    }

    private var hasAllOwnWords: Bool {
        let stems = wish.ownWords.prefix(4).map { StemmedText.phrase([Folding.stem($0)]) }
        return found.scored.prefix(named).contains { scored in
            let text = Self.text(of: scored.entry)
            return stems.allSatisfy { text.contains($0) }
        }
    }

    private static func text(of entry: CatalogEntry) -> StemmedText {
        var text = StemmedText()
        text.append(entry.title)
        for subject in entry.subjects { text.append(subject) }
        if let summary = entry.summary { text.append(summary) }
        return text
    }

    // MARK: - Opening

    private func opening() -> String {
        let description = WishDescription.text(of: wish)
        if isSearch { return plotOpening() }
        if description == "books", !wish.ownWords.isEmpty, !wish.isFollowUp {
            let words = Phrase.list(wish.ownWords.prefix(4).map { "\"\($0)\"" })
            if wish.ownWords.count > 1, !hasAllOwnWords {
                return Phrase.turned(
                    turn,
                    [
                        "No book in my catalogue has \(words) together; these have a part of it. ",
                        "I have nothing on \(words) as such. The nearest I can offer: ",
                    ])
            }
            return Phrase.turned(
                turn,
                [
                    "Here is what I found for \(words). ", "For \(words) I would look at these. ",
                    "These come nearest to \(words). ",
                ])
        }
        if wish.isFollowUp, description != "books" {
            return Phrase.turned(
                turn,
                [
                    "Going on from there: \(description). ", "So \(description) now. ", "All right, \(description). ",
                    "I looked again, this time for \(description). ", "Here is the next round, \(description). ",
                ])
        }
        if description.hasPrefix("books, but no "), !wish.isFollowUp {
            return
                "Leaving out \(description.dropFirst("books, but no ".count)), these are books that most readers enjoy. "
        }
        if description == "books", let unwanted = wish.excludedWorks.first {
            return
                "Nothing like *\(Phrase.plain(unwanted.title))*, then. These are books that most readers enjoy. "
        }
        if description == "books" {
            return wish.isFollowUp
                ? Phrase.turned(
                    turn,
                    [
                        "Some others, then. ", "Here are a few more. ", "There is more where those came from. ",
                        "Let me try again. ",
                    ])
                : Phrase.turned(
                    turn,
                    [
                        "You didn't name a kind of book, so here are some favourites. ",
                        "With no other hint I would go for books that nearly everybody enjoys. ",
                        "Then let me start with books that readers keep coming back to. ",
                    ])
        }
        if let seed = wish.seeds.first, wish.concepts.isEmpty, wish.comparisons.isEmpty, wish.period == nil,
            wish.languages.isEmpty,
            wish.lengths.isEmpty, wish.authors.isEmpty
        {
            let marks = found.scored.first?.likeness?.subjects ?? []
            let what = marks.isEmpty ? "" : " I looked for \(Phrase.kinds(marks))."
            let title = "*\(Phrase.plain(seed.title))*"
            return Phrase.turned(
                turn,
                [
                    "If you liked \(title), these are worth a try.\(what) ",
                    "There are several ways to go on from \(title).\(what) ",
                    "Readers of \(title) could turn to these next.\(what) ",
                    "After \(title) I would reach for one of these.\(what) ",
                ])
        }
        if found.exactCount == 0 { return "You asked for \(description). " }
        if found.exactCount == 1 { return "One book fits: \(description). " }
        return Phrase.turned(
            turn,
            [
                "For \(description) I would look here first. ", "Here are some \(description). ",
                "\(Phrase.sentence(description)): a few come to mind. ",
                "I looked for \(description), and these stand out. ",
                "Let me suggest some \(description). ", "There are good \(description) to choose from. ",
                "\(Phrase.sentence(description))? Try these. ",
                "Of all the \(description) I know, I would pick these. ",
                "These might be what you want: \(description). ", "I have a few \(description) for you. ",
                "What about these \(description)? ", "If it is to be \(description), begin with these. ",
                "My pick of \(description): ", "You could do worse than these \(description). ",
                "With \(description) I can help. ", "Some \(description) that readers come back to: ",
                "Perhaps one of these \(description). ", "Let us see: \(description). ",
                "A handful of \(description): ", "Among \(description), these come first to mind. ",
            ])
    }

    /// A plot that is met well is named, one that is met in part is guessed; else the nearest are shown as such.
    private func plotOpening() -> String {
        guard isLikely, let first = found.scored.first else {
            return Phrase.turned(
                turn,
                [
                    "I am not sure which book you mean; these come nearest to what you describe. ",
                    "Nothing fits that exactly, but here is what comes near it. ",
                    "I cannot say for certain. Could it be one of these? ",
                ])
        }
        let name = "*\(Phrase.plain(first.entry.title))*"
        guard isCertain else {
            return Phrase.turned(
                turn,
                [
                    "My best guess is \(name). ", "Could it be \(name)? ",
                    "I would say \(name), though not every detail fits. ",
                    "It may well be \(name). ", "Is it \(name) that you have in mind? ",
                ])
        }
        return Phrase.turned(
            turn,
            [
                "That sounds like \(name). ", "I think you mean \(name). ", "My guess is \(name). ",
                "\(name) comes to mind at once. ",
            ])
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
        var parts = [Phrase.book(entry)]
        if let summary = entry.summary {
            parts.append(": " + Phrase.plain(summary) + (summary.last.map { ".!?".contains($0) } == true ? "" : "."))
        } else {
            parts.append(known(of: scored))
        }
        let told = told(of: scored)
        if !told.isEmpty { parts.append(" \(pronoun(place)) \(Phrase.list(told)).") }
        parts.append("\n\n")
        return parts
    }

    /// Reasons that say more than the wish itself: what every book of the list has is not said of each.
    private func told(of scored: Scored) -> [String] {
        let writer = ReasonWriter(wish: wish, relaxed: found.relaxed)
        let books = found.scored.prefix(named)
        let reasons = writer.reasons(for: scored).filter { reason in
            // A plot has told what the book is about, and so has its summary.
            guard reason.kind != .popular, reason.kind != .query || scored.entry.summary == nil && !isSearch,
                reason.text != "is a novel", !reason.text.hasPrefix("stands in"),
                !reason.text.hasPrefix("speaks of"),
                !wish.comparisons.contains(where: { reason.text.hasPrefix("is \($0.label) than") }),
                !reason.text.hasPrefix("was written in 1"), !reason.text.hasPrefix("was written in 2")
            else { return false }
            let same = books.count { writer.reasons(for: $0).contains { $0.text == reason.text } }
            return books.count < 2 || same <= books.count / 2
        }
        return reasons.prefix(2).map(\.text)
    }

    private func pronoun(_ place: Int) -> String {
        let leads = ["It", "This one", "It", "The book"]
        return leads[(place + turn) % leads.count]
    }

    /// What the catalogue's subjects and the author's name say, when there is no summary.
    private func known(of scored: Scored) -> String {
        if let kind = Phrase.described(scored.entry) { return ", \(kind)." }
        if let part = scored.entry.subjects.lazy.compactMap(SeriesBooks.split).first {
            return ", number \(part.number) of \(Phrase.capitalized(part.name))."
        }
        let author = scored.entry.authors.lazy.compactMap { KnownAuthors.shared[$0] }.first
        let known = (author?.concepts ?? []).map { Lexicon.shared.concepts[$0] }
            .filter { [.genre, .topic].contains($0.kind) }.prefix(2).map(\.name)
        return known.isEmpty ? "." : ", by an author known for \(Phrase.list(known.map(Phrase.subject)))."
    }

    // MARK: - What next

    private func followUp() -> String {
        if isSearch {
            return isCertain
                ? "Is that the one?"
                : isLikely
                    ? "If none of these is the one, tell me another detail: a name, a place, roughly when you read it."
                    : "Is it one of them? Another detail would help: a name, a place, roughly when you read it."
        }
        let titles = found.scored.prefix(2).map { "*\(Phrase.plain($0.entry.title))*" }
        var questions: [String] = []
        if wish.lengths.isEmpty, wish.comparisons.isEmpty,
            found.scored.prefix(3).contains(where: { $0.entry.length == .long })
        {
            questions.append("Should I stay with books of this size, or look for something shorter?")
        }
        if !wish.seeds.isEmpty, wish.concepts.isEmpty {
            questions.append(
                "What did you like most about *\(Phrase.plain(wish.seeds[0].title))*? That would narrow it down.")
        }
        if wish.period == nil, let years = span(), years.upperBound - years.lowerBound > 80 {
            questions.append(
                "They reach from \(Phrase.year(years.lowerBound)) to \(Phrase.year(years.upperBound)): would you rather have the older or "
                    + "the newer ones?")
        }
        if wish.authors.count == 1, let author = wish.authors.first {
            questions.append("Have you read anything by \(author) already? Then I can leave it out.")
        }
        if titles.count == 2 { questions.append("Is \(titles[0]) or \(titles[1]) closer to what you have in mind?") }
        questions += [
            "Shall I look further in the same direction?", "Does one of them appeal to you?",
            "Shall I tell you more about one of them?",
        ]
        return Phrase.turned(turn, questions)
    }

    private func span() -> ClosedRange<Int>? {
        let years = found.scored.prefix(named).compactMap(\.entry.approximateYear)
        guard let first = years.min(), let last = years.max() else { return nil }
        return first...last
    }
}
