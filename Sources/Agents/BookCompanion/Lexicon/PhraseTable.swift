/// Phrases that mean something, found at a place in a message, the longest first.
struct PhraseTable<Value: Sendable>: Sendable {
    private let byFirst: [String: [(words: [String], value: Value)]]

    /// - Parameter groups: a meaning and its phrases, parted by semicolons.
    init(_ groups: [(Value, String)]) {
        var byFirst: [String: [(words: [String], value: Value)]] = [:]
        for (value, list) in groups {
            for phrase in list.split(separator: ";") {
                let words = Folding.words(phrase)
                if let first = words.first { byFirst[first, default: []].append((words, value)) }
            }
        }
        self.byFirst = byFirst.mapValues { $0.sorted { $0.words.count > $1.words.count } }
    }

    /// The longest phrase that begins at `index`; a sentence's end within it breaks it.
    func match(at index: Int, of tokens: [Token]) -> (value: Value, length: Int)? {
        guard let candidates = byFirst[tokens[index].folded] else { return nil }
        for candidate in candidates where index + candidate.words.count <= tokens.count {
            let matches = candidate.words.indices.allSatisfy { offset in
                tokens[index + offset].folded == candidate.words[offset]
                    && (offset == 0 || tokens[index + offset].breakBefore < .clause)
            }
            if matches { return (candidate.value, candidate.words.count) }
        }
        return nil
    }

    /// Where any phrase begins first, if one does.
    func first(in tokens: [Token]) -> (value: Value, range: Range<Int>)? {
        for index in tokens.indices {
            if let found = match(at: index, of: tokens) { return (found.value, index..<(index + found.length)) }
        }
        return nil
    }
}
