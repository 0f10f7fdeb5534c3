import Words

/// Words that say nothing about a book.
enum StopWords {
    static let all = Set(WordFile("books/stop-words").lines.flatMap { $0.split(separator: " ").map(String.init) })

    static func contains(_ word: String) -> Bool { all.contains(word) }
}
