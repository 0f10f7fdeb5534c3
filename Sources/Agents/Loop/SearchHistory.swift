import Chat
import JSON

/// Finds what was said before: the reader's own conversations, and nobody else's.
struct SearchHistory: AgentTool {
    let messages: any MessageSearch
    let turn: TurnContext

    private static let maximumCount = 10

    var name: ToolName { .searchHistory }
    var description: String {
        """
        Finds messages of this reader's conversations with any agent by their words, best first. Call it when the reader refers to something said \
        earlier that is not in this conversation ("the book you told me about last week"). Give few, telling words.
        """
    }
    static let parameters = Array(
        """
        {"type":"object","properties":{"query":{"type":"string","description":"One to four words that the message has."}},"required":["query"]}
        """.utf8)

    func opening(_ arguments: ToolArguments) -> String {
        "Looking in earlier conversations: \(((try? arguments.text("query")) ?? nil) ?? "")"
    }

    func call(_ arguments: ToolArguments) async throws -> ToolResult {
        let query = try arguments.requiredText("query", bytes: 200)
        let found = try await messages.search(query, of: turn.user, in: nil, limit: Self.maximumCount + 1) ?? []
        let others = found.filter { $0.messageID != turn.userMessageID }.prefix(Self.maximumCount)
        return ToolResult("Found \(others.count) earlier \(others.count == 1 ? "message" : "messages")") { json in
            json.key("messages")
            json.beginArray()
            for message in others {
                json.beginObject()
                json.member("said_by", message.role == .user ? "reader" : "assistant")
                json.member("on", CalendarDay(message.createdAt).iso)
                json.member("conversation", message.title.summarized())
                json.member("in_this_conversation", message.session == turn.session)
                json.member("text", message.excerpt.summarized(bytes: 400))
                json.endObject()
            }
            json.endArray()
        }
    }
}
