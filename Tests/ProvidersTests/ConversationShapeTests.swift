import Chat
import JSON
import Testing

@testable import Providers

/// The templates of many models (Gemma, Mistral, Qwen) refuse a conversation in which the same side speaks twice in a row, or the
/// system behind others.
@Suite struct ConversationShapeTests {
    private static let strict = [
        "http://127.0.0.1:8080/v1", "https://api.groq.com/openai/v1", "https://openrouter.ai/api/v1",
    ]

    private func sent(_ request: ModelRequest, _ format: some WireFormat) throws -> [JSONValue] {
        try JSONValue(parsing: format.call(request, model: "m", streams: true).body)["messages"]?.arrayValue ?? []
    }

    private func sent(_ request: ModelRequest, _ baseURL: String = Self.strict[0]) throws -> [JSONValue] {
        try sent(request, OpenAIFormat(baseURL: baseURL))
    }

    private static func request(_ shape: String) -> ModelRequest {
        let roles: [Character: ModelMessage.Role] = ["s": .system, "u": .user, "a": .assistant]
        return ModelRequest(
            instructions: "",
            messages: shape.enumerated().map { ModelMessage(role: roles[$1] ?? .user, content: "\($0)") })
    }

    private static func line(_ message: JSONValue) -> String {
        "\(message["role"]?.stringValue?.first ?? "?")\(message["content"]?.stringValue ?? "-")"
    }

    @Test(
        arguments: [
            ("u", ["u0"]), ("uu", ["u0\n\n1"]), ("suu", ["s0", "u1\n\n2"]), ("ssu", ["s0\n\n1", "u2"]),
            ("usu", ["s1", "u0\n\n2"]), ("uasu", ["s2", "u0", "a1", "u3"]),
            ("au", ["u(The conversation begins.)", "a0", "u1"]),
            ("sau", ["s0", "u(The conversation begins.)", "a1", "u2"]), ("uaau", ["u0", "a1\n\n2", "u3"]),
            ("ua", ["u0", "a1", "u(Go on.)"]), ("uaa", ["u0", "a1\n\n2", "u(Go on.)"]),
            ("s", ["s0"]), ("ss", ["s0\n\n1"]), ("", ["u(The conversation begins.)"]),
        ])
    func `is the system's words, then the user and the assistant in turn, the user first and last`(
        _ shape: String, _ expected: [String]
    ) throws {
        for host in Self.strict { #expect(try sent(Self.request(shape), host).map(Self.line) == expected) }
        let plain = shape.enumerated().map { "\($1)\($0)" }
        #expect(try sent(Self.request(shape), "https://api.openai.com/v1").map(Self.line) == plain)
        #expect(try sent(Self.request(shape), "https://n.openai.azure.com/openai/v1").map(Self.line) == plain)
        #expect(try sent(Self.request(shape), AzureFormat(baseURL: "https://n")).map(Self.line) == plain)
    }

    @Test func `loses a reply without a word, which would stand between two questions`() throws {
        var request = Self.request("uau")
        request.messages[1].content = " \n"
        request.instructions = "Be brief."
        #expect(try sent(request).map(Self.line) == ["sBe brief.", "u0\n\n2"])
    }

    @Test func `has every picture of the messages that became one, and what they say in its place`() throws {
        let picture = MessagePart.attachment(Chat.Attachment(kind: .image, source: .url("https://h/1.png")))
        var request = Self.request("uuu")
        request.messages[1].parts = [.text("1"), picture]
        let messages = try sent(request)
        #expect(messages.count == 1)
        let parts = messages[0]["content"]?.arrayValue ?? []
        #expect(parts.map { $0["type"]?.stringValue } == ["text", "text", "image_url", "text"])
        #expect(parts.compactMap { $0["text"]?.stringValue } == ["0", "1", "2"])
    }

    @Test func `keeps speakers with different names apart`() throws {
        var request = Self.request("uuu")
        request.messages[0].name = "ann"
        request.messages[1].name = "ann"
        request.messages[2].name = "bob"
        #expect(try sent(request).map { $0["name"]?.stringValue } == ["ann", "bob"])
    }

    @Test func `keeps tools' calls with the words before them, and results behind their calls`() throws {
        var request = Self.request("uaauu")
        request.messages[2].toolCalls = [
            ToolCall(id: "x", name: "f", arguments: "{}"), ToolCall(id: "y", name: "f", arguments: "{}"),
        ]
        request.messages[2].reasoning = Reasoning(text: "Hm.")
        request.messages.append(ModelMessage(role: .tool, content: "Y", toolCallID: "y"))
        let messages = try sent(request)
        #expect(messages.map(Self.line) == ["u0", "a1\n\n2", "t(no result)", "tY", "u3\n\n4"])
        #expect(messages[1]["tool_calls"]?.arrayValue?.count == 2)
        #expect(messages[1]["reasoning_content"]?.stringValue == "Hm.")
    }

    @Test(.timeLimit(.minutes(1)))
    func `is worked out in time that grows with its length`() throws {
        let count = isSanitized ? 2_000 : 20_000
        var request = Self.request(String(repeating: "u", count: count))
        #expect(try sent(request).count == 1)
        request.messages[0].parts = [.text("a")]
        #expect(try sent(request)[0]["content"]?.arrayValue?.count == count)
        let calls = (0..<count).map { ToolCall(id: "c\($0)", name: "f", arguments: "{}") }
        request.messages = [ModelMessage(role: .assistant, content: "", toolCalls: calls)]
        request.messages += calls.reversed().map { ModelMessage(role: .tool, content: $0.id, toolCallID: $0.id) }
        #expect(try sent(request).suffix(count).map(Self.line) == calls.map { "t\($0.id)" })
    }
}
