@testable import Chat
@testable import FCGIApp
@testable import JSON
@testable import JSONWebTokens
@testable import Routes

extension Readers {
    /// What stands in a request.
    static let requests: [Reader] = [
        Reader("a query") { _ = try Query($1) },
        Reader("cookies") {
            _ = try GuestCookie.read(
                from: Request(variables: [(name: "HTTP_COOKIE", value: $1)], body: [], bodyState: .complete))
        },
        Reader("a user's name") { _ = UserNames.id(of: $1) },
        Reader("a chat completion") { _ = try CompletionRequest(completion($1)) },
    ]

    private static func completion(_ text: String) throws -> BodyFields {
        var json = JSONWriter()
        json.beginObject()
        json.key("model")
        json.string("any")
        json.key("messages")
        json.beginArray()
        json.beginObject()
        json.key("role")
        json.string("user")
        json.key("content")
        json.string(text)
        json.endObject()
        json.endArray()
        json.endObject()
        return try BodyFields(Request(variables: [], body: json.bytes, bodyState: .complete), limit: 1 << 20)
    }
}
