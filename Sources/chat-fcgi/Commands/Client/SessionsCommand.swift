import Chat
import JSON

/// `chat-fcgi sessions`: a user's conversations, or the messages of one.
enum SessionsCommand {
    private static let usage = "chat-fcgi sessions [ID] [--limit 50] [--json] " + Access.usage

    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words, valued: Access.options.union(["--limit"]), flags: ["--json"])
        try arguments.expect(words: 0...1, usage)
        let text = arguments.options["--limit"] ?? "50"
        guard let limit = Int64(text), (1...200).contains(limit) else {
            throw CommandFailure(.usage, "--limit \(text) must be 1 to 200")
        }
        if let id = arguments.words.first, !Identifiers.isAcceptable(id) {
            throw CommandFailure(.usage, "\(id) is no conversation's id: chat-fcgi sessions lists them")
        }
        let access = try await Access(arguments, isReading: true)
        do {
            let isJSON = arguments.flags.contains("--json")
            if let id = arguments.words.first {
                let answer = try await access.ask(
                    .post, "/api/v1/chat/history", ["session_id": .string(id), "limit": .integer(limit)])
                let messages = answer["messages"]?.arrayValue ?? []
                tell(messages, answer["has_more"]?.boolValue ?? false, isJSON: isJSON)
            } else {
                let answer = try await access.ask(.get, "/api/v1/chat/sessions?limit=\(limit)")
                let isGuest = arguments.options["--url"] != nil && Access.token(arguments.options) == nil
                tell(answer["sessions"]?.arrayValue ?? [], isJSON: isJSON, ofNewGuest: isGuest)
            }
        } catch {
            await access.close()
            throw error
        }
        await access.close()
    }

    private static func tellJSON(_ values: [JSONValue]) {
        for value in values { say(value.line) }
    }

    private static func tell(_ sessions: [JSONValue], isJSON: Bool, ofNewGuest isGuest: Bool) {
        guard !isJSON else { return tellJSON(sessions) }
        guard !sessions.isEmpty else {
            return say("no conversations" + (isGuest ? ": without --token T a new guest asks" : ""))
        }
        let rows = sessions.map { session in
            [
                session["session_id"]?.stringValue ?? "", session["agent"]?.stringValue ?? "",
                // To the minute.
                String((session["updated_at"]?.stringValue ?? "").prefix(16)),
                String(session["message_count"]?.integerValue ?? 0), session["title"]?.stringValue ?? "",
            ].map { Output.printable($0).split(whereSeparator: \.isNewline).joined(separator: " ") }
        }
        // Titles come last, where their width does not matter.
        let heads = ["conversation", "agent", "updated", "messages"]
        let lines = Columns.lines(heads, rows.map { Array($0.dropLast()) }, texts: 3)
        for (line, title) in zip(lines, ["title"] + rows.map { $0.last! }) { say(line + "  " + title) }
    }

    private static func tell(_ messages: [JSONValue], _ hasMore: Bool, isJSON: Bool) {
        guard !isJSON else { return tellJSON(messages) }
        if hasMore { say("(earlier messages are left out; --limit)") }
        for message in messages {
            let status = message["status"]?.stringValue ?? ""
            let note = ["complete", ""].contains(status) ? "" : ", \(status)"
            let who = message["agent"]?.stringValue ?? message["role"]?.stringValue ?? ""
            say("\(who)  \(message["created_at"]?.stringValue ?? "")\(note)")
            say(Output.printable(message["content"]?.stringValue ?? ""))
            say("")
        }
    }
}

extension JSONValue {
    /// As a line of JSON Lines.
    var line: String { String(decoding: encoded, as: UTF8.self) }
}
