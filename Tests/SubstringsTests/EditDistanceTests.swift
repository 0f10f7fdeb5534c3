import Substrings
import Testing

struct EditDistanceTests {
    @Test func `slips of typing are counted, swaps of neighbours as one`() {
        #expect(EditDistance.slips("frankenstien", "frankenstein", limit: 2) == 1)
        #expect(EditDistance.slips("predjudice", "prejudice", limit: 2) == 1)
        #expect(EditDistance.slips("austin", "austen", limit: 2) == 1)
        #expect(EditDistance.slips("kitten", "sitting", limit: 3) == 3)
        #expect(EditDistance.slips("kitten", "sitting", limit: 2) == nil)
        #expect(EditDistance.slips("same", "same", limit: 0) == 0)
        #expect(EditDistance.slips("", "ab", limit: 2) == 2)
        #expect(EditDistance.slips("abcdef", "abc", limit: 2) == nil)
    }

    @Test func `the banded count is the plain one wherever that is within the limit`() {
        func plain(_ left: [UInt8], _ right: [UInt8]) -> Int {
            var table = Array(repeating: Array(repeating: 0, count: right.count + 1), count: left.count + 1)
            for i in 0...left.count { table[i][0] = i }
            for j in 0...right.count { table[0][j] = j }
            for i in 1...left.count {
                for j in 1...right.count {
                    let same = left[i - 1] == right[j - 1] ? 0 : 1
                    table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + same)
                    if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                        table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
                    }
                }
            }
            return table[left.count][right.count]
        }
        // All words of three letters that have four of them at most.
        var words: [[UInt8]] = []
        var longest: [[UInt8]] = [[]]
        for _ in 1...4 {
            longest = longest.flatMap { word in (97...99).map { word + [$0] } }
            words += longest
        }
        for left in words {
            for right in words {
                let expected = plain(left, right)
                let found = (0...3).map { limit in
                    EditDistance.slips(
                        String(decoding: left, as: UTF8.self), String(decoding: right, as: UTF8.self), limit: limit)
                }
                #expect(found == (0...3).map { expected <= $0 ? expected : nil }, "\(left) \(right)")
            }
        }
    }
}
