/// The title a conversation has until its user gives it one.
enum SessionTitle {
    static let maximumCharacters = 60
    /// Characters may be of any length in bytes: a letter with a thousand marks is one.
    static let maximumBytes = 240

    /// The beginning of the first message on one line, cut at a word where there is one.
    static func of(_ text: String) -> String {
        var title = ""
        var count = 0
        for word in text.split(whereSeparator: \.isWhitespace) {
            let needed = word.count + (count == 0 ? 0 : 1)
            if count + needed > maximumCharacters || title.utf8.count + word.utf8.count >= maximumBytes {
                return title.isEmpty ? cut(word) + "…" : title + "…"
            }
            if count > 0 { title += " " }
            title += word
            count += needed
        }
        return title
    }

    private static func cut(_ word: Substring) -> String {
        var cut = ""
        for character in word.prefix(maximumCharacters) {
            if cut.utf8.count + character.utf8.count > maximumBytes { break }
            cut.append(character)
        }
        return cut
    }
}
