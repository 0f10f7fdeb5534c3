import Words

/// Words and phrases of a language, and what they are in the English that messages are read in.
struct ForeignTable: Sendable {
    var language: MessageLanguage
    var functionWords: Set<String>
    /// By the first folded word: the phrase's words, and what they are in English.
    var phrases: [String: [(words: [String], meaning: String)]]
    /// The same for what is said about a list that was shown.
    var followUps: [String: [(words: [String], meaning: String)]]
    /// The same for books whose English titles are others.
    var titles: [String: [(words: [String], meaning: String)]]

    /// What a phrase means.
    struct Known {
        var meaning: String
        /// How many of the message's words it takes.
        var length: Int
        var isTitle = false
        /// Whether it says by itself that books are spoken of.
        var isWish = false
    }

    /// Those of a folder of `agents/words`.
    static func all(_ folder: String) -> [ForeignTable] {
        [.german, .french, .spanish].map { ForeignTable(folder, $0) }
    }

    private init(_ folder: String, _ language: MessageLanguage) {
        let file = WordFile("\(folder)/\(language.fileName)")
        self.language = language
        functionWords = Set(file["function words"].flatMap { $0.split(separator: " ").map { Folding.fold($0) } })
        phrases = Self.phrases(file["phrases"])
        followUps = Self.phrases(file["follow-ups"])
        titles = Self.phrases(file["titles"])
    }

    private static func phrases(_ lines: [String]) -> [String: [(words: [String], meaning: String)]] {
        var phrases: [String: [(words: [String], meaning: String)]] = [:]
        for line in lines {
            let parts = line.split(separator: "=", omittingEmptySubsequences: false)
            for phrase in parts[0].split(separator: ",") {
                let words = Folding.words(phrase)
                guard let first = words.first else { continue }
                phrases[first, default: []].append((words, String(parts[1])))
            }
        }
        for key in phrases.keys { phrases[key]?.sort { $0.words.count > $1.words.count } }
        return phrases
    }

    /// How many of these words are the language's: its small words, and those of its phrases that are no English too ("visa").
    func known(_ words: [String]) -> Int {
        var count = 0
        var index = 0
        while index < words.count {
            let phrase = phrases[words[index]]?.first { words[index...].starts(with: $0.words) }
            let length = phrase?.words.count ?? 1
            let isOwn =
                phrase.map { !Folding.words($0.meaning).contains($0.words[0]) } ?? functionWords.contains(words[index])
            if isOwn { count += length }
            index += length
        }
        return count
    }

    /// In English; nil when a word is not one of a follow-up.
    func followUp(_ words: [String]) -> String? {
        var text: [String] = []
        var index = 0
        while index < words.count {
            if let phrase = followUps[words[index]]?.first(where: { words[index...].starts(with: $0.words) }) {
                if !phrase.meaning.isEmpty { text.append(phrase.meaning) }
                index += phrase.words.count
            } else if functionWords.contains(words[index]) {
                index += 1
            } else {
                return nil
            }
        }
        return text.isEmpty ? nil : text.joined(separator: " ")
    }

    /// - Parameter said: the words as they were typed: a title has a capital letter.
    func meaning(at index: Int, of words: [String], in said: [String]) -> Known? {
        if said[index].hasPrefix("\"") {
            let own = words[index].split(separator: " ").map(String.init)
            let title = own.first.flatMap { titles[$0]?.first { $0.words == own } }
            return title.map { Known(meaning: "\"\($0.meaning)\"", length: 1, isTitle: true, isWish: true) }
        }
        func first(_ table: [String: [(words: [String], meaning: String)]]) -> (words: [String], meaning: String)? {
            table[words[index]]?.first { words[index...].starts(with: $0.words) }
        }
        if let title = first(titles),
            said[index..<(index + title.words.count)].contains(where: { $0.first?.isUppercase == true })
        {
            return Known(meaning: "\"\(title.meaning)\"", length: title.words.count, isTitle: true, isWish: true)
        }
        if let phrase = first(phrases) {
            let isJudged = phrase.meaning == "like" || phrase.meaning.hasPrefix("i ")
            return Known(meaning: phrase.meaning, length: phrase.words.count, isWish: isJudged)
        }
        return first(followUps).map { Known(meaning: $0.meaning, length: $0.words.count, isWish: true) }
    }

    /// Words by which a message is English after all.
    static let englishWords: Set<String> = [
        "the", "a", "of", "and", "with", "like", "about", "for", "i", "is", "want", "book", "books", "read",
        "something", "by", "me", "what", "how", "my", "can", "to", "you", "do", "are", "it",
    ]
}
