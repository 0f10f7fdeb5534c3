import JSON

/// Something of a user's that has changed, for the user's other clients.
public enum UserChange: Sendable, Equatable {
    /// A message was asked, and its reply is being written.
    case question(SessionID, reply: MessageID)
    case replyEnded(SessionID, reply: MessageID)
    /// Its title, or whether it is pinned.
    case renamed(SessionID)
    case pinned(SessionID)
    case deleted(SessionID)
    /// Preferences, marked books, or whether there is learning.
    case taste
}

extension UserChange {
    /// Changes of a user's that may be told anew to who comes within the lifetime of live objects.
    static let maximum = 256

    /// A stable snake_case word.
    public var word: String {
        switch self {
        case .question: "question"
        case .replyEnded: "reply_ended"
        case .renamed: "renamed"
        case .pinned: "pinned"
        case .deleted: "deleted"
        case .taste: "taste"
        }
    }

    var key: LiveKey {
        switch self {
        case .question(let session, _), .replyEnded(let session, _), .renamed(let session), .pinned(let session),
            .deleted(let session):
            LiveKey(kind: .conversation, client: session.rawValue)
        case .taste: LiveKey(kind: .taste, client: "taste")
        }
    }

    /// The change and the reply, as a live object has them.
    var data: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("change", word)
        switch self {
        case .question(_, let reply), .replyEnded(_, let reply):
            json.member("reply_id", reply.rawValue)
        case .renamed, .pinned, .deleted, .taste: break
        }
        json.endObject()
        return json.bytes
    }
}

extension LivePlace {
    /// Where the changes of a user's are told. No client can name this session.
    public static func changes(of user: UserID) -> LivePlace {
        LivePlace(user: user, session: SessionID(rawValue: "~"))
    }
}

extension LiveBoard {
    /// Tells a user's clients of a change, through whatever process they follow. When it cannot be told, or nobody follows, it is
    /// not: who needs to know asks the store.
    public func tell(_ change: UserChange, to user: UserID) async {
        guard mayBeExpectingChanges(of: user) else { return }
        _ = try? await put(change.key, data: change.data, in: .changes(of: user), limit: UserChange.maximum)
    }
}
