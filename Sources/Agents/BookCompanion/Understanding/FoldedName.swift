import Substrings

/// A person's name as comparisons need it: folded once, compared with hundreds.
struct FoldedName: Sendable {
    let words: [String]
    /// The first word's first letter; empty for a name without any.
    let initial: String

    init(_ name: String) {
        words = Folding.words(name)
        initial = words.first.map { String($0.prefix(1)) } ?? ""
    }

    /// Surname and first initial: catalogues differ in how much of a first name they spell. Nil for a name without words.
    var key: String? {
        guard let last = words.last else { return nil }
        return words.count == 1 ? last : "\(last) \(initial)"
    }

    /// Family name and first initial agree.
    func isSamePerson(as other: FoldedName) -> Bool {
        guard let own = words.last, let last = other.words.last else { return false }
        if own == last { return words.count == 1 || other.words.count == 1 || initial == other.initial }
        // "Fyodor Dostoyevsky" and "Fyodor Dostoevsky", "Leo Tolstoy" and "Leo Tolstoi".
        return words[0] == other.words[0] && words[0].utf8.count > 2 && min(own.utf8.count, last.utf8.count) >= 6
            && EditDistance.slips(own, last, limit: 2) != nil
    }
}

extension [FoldedName] {
    /// Whether two works may be one author's: somebody wrote both, or nobody knows who wrote one of them.
    func mayShareAuthor(with other: [FoldedName]) -> Bool {
        isEmpty || other.isEmpty || contains { own in other.contains { own.isSamePerson(as: $0) } }
    }
}
