import Chat
import FCGIApp

/// A reply for which something is worked out first, such as the analysis of its prompt. The reply is worth more than that, and comes
/// without it where it fails.
struct PreparedReply<Preparation: Sendable>: ReplyStream {
    let turn: MessageID?
    let preparation: @Sendable () async throws -> Preparation
    /// Called when the client leaves before the reply has begun.
    let left: @Sendable () -> Void
    /// Makes the reply of what was worked out; nil where that failed.
    let reply: @Sendable (Preparation?) -> any ReplyStream

    func run(_ given: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        var writer = given
        var preparation: Preparation?
        do {
            preparation = try await writer.unlessClientLeaves(self.preparation)
            // The client has left.
            guard preparation != nil else { return left() }
        } catch {}
        await reply(preparation).run(writer, fields: fields)
    }
}
