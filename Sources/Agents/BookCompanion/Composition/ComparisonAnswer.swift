import Chat

/// Puts two books side by side: what each is, what they share, and which is the older and the shorter one.
struct ComparisonAnswer {
    let works: [CatalogEntry]

    func sentences() -> [String] {
        guard works.count == 2 else { return [] }
        let (first, second) = (works[0], works[1])
        var sentences = [
            about(first), about(second), shared(first, second), years(first, second), lengths(first, second),
        ]
        sentences.append(
            "Which is better is a matter of taste: tell me what you are in the mood for, and I will say which fits.")
        return sentences.filter { !$0.isEmpty }
    }

    private func title(_ entry: CatalogEntry) -> String { "*\(Phrase.plain(entry.title))*" }

    private func about(_ entry: CatalogEntry) -> String {
        guard let summary = entry.summary else {
            let subjects = Self.subjects(entry).prefix(4)
            return subjects.isEmpty
                ? "\(Phrase.book(entry)): I know no more of it than that.\n\n"
                : "\(Phrase.book(entry)) is about \(Phrase.list(subjects.map(Phrase.subject))).\n\n"
        }
        return
            "\(Phrase.book(entry)): \(Phrase.plain(summary))\(summary.last.map { ".!?".contains($0) } == true ? "" : ".")\n\n"
    }

    private static func subjects(_ entry: CatalogEntry) -> [String] {
        entry.subjects.filter { !Work.emptySubjects.contains($0) && !$0.contains("#") }.map(Phrase.plain)
    }

    private func shared(_ first: CatalogEntry, _ second: CatalogEntry) -> String {
        let (left, right) = (Self.subjects(first), Self.subjects(second))
        let common = left.filter(right.contains)
        let moods = common.filter(Phrase.moods.contains).prefix(2)
        let topics = common.filter { !Phrase.moods.contains($0) }.prefix(4)
        let own = [left, right].map { subjects in
            Array(subjects.filter { !common.contains($0) && !Phrase.moods.contains($0) }.prefix(3))
        }
        var text = topics.isEmpty ? "" : "They share \(Phrase.list(topics.map(Phrase.subject))). "
        if !moods.isEmpty { text += "Both are \(Phrase.list(Array(moods))). " }
        if !own[0].isEmpty, !own[1].isEmpty {
            text +=
                "\(title(first)) has more of \(Phrase.list(own[0].map(Phrase.subject))), \(title(second)) of "
                + "\(Phrase.list(own[1].map(Phrase.subject))). "
        }
        return text
    }

    private func years(_ first: CatalogEntry, _ second: CatalogEntry) -> String {
        guard let left = first.year, let right = second.year, left != right else { return "" }
        let years = abs(left - right)
        return "\(title(left < right ? first : second)) is the older one, by \(years) year\(years == 1 ? "" : "s"). "
    }

    private func lengths(_ first: CatalogEntry, _ second: CatalogEntry) -> String {
        guard let left = first.length, let right = second.length else { return "" }
        if left == right { return "Both are \(Phrase.length(left)). " }
        return "\(title(left.rank < right.rank ? first : second)) is the shorter one. "
    }
}
