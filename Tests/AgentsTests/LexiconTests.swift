import Chat
import Testing

@testable import Agents

@Suite struct LexiconTests {
    @Test func `every line of the tables is understood, and every name is there once`() {
        #expect(Lexicon.shared.concepts.count == Lexicon.lines.count)
        #expect(Set(Lexicon.shared.concepts.map(\.name)).count == Lexicon.lines.count)
    }

    @Test func `every concept of the author tables is in the lexicon`() {
        for line in KnownAuthors.lines {
            let fields = line.split(separator: "|")
            #expect(fields.count == 3, "\(line)")
            for name in fields.last?.split(separator: ";") ?? [] {
                let name = String(name.drop { $0 == " " })
                #expect(Lexicon.shared[name] != nil, "\(name) in \(line)")
            }
        }
    }

    @Test func `an author is found under every spelling that catalogues use`() {
        #expect(KnownAuthors.shared["Mary Wollstonecraft Shelley"]?.nation == "english")
        #expect(KnownAuthors.shared["J. R. R. Tolkien"]?.name == KnownAuthors.shared["J.R.R. Tolkien"]?.name)
        #expect(KnownAuthors.shared["Nobody Inparticular"] == nil)
    }

    @Test func `terms mean what they name, and not what they only contain`() throws {
        let mars = try #require(Lexicon.shared["mars"])
        #expect(Lexicon.shared.meaning(ofTerm: "mars").for.map(\.concept) == [mars.id])
        #expect(Lexicon.shared.meaning(ofTerm: "marseille").for.isEmpty)
        // "children" is a subject of books for anybody.
        let children = try #require(Lexicon.shared["children's"])
        #expect(!Lexicon.shared.meaning(ofTerm: "children").for.contains { $0.concept == children.id })
        #expect(Lexicon.shared.meaning(ofTerm: "children's").for.contains { $0.concept == children.id })
    }

    @Test func `spellings of one name agree, names of two people do not`() {
        #expect(AuthorMatch.isSamePerson("Fyodor Dostoyevsky", "Fyodor Dostoevsky"))
        #expect(AuthorMatch.isSamePerson("H. G. Wells", "Herbert George Wells"))
        #expect(!AuthorMatch.isSamePerson("Charlotte Brontë", "Emily Brontë"))
        #expect(!AuthorMatch.isSamePerson("Henry James", "M. R. James"))
    }
}
