/// A sentence, or an item of a list, of the author's own words.
struct Sentence {
    /// Indices of its words.
    var words: Range<Int>
    var isQuestion = false
    /// Whether it is an item of a list.
    var isListed = false
    /// Whether it tells the model what to do or asks it something.
    var isInstruction = false
    /// Whether it tells only what not to do.
    var isNegative = false
}

extension Inspection {
    /// Parts the author's words into sentences.
    mutating func readSentences() {
        var start: Int?
        for index in words.indices {
            guard words[index].region == .author else {
                end(&start, index, .gap)
                continue
            }
            if start != nil, partsSentences(index) { end(&start, index, before(index)) }
            if start == nil { start = index }
        }
        end(&start, words.count, words.last?.after ?? [])
    }

    private mutating func end(_ start: inout Int?, _ index: Int, _ marks: Marks) {
        guard let first = start else { return }
        var sentence = Sentence(words: first..<index)
        sentence.isQuestion = words[index - 1].after.contains(.question)
        sentence.isListed = before(first).contains(.bullet)
        sentences.append(sentence)
        start = nil
    }

    /// Whether a sentence ends before a word. A line's end within a sentence is no end of it.
    private func partsSentences(_ index: Int) -> Bool {
        let marks = before(index)
        if !marks.isDisjoint(with: [.stop, .question, .paragraph, .bullet]) { return true }
        if marks.contains(.gap) && marks.contains(.newline) { return true }
        guard marks.contains(.newline) else { return false }
        return marks.contains(.colon) || scalars[words[index].start].properties.isUppercase
    }

    /// Where a sentence ends: after its last word and the sign that closes it.
    func end(of sentence: Sentence) -> Int {
        var end = words[sentence.words.upperBound - 1].end
        while end < scalars.count, regions[end] == .author, [".", "!", "?", "\u{2026}", "\""].contains(scalars[end]) {
            end += 1
        }
        return end
    }

    func span(of sentence: Sentence) -> Span {
        text.span(words[sentence.words.lowerBound].start, end(of: sentence))
    }
}
