import Substrings

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
    static func isNear(_ left: String, _ right: String) -> Bool { isNear(SpelledWord(left), SpelledWord(right)) }

    static func isNear(_ left: SpelledWord, _ right: SpelledWord) -> Bool {
        guard left.text.utf8.first == right.text.utf8.first else { return false }
        let length = max(left.length, right.length)
        return left.slips(to: right, limit: length >= 8 ? 3 : length >= 5 ? 2 : 1) != nil
    }
}
