import JSON

/// An agent, and how it is asked: each has a dialect of its own (docs/api.md).
struct ChatAgent {
    private enum Dialect { case companion, tutor, desk, plain }

    let name: String
    private let dialect: Dialect

    /// - Parameter name: `noah`, `tutor`, `desk`, one of the desk's such as `desk.analyst`, or a persona's. Whether the installation has it,
    ///   its answer tells.
    init(_ name: String) {
        self.name = name
        dialect =
            switch name {
            case "noah": .companion
            case "tutor": .tutor
            case _ where name == "desk" || name.hasPrefix("desk."): .desk
            default: .plain
            }
    }

    var path: String {
        switch dialect {
        case .companion: "/api/v1/chat/stream"
        case .tutor: "/stream-chat"
        case .desk: "/api/chat/stream"
        case .plain: "/api/agent/chat"
        }
    }

    func question(_ message: String, session: String) -> JSONValue {
        switch dialect {
        case .companion: ["message": .string(message), "session_id": .string(session)]
        case .tutor: ["message": .string(message), "sessionId": .string(session)]
        case .desk:
            [
                "message": .string(message), "sessionId": .string(session),
                "assistantType": .string(name == "desk" ? "general" : String(name.dropFirst(5))),
            ]
        case .plain: ["message": .string(message), "session_id": .string(session), "mode": .string(name)]
        }
    }

    /// A refusal of an agent's name speaks of the request's field.
    func explained(_ failure: CommandFailure) -> CommandFailure {
        for (field, before) in [("mode", "noah, tutor, desk, "), ("assistantType", "desk.")] {
            let start = "\(field): must be one of "
            guard failure.message.hasPrefix(start) else { continue }
            let names = failure.message.dropFirst(start.count).prefix { $0 != "(" }.dropLast()
            return CommandFailure(failure.code, "no agent is named \(name); there are \(before)\(names)")
        }
        return failure
    }

    /// Where a reply is read again from an event on.
    func path(of reply: String) -> String {
        switch dialect {
        case .companion, .plain: "/api/v1/chat/stream/\(reply)"
        case .tutor, .desk: "\(path)/\(reply)"
        }
    }

    func stop(_ reply: String) -> (path: String, body: JSONValue) {
        switch dialect {
        case .companion, .plain: ("/api/v1/chat/stop", ["message_id": .string(reply)])
        case .tutor: ("/stream-chat/stop", ["messageId": .string(reply)])
        case .desk: ("/api/chat/stop", ["messageId": .string(reply)])
        }
    }
}

/// What an event of any dialect says to a reader.
enum ChatNews {
    case begun(reply: String)
    case text(String)
    /// What was shown of the reply is void.
    case reset
    /// Titles, a line each: books that are recommended, documents that the answer rests on.
    case list([String])
    case ended(isStopped: Bool)
    case failed(String)
    case nothing

    init(_ event: JSONValue) {
        func text(_ key: String) -> String { event[key]?.stringValue ?? "" }
        switch text("type") {
        case "user_message_received": self = .begun(reply: text("reply_id"))
        case "start", "chat_started": self = .begun(reply: text("messageId"))
        case "content_chunk", "content", "token": self = .text(text("content"))
        case "provider_switch" where event["reset"]?.boolValue == true, "reset": self = .reset
        case "recommendations": self = .list((event["recommendations"]?.arrayValue ?? []).map(Self.book))
        case "sources":
            self = .list(
                (event["sources"]?.arrayValue ?? []).compactMap { source in
                    source["title"]?.stringValue.map { title in
                        [title, source["section"]?.stringValue ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
                    }
                })
        case "complete", "done", "chat_completed": self = .ended(isStopped: text("status") == "stopped")
        case "error": self = .failed(text("message").isEmpty ? text("code") : text("message"))
        default: self = .nothing
        }
    }

    private static func book(_ book: JSONValue) -> String {
        let authors = (book["authors"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ", ")
        let year = book["year"]?.integerValue.map { " (\($0))" } ?? ""
        return (book["title"]?.stringValue ?? "") + (authors.isEmpty ? "" : ", \(authors)") + year
    }
}
