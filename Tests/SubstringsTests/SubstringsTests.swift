import Substrings
import Testing

@Suite("Texts in texts")
struct SubstringsTests {
    @Test(
        arguments: [
            ("roses are red", "are", true), ("roses", "roses", true), ("roses", "rose bush", false), ("", "a", false),
            ("", "", true),
            ("roses", "", true), ("aaab", "aab", true), ("Čapek", "ape", true), ("Čapek", "Cape", false),
            ("a\u{0}b", "\u{0}b", true),
        ] as [(String, String, Bool)])
    func `a text is found wherever its bytes are`(text: String, sought: String, isThere: Bool) {
        #expect(text.contains(sought) == isThere)
        #expect(("x" + text + "x").dropFirst().dropLast().contains(sought[...]) == isThere)
        #expect((text.firstRange(of: sought) != nil) == isThere)
    }

    @Test
    func `a range is that of the first place, in the text that was asked`() throws {
        let url = "chat: https://example.org://"
        let part = url.dropFirst(6)
        let range = try #require(part.firstRange(of: "://"))
        #expect(part[..<range.lowerBound] == "https")
        #expect(part[range.upperBound...] == "example.org://")
        let accents = "né à Prague"
        #expect(try accents[#require(accents.firstRange(of: "à")).lowerBound...] == "à Prague")
    }

    @Test
    func `every place is replaced, and what is put in is not looked at again`() {
        #expect("5% of 20%".replacing("%", with: " percent") == "5 percent of 20 percent")
        #expect("aaa".replacing("aa", with: "a") == "aa")
        #expect("abc".replacing("", with: "-") == "abc")
        #expect("abc".replacing("d", with: "-") == "abc")
    }

    @Test
    func `parts that are empty count`() {
        #expect("a\n\nb\n\n".parts(separatedBy: "\n\n") == ["a", "b", ""])
        #expect("".parts(separatedBy: ", ") == [""])
        #expect("abc".parts(separatedBy: "") == ["abc"])
    }
}
