import Testing

@testable import Agents

@Suite struct TokenizerTests {
    @Test func `initials and titles do not end a sentence`() {
        let tokens = Tokenizer.tokens(of: "Mars by H. G. Wells and Mr. Darcy. What next?")
        #expect(tokens.map(\.text) == ["Mars", "by", "H", "G", "Wells", "and", "Mr", "Darcy", "What", "next"])
        #expect(tokens.filter(\.startsSentence).map(\.text) == ["Mars", "What"])
    }

    @Test(arguments: ["Jack London's books", "Jack London\u{2019}s books"])
    func `a possessive ending is known as one`(text: String) {
        let london = Tokenizer.tokens(of: text)[1]
        #expect(london.isPossessive)
        #expect(london.base == "london")
    }

    @Test(
        arguments: ["\"It\" was great", "\u{201C}It\u{201D} was great", "*It* was great", "\u{AB}It\u{BB} was great"])
    func `quoted words belong together, in any kind of quotation marks`(text: String) {
        let tokens = Tokenizer.tokens(of: text)
        #expect(tokens[0].quote != nil)
        #expect(tokens[1].quote == nil)
    }

    @Test func `marks and letters of other spellings fold to plain ones`() {
        #expect(Folding.fold("Brontë's Œuvres complètes & Łódź") == "brontes oeuvres completes and lodz")
        // One letter, and a letter with a combining mark.
        #expect(Folding.fold("\u{E9}mile") == Folding.fold("e\u{301}mile"))
        #expect(Folding.titleKey("The War of the Worlds: A Tale") == "war of the worlds")
    }

    @Test func `offsets point at the words in the message's bytes`() {
        let text = "J'ai lu « Candide », \u{1F600} et \"Zadig\"."
        for token in Tokenizer.tokens(of: text) {
            let bytes = Array(text.utf8)[token.start..<token.end]
            #expect(String(decoding: bytes, as: UTF8.self) == token.text)
        }
    }

    @Test(
        arguments: [
            "", " ", "???", "\r\n\r\n", "''''", "\"\"\"", "\u{0}\u{7F}", "a\u{301}\u{301}\u{301}", "--", "\u{202E}abc",
        ])
    func `a message of any bytes is taken apart`(text: String) {
        #expect(Tokenizer.tokens(of: text).count <= 1)
        _ = Reading(text)
    }

    @Test func `a very long message costs no more than its first words`() {
        #expect(Tokenizer.tokens(of: String(repeating: "word ", count: 10_000)).count == Tokenizer.maximumTokens)
    }
}
