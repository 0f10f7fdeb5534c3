/// The form in which the cache compares questions: without the differences in case, spacing and punctuation that say nothing.
enum QuestionForm {
    /// Bytes of a question that has such a form. Longer ones are rather texts to work on.
    private static let maximumBytes = 2_048

    /// The words of a question in lower case with one space between them; nil where each character may matter: several
    /// lines, signs that code is made of, a long text.
    ///
    /// Punctuation between two words goes. Within a word it stays: `node.js`, `10:30`, `don't`, `3.14`, `c++`, `-5`.
    static func normal(_ text: String) -> String? {
        guard text.utf8.count <= maximumBytes else { return nil }
        let characters = Array(text.trimmingSpaces.lowercased())
        var words = ""
        var word = ""
        for (index, character) in characters.enumerated() {
            if character.isNewline || "`{}[]<>=\\|~^".contains(character) { return nil }
            if character.isWhitespace {
                end(&word, &words)
            } else if separators.contains(character) {
                end(&word, &words)
            } else if let mark = joints[character] {
                let next = index + 1 < characters.count ? characters[index + 1] : " "
                let isBetweenNumbers = word.last?.isNumber == true && next.isNumber
                let isInside = !word.isEmpty && isOfWord(next) && (isBetweenNumbers || (mark != "," && mark != ":"))
                let isSign = word.isEmpty && (mark == "-" || mark == ".") && next.isNumber
                if isInside || isSign { word.append(mark) } else { end(&word, &words) }
            } else {
                word.append(character)
            }
        }
        end(&word, &words)
        return words.isEmpty ? nil : words
    }

    /// Punctuation that says something within a word, as it is written there.
    private static let joints: [Character: Character] = [
        ".": ".", ",": ",", ":": ":", "'": "'", "’": "'", "ʼ": "'", "-": "-", "‐": "-", "‑": "-",
    ]

    /// Punctuation that ends a word wherever it stands.
    private static let separators = Set(";!?¿¡\"“”„‘«»()…–—。，、？！؟")

    private static func isOfWord(_ character: Character) -> Bool {
        !character.isWhitespace && joints[character] == nil && !separators.contains(character)
    }

    private static func end(_ word: inout String, _ words: inout String) {
        guard !word.isEmpty else { return }
        if !words.isEmpty { words += " " }
        words += word
        word = ""
    }
}

extension String {
    fileprivate var trimmingSpaces: Substring {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return rest
    }
}
