import Chat
import Testing

@testable import Agents

/// What the words of a message say.
@Suite struct ReadingTests {
    @Test(
        arguments: [
            ("a gothic novel from before 1800", -3000...1799), ("written before 1700, in French", -3000...1699),
            ("nineteenth-century poetry", 1801...1900), ("19th century novels", 1801...1900),
            ("plays of the 1600s", 1600...1699), ("novels of the 1920s", 1920...1929),
            ("something Victorian", 1837...1901),
            ("the roaring twenties", 1920...1929), ("after 1950", 1950...2100), ("between 1800 and 1850", 1800...1850),
            ("from 1890-1910", 1890...1910), ("ancient comedies", -900...500),
            ("5th century BC tragedies", -500...(-401)),
            ("early 19th century", 1801...1840), ("before the 19th century", -3000...1800),
            ("older than 1900", -3000...1899),
            ("published in 1925", 1925...1925),
        ])
    func `periods are read in the forms people use`(text: String, years: ClosedRange<Int>) {
        #expect(Reading(text).period?.years == years)
    }

    @Test(
        arguments: [
            "set in Victorian London", "novels about the 19th century", "set during the 1920s", "The year 1984", "1984",
        ])
    func `a time in which a story plays is no time of writing`(text: String) {
        #expect(Reading(text).period == nil)
    }

    @Test(
        arguments: [
            ("poetry in French", ["fr"], []), ("French poetry", [], ["french"]), ("I'm learning German", ["de"], []),
            ("French plays in the original", ["fr"], []), ("novels in German or Spanish", ["de", "es"], []),
            ("Russian novels", [], ["russian"]), ("the French Revolution", [], []), ("Greek myths", [], []),
            ("tell us more", [], []), ("a Spanish-language novel", ["es"], []),
        ] as [(String, [String], [String])])
    func `a language is told from a literature`(text: String, languages: [String], nations: [String]) {
        let mentions = Reading(text).nations
        #expect(mentions.filter(\.isLanguage).map(\.nation.language) == languages)
        #expect(mentions.filter { !$0.isLanguage }.map(\.nation.name) == nations)
    }

    @Test(
        arguments: [
            ("something funny and short", [.short]), ("one huge story", [.long]), ("under 200 pages", [.short]),
            ("less than 400 pages", [.short, .medium]), ("over 500 pages", [.long]), ("not too long", [.short]),
            ("I can finish in one evening", [.short]), ("short stories", nil), ("doesn't matter how long", nil),
            ("nothing long please", [.short, .medium]), ("a long time ago", nil),
        ] as [(String, Set<BookLength>?)])
    func `lengths are read, and words that only look like one are not`(text: String, lengths: Set<BookLength>?) {
        #expect(Reading(text).length?.lengths == lengths)
    }

    @Test(
        arguments: [
            ("Victorian novels, but not Dickens", "Dickens", .avoided),
            ("no Tolstoy and no Dostoyevsky please", "Dostoyevsky", .avoided),
            ("nothing by Doyle or Christie", "Christie", .avoided), ("no Dickens, Eliot or Hardy", "Hardy", .avoided),
            ("I can't stand Hemingway", "Hemingway", .disliked), ("I don't like Hemingway", "Hemingway", .disliked),
            ("I loved Dune, Hyperion and Foundation", "Foundation", .liked), ("Emma is my favourite", "Emma", .liked),
            ("Ulysses was boring", "Ulysses", .disliked), ("I've read Dune", "Dune", .read),
            ("something like Dune", "Dune", .similar),
            ("Which Austen after Emma?", "Emma", .read), ("not Dickens, something funny", "funny", .wanted),
            ("not only Dickens", "Dickens", .wanted), ("I would like Dickens", "Dickens", .wanted),
            ("What should I read by Wharton?", "Wharton", .wanted),
            ("I'm a nurse, I want Dickens", "nurse", .background),
            ("I haven't read Dickens", "Dickens", .wanted),
            ("spooky but not too frightening", "frightening", .softened),
            ("I don't like war. What about Dickens?", "Dickens", .wanted), ("no love stories", "stories", .avoided),
        ] as [(String, String, Stance)])
    func `what is wanted and what is not`(text: String, word: String, stance: Stance) throws {
        let reading = Reading(text)
        let index = try #require(reading.tokens.firstIndex { $0.text == word })
        #expect(reading.stances[index] == stance)
    }

    @Test(
        arguments: [
            ("sci-fi about Mars", ["science fiction", "mars"]), ("a whodunit", ["detective fiction"]),
            ("ghost stories", ["ghost stories"]),
            ("novels set in the Klondike", ["novel", "the gold rush"]), ("something creepy", ["creepy"]),
            ("a love story at sea", ["romance", "the sea"]),
            ("I love horses", ["horses"]), ("plays on Greek myths", ["plays", "greek myths"]),
        ])
    func `readers' words mean the catalogue's subjects`(text: String, names: [String]) {
        #expect(Reading(text).concepts.map(\.concept.name) == names)
    }

    @Test(
        arguments: [
            ("who wrote Middlemarch?", .about([.author])), ("What's Oblomov about?", .about([.content])),
            ("hello", .greeting),
            ("Hi Noah!", .greeting), ("thanks, that's great", .thanks), ("who are you?", .help),
            ("how are you?", .wellbeing), ("goodbye", .farewell),
            ("translate this into German", .beyond(.translation)),
            ("please write me a poem about autumn", .beyond(.writing)),
            ("what's the weather tomorrow?", .beyond(.news)), ("write a python script", .beyond(.writing)),
            ("17 * 23", .beyond(.calculation)),
            ("Summarise Moby Dick chapter by chapter", .beyond(.retelling)), ("books about the weather", .recommend),
            ("Hello, I'm looking for a novel about Mars", .recommend),
            ("what novels are there about whaling?", .recommend),
            ("what is that book called where a man becomes an insect", .identify), ("great war novels", .recommend),
        ] as [(String, Ask)])
    func `what is asked`(text: String, ask: Ask) {
        #expect(Reading(text).ask == ask)
    }

    @Test(
        arguments: [
            ("more like the second one", [1]), ("tell me about the third", [2]), ("number 4 sounds good", [3]),
            ("the last one", [-1]),
            ("the first and the third one", [0, 2]), ("the second world war", []), ("my first novel", []),
            ("a third of it", []),
        ] as [(String, [Int])])
    func `places in the last list`(text: String, places: [Int]) {
        #expect(FollowUpReader.read(Tokenizer.tokens(of: text)).places == places)
    }

    @Test func `comparisons are read with what they compare`() {
        #expect(Reading("like Frankenstein but shorter").comparisons.map(\.comparison) == [.shorter])
        #expect(Reading("something newer and less sad").comparisons.map(\.mood) == [nil, "sad"])
        #expect(Reading("by later poets").comparisons.isEmpty)
    }
}
