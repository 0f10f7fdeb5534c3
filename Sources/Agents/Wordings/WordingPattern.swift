/// A wording: words in order, as a line of `agents/words` has them (its README says in what form).
struct WordingPattern: Sendable {
    enum Element: Sendable {
        case words(Words)
        case optional(Words)
        case gap(Int)
        case not(Words)
        /// The least it may be.
        case number(Int)
        case clauseStart, clauseEnd, messageStart, messageEnd
    }

    /// Some words, and beginnings of words.
    struct Words: Sendable {
        var whole: Set<String> = []
        var beginnings: [String] = []
        /// Whether the end of a clause does as well.
        var allowsEnd = false
        /// The numbers of all these words in a table's vocabulary, rising.
        private(set) var numbers: [UInt16] = []

        /// Gives the words their numbers, once the whole table is read.
        mutating func number(by vocabulary: WordingVocabulary) {
            numbers = (whole.compactMap(vocabulary.number) + beginnings.flatMap(vocabulary.numbers(beginningWith:)))
                .sorted()
        }

        func contains(_ number: UInt16) -> Bool {
            if numbers.count <= 8 { return numbers.contains(number) }
            var (low, high) = (0, numbers.count)
            while low < high {
                let middle = (low + high) / 2
                if numbers[middle] < number { low = middle + 1 } else { high = middle }
            }
            return low < numbers.count && numbers[low] == number
        }

        func contains(_ word: String) -> Bool {
            whole.contains(word) || beginnings.contains { word.hasPrefix($0) }
        }
    }

    private(set) var elements: [Element]

    /// - Parameter classes: the words that `$name` stands for.
    init(_ line: Substring, classes: [String: Words]) {
        elements = line.split(separator: " ").map { Self.element($0, classes) }
    }

    var words: [Words] {
        elements.compactMap { element in
            switch element {
            case .words(let words), .optional(let words), .not(let words): words
            case .gap, .number, .clauseStart, .clauseEnd, .messageStart, .messageEnd: nil
            }
        }
    }

    /// Gives the words their numbers, once the whole table is read.
    mutating func number(by vocabulary: WordingVocabulary) {
        elements = elements.map { element in
            switch element {
            case .words(var words):
                words.number(by: vocabulary)
                return .words(words)
            case .optional(var words):
                words.number(by: vocabulary)
                return .optional(words)
            case .not(var words):
                words.number(by: vocabulary)
                return .not(words)
            case .gap, .number, .clauseStart, .clauseEnd, .messageStart, .messageEnd: return element
            }
        }
    }

    /// The numbers of the words of which a text must have one; nil when there is no such place. Of several places that which the
    /// fewest words fit.
    var neededNumbers: [UInt16]? {
        elements.compactMap { element -> [UInt16]? in
            guard case .words(let words) = element, !words.allowsEnd else { return nil }
            return words.numbers
        }.min { $0.count < $1.count }
    }

    /// Whether a text has a word for every place of the wording.
    func mayBe(in text: NumberedText) -> Bool {
        elements.allSatisfy { element in
            guard case .words(let words) = element, !words.allowsEnd else { return true }
            return words.numbers.contains(where: text.has)
        }
    }

    /// Every place of a text where the wording may begin.
    func starts(in text: NumberedText) -> [Int] {
        for element in elements {
            switch element {
            case .messageStart: return [0]
            case .words(let words): return words.numbers.flatMap(text.positions)
            case .number: return text.numberPositions
            case .clauseStart, .clauseEnd, .messageEnd, .gap, .not, .optional: continue
            }
        }
        return []
    }

    private static func element(_ text: Substring, _ classes: [String: Words]) -> Element {
        switch text.first {
        case "^": return .clauseStart
        case "." where text.count == 1: return .clauseEnd
        case "<": return .messageStart
        case ">": return .messageEnd
        case "#": return .number(text == "##" ? 10 : 0)
        case "~": return .gap(Int(text.dropFirst()) ?? 1)
        case "?": return .optional(words(text.dropFirst(), classes))
        case "!": return .not(words(text.dropFirst(), classes))
        default: return .words(words(text, classes))
        }
    }

    static func words(_ text: Substring, _ classes: [String: Words]) -> Words {
        var words = Words()
        for part in text.split(separator: "|") {
            if part == "." {
                words.allowsEnd = true
            } else if part.first == "$" {
                guard let known = classes[String(part.dropFirst())] else { preconditionFailure("no class \(part)") }
                words.whole.formUnion(known.whole)
                words.beginnings += known.beginnings
            } else if part.last == "*" {
                words.beginnings += spellings(part.dropLast())
            } else {
                words.whole.formUnion(spellings(part))
            }
        }
        return words
    }

    /// A word as it is folded, and as it is typed where there are no umlauts: "möchte" is "mochte" and "moechte".
    private static func spellings(_ word: Substring) -> [String] {
        let folded = Folding.fold(word)
        var typed = ""
        for character in word {
            switch character {
            case "ä": typed += "ae"
            case "ö": typed += "oe"
            case "ü": typed += "ue"
            default: typed.append(character)
            }
        }
        let other = Folding.fold(typed)
        // German "im" is read as "I'm" is.
        if folded == "im" { return ["im", "i"] }
        return other == folded ? [folded] : [folded, other]
    }

    /// Where the wording ends that begins at a word of `text`; nil when it does not.
    ///
    /// Gaps are short and few, so a place is tried a bounded number of times.
    func end(at start: Int, in text: NumberedText) -> Int? { end(elements[...], at: start, in: text) }

    private func end(_ rest: ArraySlice<Element>, at index: Int, in text: NumberedText) -> Int? {
        guard let element = rest.first else { return index }
        let then = rest.dropFirst()
        // A wording stays within a sentence; its first word may begin one.
        let isNext = index < text.count && (rest.startIndex == elements.startIndex || !text.isSentence(at: index))
        switch element {
        case .words(let words):
            if index < text.count, words.contains(text.numbers[index]), isNext || isLeading(rest),
                let found = end(then, at: index + 1, in: text)
            {
                return found
            }
            return words.allowsEnd && text.isClauseEnd(at: index) ? end(then, at: index, in: text) : nil
        case .optional(let words):
            if isNext, words.contains(text.numbers[index]), let found = end(then, at: index + 1, in: text) {
                return found
            }
            return end(then, at: index, in: text)
        case .gap(let most):
            for length in 0...most {
                if length > 0, index + length > text.count || text.isSentence(at: index + length - 1) { break }
                if let found = end(then, at: index + length, in: text) { return found }
            }
            return nil
        case .not(let words):
            if isNext, words.contains(text.numbers[index]) { return nil }
            return end(then, at: index, in: text)
        case .number(let least):
            guard isNext, let number = text.value(at: index), number >= least else { return nil }
            return end(then, at: index + 1, in: text)
        case .clauseStart: return text.isClauseStart(at: index) ? end(then, at: index, in: text) : nil
        case .clauseEnd: return text.isClauseEnd(at: index) ? end(then, at: index, in: text) : nil
        case .messageStart: return index == 0 ? end(then, at: index, in: text) : nil
        case .messageEnd: return index == text.count ? end(then, at: index, in: text) : nil
        }
    }

    /// Whether only a beginning was asked for so far.
    private func isLeading(_ rest: ArraySlice<Element>) -> Bool {
        elements[..<rest.startIndex].allSatisfy {
            switch $0 {
            case .clauseStart, .messageStart: true
            default: false
            }
        }
    }
}
