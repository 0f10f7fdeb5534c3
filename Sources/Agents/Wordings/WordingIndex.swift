/// Finds the wordings that a text may have by a word that each needs: of hundreds, few are looked at closely.
struct WordingIndex: Sendable {
    /// Places in the table, by the numbers of words.
    private var byWord: [[Int]]
    /// Of wordings that need no word.
    private var always: [Int] = []

    /// - Parameter words: how many the vocabulary has.
    init(_ patterns: [WordingPattern], words: Int) {
        byWord = Array(repeating: [], count: words)
        for (place, pattern) in patterns.enumerated() {
            guard let needed = pattern.neededNumbers else {
                always.append(place)
                continue
            }
            for number in needed { byWord[Int(number)].append(place) }
        }
    }

    /// In the table's order.
    func candidates(in text: NumberedText) -> [Int] {
        var places = always
        for number in text.known { places += byWord[Int(number)] }
        places.sort()
        var last: Int?
        return places.filter { place in
            defer { last = place }
            return place != last
        }
    }
}
