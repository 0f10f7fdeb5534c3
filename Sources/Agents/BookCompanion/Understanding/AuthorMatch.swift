/// Whether two spellings are one author's name.
enum AuthorMatch {
    /// Whether what was typed may be the name. One word must be the family name; with several, the first must fit as well.
    static func isSame(_ typed: [String], as name: String, isFuzzy: Bool) -> Bool {
        let words = Folding.words(name)
        guard let last = typed.last, let surname = words.last, let first = typed.first, let given = words.first else {
            return false
        }
        let fitsSurname = last == surname || (isFuzzy && isNear(last, surname))
            || (typed.count > 1 && words.contains(last)) || (typed.count == 1 && words.count > 1 && isParticleName(words, last))
        guard fitsSurname else { return false }
        return typed.count == 1 || first.prefix(1) == given.prefix(1) || words.contains(first)
    }

    /// Family name and first initial agree.
    static func isSamePerson(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Folding.words(left), Folding.words(right))
        guard let a = left.last, let b = right.last, a == b else { return false }
        if left.count == 1 || right.count == 1 { return true }
        return left[0].prefix(1) == right[0].prefix(1)
    }

    /// "Maupassant" of "Guy de Maupassant" is last anyway; "Dante" of "Dante Alighieri" is not.
    private static func isParticleName(_ words: [String], _ typed: String) -> Bool {
        ["dante", "michelangelo", "rumi", "hafiz", "voltaire", "moliere", "tacitus", "cervantes", "machado", "garcia"].contains(typed)
            && words.contains(typed)
    }

    /// Few slips apart for their length.
    static func isNear(_ left: String, _ right: String) -> Bool {
        let (a, b) = (Array(left.utf8), Array(right.utf8))
        let allowed = max(a.count, b.count) >= 8 ? 3 : max(a.count, b.count) >= 5 ? 2 : 1
        guard abs(a.count - b.count) <= allowed, !a.isEmpty, a[0] == b.first else { return false }
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
        return row[b.count] <= allowed
    }
}
