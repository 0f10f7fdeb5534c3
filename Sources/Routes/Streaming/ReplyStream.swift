import Chat
import FCGIApp

/// A response that is written over time.
protocol ReplyStream: Sendable {
    /// The turn that it is read from, so that those who read the same one can be counted; nil for what is of none.
    var turn: MessageID? { get }

    /// Whether each of its steps takes a moment and waits for nothing, so that it can run where tokens come in.
    var isQuick: Bool { get }

    /// Writes the head with `fields` among its own, then the rest; returns when that is done or the client is gone.
    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async
}

extension ReplyStream {
    var turn: MessageID? { nil }
    var isQuick: Bool { false }
}
