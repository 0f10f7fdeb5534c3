import Chat

/// Picks a list from ranked works: one edition of each, not too many by one author.
enum Diversity {
    static let maximumPerAuthor = 2

    /// - Parameter scored: best first.
    static func pick(_ scored: [Scored], limit: Int, perAuthor: Int) -> [Scored] {
        var picked: [Scored] = []
        var keys: [(title: String, authors: [String])] = []
        var counts: [String: Int] = [:]
        for candidate in scored where picked.count < limit {
            let key = Folding.titleKey(candidate.entry.title)
            if keys.contains(where: { isSameWork($0, (key, candidate.entry.authors)) }) { continue }
            let author = authorKey(candidate.entry)
            if let author, counts[author, default: 0] >= perAuthor { continue }
            if let author { counts[author, default: 0] += 1 }
            keys.append((key, candidate.entry.authors))
            picked.append(candidate)
        }
        return picked
    }

    private static func authorKey(_ entry: CatalogEntry) -> String? {
        guard let author = entry.authors.first else { return nil }
        let words = Folding.words(author)
        guard let last = words.last, !["anonymous", "various", "unknown"].contains(last) else { return nil }
        return words.count > 1 ? last + " " + words[0].prefix(1) : last
    }

    private static func isSameWork(
        _ left: (title: String, authors: [String]), _ right: (title: String, authors: [String])
    ) -> Bool {
        guard Conditions.isSameTitle(left.title, right.title) || Conditions.isSameTitle(right.title, left.title) else {
            return false
        }
        return left.authors.isEmpty || right.authors.isEmpty
            || left.authors.contains { a in right.authors.contains { AuthorMatch.isSamePerson(a, $0) } }
    }
}
