import Counting
import Testing

@testable import Storage

@Suite struct SearchWorkTests {
    /// How many words of a query an excerpt of a text of so many words is compared with.
    private func looks(_ query: String, words: Int) -> Int {
        let work = Work()
        _ = SearchExcerpt(SearchQuery(query), by: work).of(String(repeating: "a ", count: words) + "b")
        return work.looks
    }

    @Test(arguments: [
        "a", "a b", "b a", "\"a a b\"", "\"" + String(repeating: "a ", count: 240) + "b a\"", "a-a-a-a-b-a",
        String(repeating: "a-", count: 200) + "b-a", String(repeating: "\u{6771}", count: 160),
        "\"" + "a\" \"a a\" \"a a a",
    ])
    func `an excerpt costs the same for each word, however long the query is`(_ query: String) {
        let (few, many) = (looks(query, words: 2_000), looks(query, words: 4_000))
        #expect(many <= few * 21 / 10 + 100)
        #expect(many <= 4_000 * 200)
    }

    @Test func `a long phrase is shown by its beginning`() {
        let text = String(repeating: "x ", count: 500) + "one two three four five six seven eight nine ten"
        let excerpt = SearchExcerpt(SearchQuery("\"one two three four five six seven eight nine ten\"")).of(text)
        #expect(excerpt.hasSuffix("one two three four five six seven eight nine ten"))
    }
}
