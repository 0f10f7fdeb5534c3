extension [Message] {
    /// The latest of these, as many as have no more than `bytes` bytes of text in all.
    package func latest(within bytes: Int) -> ArraySlice<Message> {
        var left = bytes
        var start = endIndex
        while start > startIndex, self[start - 1].content.utf8.count <= left {
            start -= 1
            left -= self[start].content.utf8.count
        }
        return self[start...]
    }

    /// The conversation as one line of questions and answers: of several replies to one message the latest, right after it.
    /// Replies to messages that are not among these stay where they are.
    var withLatestReplies: [Message] {
        var latest: [MessageID: Message] = [:]
        for message in self { if let question = message.inReplyTo { latest[question] = message } }
        let questions = Set(lazy.filter { $0.role == .user }.map(\.id))
        var line: [Message] = []
        line.reserveCapacity(count)
        for message in self {
            if let question = message.inReplyTo, questions.contains(question) { continue }
            line.append(message)
            if message.role == .user, let reply = latest[message.id] { line.append(reply) }
        }
        return line
    }
}

extension ProviderSwitch {
    /// The text that was shown last did not come into the store before its worker was lost: the reply starts again, from what
    /// is kept.
    public static let textLost = ProviderSwitch(from: "", to: "", reason: "text_lost", attempt: 1, resetsText: true)
}
