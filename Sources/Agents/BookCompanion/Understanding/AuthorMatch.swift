/// Whether two spellings are one author's name.
enum AuthorMatch {
    /// Whether what was typed may be the name. One word must be the family name; with several, the first must fit as well.
    static func isSame(_ typed: [String], as name: FoldedName, isFuzzy: Bool) -> Bool {
        let words = name.words
        guard let last = typed.last, let surname = words.last, let first = typed.first else { return false }
        let fitsSurname =
            last == surname || (isFuzzy && isNear(last, surname))
            || (typed.count > 1 && words.contains(last))
            || (typed.count == 1 && words.count > 1 && isParticleName(words, last))
        guard fitsSurname else { return false }
        return typed.count == 1 || first.prefix(1) == name.initial || words.contains(first)
    }

    static func isSame(_ typed: [String], as name: String, isFuzzy: Bool) -> Bool {
        isSame(typed, as: FoldedName(name), isFuzzy: isFuzzy)
    }

    /// Family name and first initial agree.
    static func isSamePerson(_ left: String, _ right: String) -> Bool {
        FoldedName(left).isSamePerson(as: FoldedName(right))
    }

    /// "Maupassant" of "Guy de Maupassant" is last anyway; "Dante" of "Dante Alighieri" is not.
    private static func isParticleName(_ words: [String], _ typed: String) -> Bool {
        particleNames.contains(typed) && words.contains(typed)
    }

    private static let particleNames: Set<String> = [
        "dante", "michelangelo", "rumi", "hafiz", "voltaire", "moliere", "tacitus", "cervantes", "machado", "garcia",
    ]

    /// Whether a library, a society or an office is named as the author: readers ask for people.
    static func isCorporate(_ name: String) -> Bool {
        Folding.words(name).contains { corporate.contains($0) }
    }

    private static let corporate: Set<String> = [
        "council", "library", "libraries", "society", "committee", "association", "department", "company", "office",
        "bureau",
        "institute", "institution", "university", "college", "church", "commission", "board", "club", "museum", "press",
        "service",
        "agency", "ministry", "states", "project", "foundation", "corporation", "inc", "union", "congress",
        "conference", "league",
        "survey", "army", "navy", "academy", "school", "court", "convention", "government", "administration",
        "magazine",
    ]

    /// Few slips apart for their length.
    static func isNear(_ left: String, _ right: String) -> Bool {
        let length = max(left.utf8.count, right.utf8.count)
        guard left.utf8.first == right.utf8.first else { return false }
        return slips(left, right, atMost: length >= 8 ? 3 : length >= 5 ? 2 : 1) != nil
    }

    /// Letters to add, drop or change to make one of the other; nil when they are more than `limit`.
    static func slips(_ left: String, _ right: String, atMost limit: Int) -> Int? {
        // Most words differ too much in their lengths already.
        guard abs(left.utf8.count - right.utf8.count) <= limit else { return nil }
        let (a, b) = (Array(left.utf8), Array(right.utf8))
        var row = Array(0...b.count)
        for i in a.indices {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let next = min(row[j + 1] + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1))
                diagonal = row[j + 1]
                row[j + 1] = next
            }
        }
        return row[b.count] <= limit ? row[b.count] : nil
    }
}
