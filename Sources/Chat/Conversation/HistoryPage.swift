// Conversations in the domain's terms: sessions, messages, pages, forms.

/// A page of a conversation, oldest first.
public struct HistoryPage: Sendable, Equatable {
    public var messages: [Message]
    public var hasMore: Bool
    /// Pass as `before` to get the page before this one; nil when there is none.
    public var nextBefore: MessageID?
    /// Pass as `after` to get the page after this one; nil when this one has the latest message.
    public var nextAfter: MessageID?

    public init(messages: [Message], hasMore: Bool, nextBefore: MessageID?, nextAfter: MessageID? = nil) {
        self.messages = messages
        self.hasMore = hasMore
        self.nextBefore = nextBefore
        self.nextAfter = nextAfter
    }

    /// The replies among the messages.
    public var replies: [MessageID] { messages.filter { $0.role == .assistant }.map(\.id) }
}

/// Which messages of a conversation a page has.
public enum HistoryCursor: Sendable, Hashable {
    case latest
    /// The last ones before a message.
    case before(MessageID)
    /// The first ones after a message.
    case after(MessageID)
    /// A message with what stands before and after it, as many of each.
    case around(MessageID)
    /// The last ones that lead to a question: without those whose place an edited question has taken.
    case leading(to: MessageID)
}

/// A page of a user's conversations, latest first.
public struct SessionPage: Sendable, Equatable {
    public var sessions: [SessionSummary]
    public var hasMore: Bool
    /// Pass as `before` to get the next page, of earlier ones; nil when there is none.
    public var nextBefore: SessionID?

    public init(sessions: [SessionSummary], hasMore: Bool, nextBefore: SessionID?) {
        self.sessions = sessions
        self.hasMore = hasMore
        self.nextBefore = nextBefore
    }
}
