import Chat
import Testing

@testable import Agents

@Suite struct NamedBooksTests {
    @Test(
        arguments: [
            (
                "After *The Time Machine* by H. G. Wells there are ways.\n\n*Dracula* by Bram Stoker (1897): x.\n\n*Emma* by Jane Austen: y. Also *Ulysses*.",
                ["Dracula", "Emma", "Ulysses"]
            ),
            ("You might like *Dracula* and then *Emma*.", ["Dracula", "Emma"]),
            ("1. **Dracula** by Bram Stoker\n2. **Emma**\n", ["Dracula", "Emma"]),
            ("* *Dracula*\n- *Emma*, *Emma*", ["Dracula", "Emma"]),
            ("no titles", []), ("*", []), ("***", []), ("a * b", []), ("*unclosed", []),
        ] as [(String, [String])])
    func `titles in a reply are found in their order`(_ text: String, _ titles: [String]) {
        #expect(NamedBooks.titles(in: text).map(\.title) == titles)
    }

    @Test func `a reply of asterisks is read in time and gives few titles`() {
        let text = String(repeating: "*a*\n*b\n**", count: 60_000)
        #expect(NamedBooks.titles(in: text).count <= 10)
    }

    @Test func `instructions, tools and silence are no part of what an agent reads`() {
        let messages = [
            ModelMessage(role: .system, content: "s"), ModelMessage(role: .user, content: "u"),
            ModelMessage(role: .assistant, content: ""), ModelMessage(role: .tool, content: "t", toolCallID: "c"),
            ModelMessage(role: .assistant, content: "a"),
        ]
        let history = ClientConversation.history(messages)
        #expect(history.map(\.content) == ["u", "a"])
        #expect(history.map(\.role) == [.user, .assistant])
    }

    @Test func `a long conversation is read from its end`() {
        let messages = (0..<2_048).map {
            ModelMessage(role: .user, content: "\($0)" + String(repeating: "x", count: 20_000))
        }
        let history = ClientConversation.history(messages)
        #expect(history.count == 13)
        #expect(history.last?.content.hasPrefix("2047") ?? false)
    }
}
