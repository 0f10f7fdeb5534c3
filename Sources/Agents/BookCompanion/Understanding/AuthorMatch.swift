/// Whether two spellings are one author's name.
enum AuthorMatch {
    /// Whether what was typed may be the name. One word must be the family name; with several, the first must fit as well.
    static func isSame(_ typed: [String], as name: String, isFuzzy: Bool) -> Bool {
        let words = Folding.words(name)
        guard let last = typed.last, let surname = words.last, let first = typed.first, let given = words.first else {
            return false
        }
        let fitsSurname =
            last == surname || (isFuzzy && isNear(last, surname))
            || (typed.count > 1 && words.contains(last))
            || (typed.count == 1 && words.count > 1 && isParticleName(words, last))
        guard fitsSurname else { return false }
        return typed.count == 1 || first.prefix(1) == given.prefix(1) || words.contains(first)
    }

    /// Family name and first initial agree.
    static func isSamePerson(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Folding.words(left), Folding.words(right))
        guard let a = left.last, let b = right.last else { return false }
        if a == b { return left.count == 1 || right.count == 1 || left[0].prefix(1) == right[0].prefix(1) }
        // "Fyodor Dostoyevsky" and "Fyodor Dostoevsky", "Leo Tolstoy" and "Leo Tolstoi".
        return left[0] == right[0] && left[0].utf8.count > 2 && min(a.utf8.count, b.utf8.count) >= 6 && slips(a, b) <= 2
    }

    /// "Maupassant" of "Guy de Maupassant" is last anyway; "Dante" of "Dante Alighieri" is not.
    private static func isParticleName(_ words: [String], _ typed: String) -> Bool {
        ["dante", "michelangelo", "rumi", "hafiz", "voltaire", "moliere", "tacitus", "cervantes", "machado", "garcia"]
            .contains(typed)
            && words.contains(typed)
    }

    /// Few slips apart for their length.
    static func isNear(_ left: String, _ right: String) -> Bool {
        let length = max(left.utf8.count, right.utf8.count)
        guard left.utf8.first == right.utf8.first else { return false }
        return slips(left, right) <= (length >= 8 ? 3 : length >= 5 ? 2 : 1)
    }

    /// Letters to add, drop or change to make one of the other.
    static func slips(_ left: String, _ right: String) -> Int {
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
        return row[b.count]
    }
}
