/// Counts the slips of typing between one text and many others. Keeps its working memory, because it is asked tens of
/// thousands of times for one search.
public struct EditDistance {
    private let text: [UInt8]
    private let letters: UInt64
    private let limit: Int
    private var beforeLast: [Int]
    private var last: [Int]
    private var row: [Int]

    /// - Parameter limit: more slips than this are not counted out.
    public init(_ text: String, limit: Int) {
        self.text = Array(text.utf8)
        self.limit = limit
        letters = self.text.reduce(0) { $0 | Self.bit($1) }
        let width = self.text.count + limit + 2
        beforeLast = Array(repeating: 0, count: width)
        last = beforeLast
        row = beforeLast
    }

    /// The least number of insertions, deletions, substitutions and swaps of neighbours that makes one text into the other
    /// (optimal string alignment distance); nil when it is more than the limit.
    public mutating func slips(to other: Span<UInt8>) -> Int? {
        let (rows, columns) = (text.count, other.count)
        guard abs(rows - columns) <= limit else { return nil }
        guard rows > 0, columns > 0 else { return max(rows, columns) }
        // A slip changes which letters there are by two at most.
        var theirs: UInt64 = 0
        for index in other.indices { theirs |= Self.bit(other[index]) }
        guard (letters ^ theirs).nonzeroBitCount <= 2 * limit else { return nil }
        let infinity = limit + 1
        for index in 0...columns {
            last[index] = min(index, infinity)
            beforeLast[index] = infinity
            row[index] = infinity
        }
        for i in 1...rows {
            // Only a band of `limit` around the diagonal can stay within the limit.
            let low = max(1, i - limit)
            let high = min(columns, i + limit)
            guard low <= high else { return nil }
            row[low - 1] = low == 1 ? min(i, infinity) : infinity
            var best = row[low - 1]
            for j in low...high {
                var cost = last[j - 1] + (text[i - 1] == other[j - 1] ? 0 : 1)
                if j < i + limit { cost = min(cost, last[j] + 1) }
                cost = min(cost, row[j - 1] + 1)
                if i > 1, j > 1, text[i - 1] == other[j - 2], text[i - 2] == other[j - 1] {
                    cost = min(cost, beforeLast[j - 2] + 1)
                }
                row[j] = min(cost, infinity)
                best = min(best, row[j])
            }
            if high < columns { row[high + 1] = infinity }
            if best > limit { return nil }
            swap(&beforeLast, &last)
            swap(&last, &row)
        }
        return last[columns] <= limit ? last[columns] : nil
    }

    /// The slips between two texts as ``slips(to:)`` counts them.
    public static func slips(_ left: String, _ right: String, limit: Int) -> Int? {
        guard abs(left.utf8.count - right.utf8.count) <= limit else { return nil }
        return SpelledWord(left).slips(to: SpelledWord(right), limit: limit)
    }

    fileprivate static func bit(_ byte: UInt8) -> UInt64 { 1 << UInt64(byte & 63) }
}

/// A word that is compared with many, and what tells at once that it is far from most of them.
public struct SpelledWord: Sendable {
    public let text: String
    /// In bytes.
    public let length: Int
    private let letters: UInt64

    public init(_ text: String) {
        self.text = text
        var letters: UInt64 = 0
        for byte in text.utf8 { letters |= EditDistance.bit(byte) }
        self.letters = letters
        length = text.utf8.count
    }

    /// Slips of typing that make one word of the other, as ``EditDistance`` counts them; nil when they are more than `limit`.
    public func slips(to other: SpelledWord, limit: Int) -> Int? {
        guard abs(length - other.length) <= limit, (letters ^ other.letters).nonzeroBitCount <= 2 * limit else {
            return nil
        }
        if text == other.text { return 0 }
        guard limit > 0 else { return nil }
        var counter = EditDistance(text, limit: limit)
        return counter.slips(to: Array(other.text.utf8).span)
    }
}
