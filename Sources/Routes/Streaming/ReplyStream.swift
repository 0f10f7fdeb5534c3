import FCGIApp

/// A response that is written over time.
protocol ReplyStream: Sendable {
    /// Writes the head with `fields` among its own, then the rest; returns when that is done or the client is gone.
    func run(_ writer: consuming ResponseWriter, fields: [(name: String, value: String)]) async
}
