import Chat

/// Picks a list from ranked works: one edition of each, not too many by one author.
enum Diversity {
    static let maximumPerAuthor = 2

    /// - Parameter scored: best first.
    static func pick(_ scored: [Scored], limit: Int, perAuthor: Int) -> [Scored] {
        var picked: [Scored] = []
        var counts: [String: Int] = [:]
        for candidate in scored where picked.count < limit {
            let author = candidate.work.authorKey
            if let author, counts[author, default: 0] >= perAuthor { continue }
            if picked.contains(where: { isSameWork($0.work, candidate.work) }) { continue }
            if let author { counts[author, default: 0] += 1 }
            picked.append(candidate)
        }
        return picked
    }

    private static func isSameWork(_ left: Work, _ right: Work) -> Bool {
        left.authors.mayShareAuthor(with: right.authors)
            && (Conditions.isSameTitle(left.titleKey, right.titleKey)
                || Conditions.isSameTitle(right.titleKey, left.titleKey))
    }
}
