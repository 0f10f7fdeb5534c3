/// What a phrase tells about a prompt.
struct Meaning: OptionSet {
    let rawValue: UInt32
    static let vagueQuantity = Meaning(rawValue: 1 << 0)
    static let vagueQuality = Meaning(rawValue: 1 << 1)
    static let openEnd = Meaning(rawValue: 1 << 2)
    static let brief = Meaning(rawValue: 1 << 3)
    static let detailed = Meaning(rawValue: 1 << 4)
    static let formal = Meaning(rawValue: 1 << 5)
    static let casual = Meaning(rawValue: 1 << 6)
    static let bare = Meaning(rawValue: 1 << 7)
    static let explained = Meaning(rawValue: 1 << 8)
    static let listed = Meaning(rawValue: 1 << 9)
    static let unlisted = Meaning(rawValue: 1 << 10)
    /// A person or a group that may be the audience.
    static let person = Meaning(rawValue: 1 << 11)
    /// Says by itself for whom the answer is.
    static let audience = Meaning(rawValue: 1 << 12)
    static let format = Meaning(rawValue: 1 << 13)
    static let constraint = Meaning(rawValue: 1 << 14)
    static let negative = Meaning(rawValue: 1 << 15)
    static let context = Meaning(rawValue: 1 << 16)
    static let example = Meaning(rawValue: 1 << 17)
    /// Tries to put other instructions in the place of the given ones.
    static let override = Meaning(rawValue: 1 << 18)
    /// A kind of text that a task may work on.
    static let materialNoun = Meaning(rawValue: 1 << 19)
    /// Points to material: "the following", "below".
    static let pointer = Meaning(rawValue: 1 << 20)
    /// A unit that a number limits: words, sentences.
    static let unit = Meaning(rawValue: 1 << 21)
    static let persona = Meaning(rawValue: 1 << 22)
    /// Not what the first word alone would be.
    static let nothing: Meaning = []
}

/// A phrase in the text: `count` words from `word` on.
struct Hit {
    var word: Int
    var count: Int
    var meaning: Meaning
    /// Whether "not", "no", "without" or the like stands right before it.
    var isNegated = false
}

/// Phrases as a tree of their words, so that finding one takes as many looks as it has words, however many there are.
struct PhraseTable {
    private struct Node {
        var next: [String: Int] = [:]
        /// Nil where no phrase ends.
        var meaning: Meaning?
    }

    private var nodes = [Node()]

    init(_ lists: [(Meaning, String)]) {
        for (meaning, text) in lists { for phrase in list(text) { insert(phrase, meaning) } }
    }

    private mutating func insert(_ phrase: String, _ meaning: Meaning) {
        var node = 0
        for word in phrase.split(separator: " ").map(String.init) {
            if nodes[node].next[word] == nil {
                nodes[node].next[word] = nodes.count
                nodes.append(Node())
            }
            node = nodes[node].next[word] ?? 0
        }
        nodes[node].meaning = (nodes[node].meaning ?? []).union(meaning)
    }

    /// The node after a further word; nil when no phrase goes on like that. The first word follows node 0.
    func follow(_ word: String, from node: Int) -> Int? { nodes[node].next[word] }

    func meaning(at node: Int) -> Meaning? { nodes[node].meaning }
}

extension Inspection {
    /// Finds the longest known phrase at each word.
    mutating func findPhrases() {
        var next = 0
        while next < words.count {
            let index = next
            next += 1
            guard let (count, meaning) = longestPhrase(of: Lexicon.phrases, at: index) else { continue }
            // The words of a phrase do not mean what they mean alone: "how many", "a few".
            next = index + count
            guard !meaning.isEmpty else { continue }
            hits.append(Hit(word: index, count: count, meaning: meaning, isNegated: isNegated(index)))
        }
    }

    mutating func longestPhrase(of table: PhraseTable, at start: Int) -> (count: Int, meaning: Meaning)? {
        var found: (Int, Meaning)?
        var node = 0
        var index = start
        while index < words.count, let next = table.follow(words[index].text, from: node) {
            node = next
            index += 1
            if let meaning = table.meaning(at: node) { found = (index - start, meaning) }
            guard joinsNext(index - 1) else { break }
        }
        return found
    }

    /// Whether a phrase of a few words stands at a word.
    func stands(_ phrase: [String], at index: Int) -> Bool {
        guard index + phrase.count <= words.count else { return false }
        for offset in phrase.indices {
            if words[index + offset].text != phrase[offset] { return false }
            if offset + 1 < phrase.count, !joinsNext(index + offset) { return false }
        }
        return true
    }

    private func isNegated(_ index: Int) -> Bool {
        for distance in 1...3 where index - distance >= 0 {
            guard joinsNext(index - distance) else { return false }
            if Lexicon.negations.contains(words[index - distance].text) { return true }
        }
        return false
    }
}
