import Counting

/// The part of a message that shows why it was found.
struct SearchExcerpt {
    /// Characters of an excerpt, without the marks of omission.
    static let length = 160
    /// Characters shown before the first word found.
    private static let lead = 40
    /// A character may have any number of bytes: a letter with a thousand marks is one.
    private static let maximumBytes = 960

    /// Phrases of a query that are looked for, and words of each. Every word of a text is compared with all of them; a query of
    /// a hundred words would take seconds.
    private static let maximumPhrases = 8
    private static let maximumPhraseWords = 8

    private let phrases: [(words: Counted<[UInt8]>, isPrefix: Bool)]

    init(_ query: SearchQuery, by work: Work = Work()) {
        phrases = query.phrases.prefix(Self.maximumPhrases).map { phrase in
            let words = phrase.words.prefix(Self.maximumPhraseWords)
            return (
                Counted(words.map { SearchFolding.fold($0[...]) }, by: work),
                phrase.isPrefix && words.count == phrase.words.count
            )
        }
    }

    /// On one line; with "…" where something is left out.
    func of(_ text: String) -> String {
        let utf8 = text.utf8
        let focus = utf8.index(utf8.startIndex, offsetBy: focus(in: Array(utf8)))
        var start = text.index(focus, offsetBy: -Self.lead, limitedBy: text.startIndex) ?? text.startIndex
        if start > text.startIndex, let gap = text[start..<focus].firstIndex(where: \.isWhitespace) {
            start = text.index(after: gap)
        }
        var excerpt = ""
        var count = 0
        var isAtGap = true
        var end = start
        for character in text[start...] {
            if count == Self.length || excerpt.utf8.count + character.utf8.count > Self.maximumBytes { break }
            end = text.index(after: end)
            if character.isWhitespace {
                if isAtGap { continue }
                excerpt.append(" ")
            } else {
                excerpt.append(character)
            }
            isAtGap = character.isWhitespace
            count += 1
        }
        let isCut = text[end...].contains { !$0.isWhitespace }
        // Not in the midst of a word, when there is a gap nearby.
        if isCut, !isAtGap, let gap = excerpt.suffix(24).lastIndex(of: " ") { excerpt = String(excerpt[..<gap]) }
        if excerpt.last == " " { excerpt.removeLast() }
        return (start > text.startIndex ? "…" : "") + excerpt + (isCut ? "…" : "")
    }

    /// Where the first word stands of the place that shows most of the phrases.
    private func focus(in text: [UInt8]) -> Int {
        /// What was found and where, in order.
        var hits: [(phrase: Int, offset: Int)] = []
        var recent: [(word: [UInt8], offset: Int)] = []
        let longest = phrases.map(\.words.count).max() ?? 0
        SearchWords.forEach(in: text) { range in
            guard hits.count < 1_000 else { return }
            recent.append((SearchFolding.fold(text[range]), range.lowerBound))
            if recent.count > longest { recent.removeFirst() }
            for (number, phrase) in phrases.enumerated() where Self.matches(recent.suffix(phrase.words.count), phrase) {
                hits.append((number, recent[recent.count - phrase.words.count].offset))
            }
        }
        var best = (count: 0, offset: 0)
        for (index, hit) in hits.enumerated() {
            let near = hits[index...].prefix { $0.offset - hit.offset < Self.length - Self.lead }
            let count = Set(near.map(\.phrase)).count
            if count > best.count { best = (count, hit.offset) }
        }
        return best.offset
    }

    private static func matches(
        _ words: ArraySlice<(word: [UInt8], offset: Int)>, _ phrase: (words: Counted<[UInt8]>, isPrefix: Bool)
    ) -> Bool {
        guard words.count == phrase.words.count, let last = words.last, let wanted = phrase.words.last else {
            return false
        }
        guard phrase.isPrefix ? last.word.starts(with: wanted) : last.word == wanted else { return false }
        return zip(words.dropLast(), phrase.words.dropLast()).allSatisfy { $0.word == $1 }
    }
}
