import Substrings

/// Whether a typed name may mean a name of the catalogue's. Names are folded words in natural order.
enum NameMatch {
    /// Whether each typed word is a word of the name, or an initial for one; "hg" may stand for "h g".
    static func holds(_ typed: [String], in name: [String]) -> Bool {
        var free = name
        for word in typed {
            if let index = free.firstIndex(of: word) {
                free.remove(at: index)
            } else if let index = free.firstIndex(where: { isInitial(word, of: $0) || isInitial($0, of: word) }) {
                free.remove(at: index)
            } else if (2...4).contains(word.utf8.count), typed.count > 1, initials(free).hasPrefix(word) {
                free.removeFirst(word.utf8.count)
            } else {
                return false
            }
        }
        return true
    }

    /// Whether given names may be the same person's: the first ones agree, and the shorter row is part of the longer one.
    static func fits(_ given: [String], _ others: [String]) -> Bool {
        guard let first = given.first, let other = others.first else { return given.isEmpty }
        guard first == other || isInitial(first, of: other) || isInitial(other, of: first) || soundsAlike(first, other)
        else {
            return false
        }
        return given.count <= 1 || holds(Array(given.dropFirst()), in: Array(others.dropFirst()))
    }

    /// Whether each typed given name is, but for slips, one of the name's.
    static func fitsLoosely(_ typed: [String], _ given: [String]) -> Bool {
        typed.allSatisfy { word in
            given.contains { name in
                word == name || isInitial(word, of: name) || isInitial(name, of: word)
                    || EditDistance.slips(word, name, limit: Likeness.allowedSlips(name.utf8.count)) != nil
                    || soundsAlike(word, name)
            } || ((2...4).contains(word.utf8.count) && initials(given).hasPrefix(word))
        }
    }

    private static func soundsAlike(_ left: String, _ right: String) -> Bool {
        Likeness.sound(left) == Likeness.sound(right)
    }

    private static func isInitial(_ word: String, of name: String) -> Bool {
        word.utf8.count == 1 && name.hasPrefix(word)
    }

    private static func initials(_ words: [String]) -> String {
        words.map { String($0.prefix(1)) }.joined()
    }
}
