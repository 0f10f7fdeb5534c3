/// Numbers from one to twelve that are written as words.
enum NumberWords {
    /// - Parameter word: folded.
    static func value(_ word: String) -> Int? { values[word] }

    private static let values = [
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12,
    ]
}
