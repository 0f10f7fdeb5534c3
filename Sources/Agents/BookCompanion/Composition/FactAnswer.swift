import Chat

/// Tells what the catalogue knows of one book, and what it does not know.
struct FactAnswer {
    let entry: CatalogEntry
    let aspects: Set<BookAspect>
    let similar: [Scored]

    func sentences() -> [String] {
        if asks(.age) { return [age(), content(), "Look into it yourself, or ask a librarian."] }
        var sentences = [identity()]
        if asks(.content) || aspects.isDisjoint(with: [.author, .year, .length, .language, .rating]) {
            sentences.append(content())
        }
        if asks(.year), entry.year == nil { sentences.append(period()) }
        if asks(.length) || asks(.worth) || asks(.content) { sentences.append(length()) }
        if asks(.language) { sentences.append(language()) }
        if asks(.worth) || asks(.rating) { sentences.append(worth()) }
        // Who asks for one fact gets that fact.
        if asks(.content) || asks(.worth) || asks(.availability) {
            sentences.append("\n\n")
            sentences.append(further())
        }
        return sentences.filter { !$0.isEmpty }
    }

    private func asks(_ aspect: BookAspect) -> Bool { aspects.contains(aspect) }
    private var title: String { "*\(Phrase.plain(entry.title))*" }

    private func identity() -> String {
        let opening = asks(.availability) && aspects.count == 1 ? "Yes, I have it: " : ""
        guard !entry.authors.isEmpty else {
            return opening
                + "\(title) has no author in the catalogue\(entry.year.map { "; it is from \(Phrase.year($0))" } ?? ""). "
        }
        let year =
            entry.year.map { $0 < 0 ? ", from about \(Phrase.year($0))" : ", first published in \(Phrase.year($0))" }
            ?? ""
        return opening + "\(title) is by \(Phrase.list(entry.authors))\(year). "
    }

    private func content() -> String {
        let subjects = entry.subjects.filter {
            !["fiction", "novel", "classics", "non-fiction"].contains($0) && !Phrase.moods.contains($0)
        }.prefix(6).map(Phrase.plain)
        if let summary = entry.summary {
            let filed =
                subjects.isEmpty
                ? "" : "Its subjects are \(Phrase.list(Array(subjects.prefix(4)).map(Phrase.subject))). "
            return Phrase.plain(summary) + (summary.last.map { ".!?".contains($0) } == true ? " " : ". ") + filed
        }
        if subjects.isEmpty {
            return "What it is about I cannot tell you: the catalogue has neither a summary nor subjects for it. "
        }
        return "I have no summary of it, but I know its subjects: \(Phrase.list(Array(subjects).map(Phrase.subject))). "
    }

    private func period() -> String {
        guard let period = entry.period else { return "When it was written the catalogue does not say. " }
        return
            "The year of publication is not in the catalogue; it must have been written between \(Phrase.year(period.lowerBound)) and \(Phrase.year(period.upperBound)). "
    }

    private func length() -> String {
        switch entry.length {
        case .short: "It is short, something for an evening or two. "
        case .medium: "It is of middling length, some days of reading. "
        case .long: "It is long, well over four hundred pages. "
        case nil: asks(.length) ? "How long it is I do not know. " : ""
        }
    }

    private func language() -> String {
        guard let first = entry.languages.first else {
            return "In which language it was written the catalogue does not say. "
        }
        let others = entry.languages.dropFirst().prefix(4).map { NationTable.label(ofLanguage: $0) }
        let texts = others.isEmpty ? "" : "; there are texts in \(Phrase.list(Array(others))) as well"
        return "It was written in \(NationTable.label(ofLanguage: first))\(texts). "
    }

    private func age() -> String {
        let shelf = [("children's", "children's books"), ("young adult", "books for young adults")]
            .first { entry.subjects.contains($0.0) }?.1
        return "The catalogue "
            + (shelf.map { "files \(title) under \($0)" } ?? "does not file \(title) under books for children")
            + ", and does not say for what age it is. "
    }

    private func worth() -> String {
        var sentence: String
        if let rating = entry.rating {
            sentence = "Readers give it \((rating * 10).rounded() / 10) out of 5 on average"
            sentence += entry.popularity >= 0.6 ? ", and it is among the most read books I know. " : ". "
        } else {
            sentence =
                entry.popularity >= 0.5
                ? "It is among the best known books in the catalogue, though I have no readers' ratings. "
                : "I have no readers' ratings for it. "
        }
        return sentence
            + "Whether it is for you depends on what you look for: I judge by subjects and readers, I have not read it as you would. "
    }

    private func further() -> String {
        guard !similar.isEmpty else { return "Would you like something that comes near it?" }
        let titles = similar.prefix(3).map { Phrase.book($0.entry) }
        return "If you like it, look at \(Phrase.list(titles)) as well."
    }
}
