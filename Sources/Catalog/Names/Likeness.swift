/// How alike two folded texts are: slips of typing, and names that were brought over from other alphabets in several ways.
enum Likeness {
    /// How many slips a text of this length may hold and still be recognised.
    static func allowedSlips(_ length: Int) -> Int {
        switch length {
        case ..<4: 0
        case ..<9: 1
        default: 2
        }
    }

    /// The least number of insertions, deletions, substitutions and swaps of neighbours (optimal string alignment) that
    /// makes one into the other; nil when it is more than `limit`.
    static func slips(_ left: Span<UInt8>, _ right: Span<UInt8>, limit: Int) -> Int? {
        let (rows, columns) = (left.count, right.count)
        guard abs(rows - columns) <= limit else { return nil }
        guard rows > 0, columns > 0 else { return max(rows, columns) }
        // What both begin with costs nothing; most candidates differ early, so this is also the quickest refusal.
        let infinity = limit + 1
        var beforeLast = [Int](repeating: infinity, count: columns + 1)
        var last = (0...columns).map { min($0, infinity) }
        var row = [Int](repeating: infinity, count: columns + 1)
        for i in 1...rows {
            // Only a band of `limit` around the diagonal can stay within the limit.
            let low = max(1, i - limit)
            let high = min(columns, i + limit)
            row[low - 1] = low == 1 ? min(i, infinity) : infinity
            var best = row[low - 1]
            if low <= high {
                for j in low...high {
                    let same = left[i - 1] == right[j - 1]
                    var cost = last[j - 1] + (same ? 0 : 1)
                    if j < i + limit { cost = min(cost, last[j] + 1) }
                    cost = min(cost, row[j - 1] + 1)
                    if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                        cost = min(cost, beforeLast[j - 2] + 1)
                    }
                    row[j] = min(cost, infinity)
                    best = min(best, row[j])
                }
            }
            if high < columns { row[high + 1] = infinity }
            if best > limit { return nil }
            swap(&beforeLast, &last)
            swap(&last, &row)
        }
        return last[columns] <= limit ? last[columns] : nil
    }

    static func slips(_ left: some StringProtocol, _ right: some StringProtocol, limit: Int) -> Int? {
        slips(Array(left.utf8).span, Array(right.utf8).span, limit: limit)
    }

    /// A form in which the usual spellings of a Slavic or Germanic name agree: "dostoyevsky", "dostoevski" and
    /// "dostojewskij" are all "dostoevski".
    static func sound(_ surname: String) -> String {
        var text = surname
        for (spelling, sound) in [
            ("tsch", "c"), ("tch", "c"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "h"), ("zh", "z"), ("ou", "u"),
            ("oo", "u"), ("ff", "v"), ("ph", "f"), ("ck", "k"), ("cz", "c"), ("yi", "i"), ("iy", "i"), ("ij", "i"),
            ("ye", "e"),
            ("je", "e"), ("ie", "e"), ("ya", "a"), ("ia", "a"), ("ja", "a"), ("w", "v"), ("y", "i"), ("j", "i"),
            ("th", "t"),
        ] where text.contains(spelling) {
            text = Self.replacing(spelling, with: sound, in: text)
        }
        // Doubled letters count once.
        var bytes: [UInt8] = []
        for byte in text.utf8 where bytes.last != byte { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func replacing(_ part: String, with other: String, in text: String) -> String {
        let (source, pattern) = (Array(text.utf8), Array(part.utf8))
        var result: [UInt8] = []
        var index = 0
        while index < source.count {
            if source[index...].starts(with: pattern) {
                result.append(contentsOf: other.utf8)
                index += pattern.count
            } else {
                result.append(source[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
