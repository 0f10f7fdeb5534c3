import Counting
import Testing

@testable import Knowledge

@Suite struct WorkTests {
    /// What doubles in length must not take more than twice the work, and a little.
    private func expectLinear(_ pattern: String, _ read: (String, Work) -> Void) {
        let looks = [2_048, 4_096, 8_192].map { bytes in
            let work = Work()
            read(String(repeating: pattern, count: bytes / pattern.utf8.count), work)
            return work.looks
        }
        #expect(looks[2] - looks[1] <= (looks[1] - looks[0]) * 5 / 2 + 1_000, "\(pattern.debugDescription): \(looks)")
    }

    @Test(arguments: [
        "`", "``", "``<a\\", "` `` ", "```a``b`", "[", "![", "[a](", "[a](b)", "[[a](b)", "](", "(", "<", "<http",
        "<http://a>",
        "*", "* ", "**a", "_", "~~", "\\", "a", "a b ", "e\u{301}", "\u{6771}", "[`", "`[", "<`",
    ])
    func `the signs of a line are taken out in work that grows with the line`(_ pattern: String) {
        expectLinear(pattern) { _ = InlineText.plain($0, by: $1) }
    }

    @Test func `runs of ever more code signs are each looked for once`() {
        let looks = [40, 80, 160].map { most in
            let work = Work()
            _ = InlineText.plain((1...most).map { String(repeating: "`", count: $0) }.joined(separator: " "), by: work)
            // By the number of signs, which is the square of `most`.
            return work.looks / (most * most)
        }
        #expect(looks[2] <= looks[0] + 1)
    }

    @Test(arguments: ["\u{1}a\u{2} ", "\u{1}a\u{2}. A", "\u{1}a\u{2}\n", "a. B ", "a", "\n", "e.g. "])
    func `a passage is chosen in work that grows with the section`(_ pattern: String) {
        expectLinear(pattern) { _ = Passage(marked: $0, by: $1).excerpt() }
    }
}
