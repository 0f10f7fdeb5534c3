/// The words that a table knows, numbered.
struct WordingVocabulary: Sendable {
    /// What a word that no table has is numbered.
    static let unknown = UInt16.max

    private let numbers: [String: UInt16]
    /// Beginnings of words, numbered as words are: a word that only begins so has the beginning's number.
    private let beginnings: [(text: String, number: UInt16)]

    init(_ words: WordingPattern.Words) {
        var numbers: [String: UInt16] = [:]
        for word in words.whole.sorted().prefix(Int(UInt16.max) - 1_000) { numbers[word] = UInt16(numbers.count) }
        var beginnings: [(text: String, number: UInt16)] = []
        for text in Set(words.beginnings).sorted() {
            beginnings.append((text, UInt16(numbers.count + beginnings.count)))
        }
        self.numbers = numbers
        self.beginnings = beginnings
    }

    var count: Int { numbers.count + beginnings.count }

    func number(_ word: String) -> UInt16? {
        if let number = numbers[word] { return number }
        return word.isEmpty ? nil : beginnings.first { word.hasPrefix($0.text) }?.number
    }

    func numbers(beginningWith text: String) -> [UInt16] {
        numbers.filter { $0.key.hasPrefix(text) }.map(\.value) + beginnings.filter { $0.text == text }.map(\.number)
    }
}

/// A text's words as a table's numbers: what wordings are looked for in.
struct NumberedText {
    private let text: WordingText
    private(set) var numbers: [UInt16]
    /// Of each number that is in the text.
    private var places: [UInt16: [Int]] = [:]
    /// A bit for each number of the vocabulary: whether it is in the text. Hundreds of wordings ask.
    private var isThere: [UInt64]
    /// Where the text has a number written in digits.
    private(set) var numberPositions: [Int] = []

    init(_ text: WordingText, by vocabulary: WordingVocabulary) {
        self.text = text
        numbers = text.words.map { vocabulary.number($0) ?? WordingVocabulary.unknown }
        isThere = Array(repeating: 0, count: (vocabulary.count + 63) / 64)
        for (index, number) in numbers.enumerated() where number != WordingVocabulary.unknown {
            places[number, default: []].append(index)
            isThere[Int(number) / 64] |= 1 << (UInt64(number) % 64)
        }
        numberPositions = text.words.indices.filter { Int(text.words[$0]) != nil }
    }

    var count: Int { numbers.count }

    /// Those that the vocabulary has, each once, in no order.
    var known: some Sequence<UInt16> { places.keys }
    /// - Parameter number: of a word that the vocabulary has.
    func has(_ number: UInt16) -> Bool { isThere[Int(number) / 64] & 1 << (UInt64(number) % 64) != 0 }
    func positions(of number: UInt16) -> [Int] { places[number] ?? [] }
    func value(at index: Int) -> Int? { Int(text.words[index]) }
    func isSentence(at index: Int) -> Bool { text.isSentence(at: index) }
    func isClauseStart(at index: Int) -> Bool { text.isClauseStart(at: index) }
    func isClauseEnd(at index: Int) -> Bool { text.isClauseEnd(at: index) }
}
