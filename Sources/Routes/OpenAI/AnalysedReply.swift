import Chat
import FCGIApp

/// A reply that comes with the analysis of its prompt, which is worked out first. The reply is worth more than its analysis, and
/// comes without it where that fails.
struct AnalysedReply: ReplyStream {
    let turn: MessageID?
    let analysis: @Sendable () async throws -> [UInt8]
    /// Called when the client leaves before the reply has begun.
    let left: @Sendable () -> Void
    /// Makes the reply of the analysis, as JSON; nil where there is none.
    let reply: @Sendable ([UInt8]?) -> any ReplyStream

    func run(_ given: consuming ResponseWriter, fields: [(name: String, value: String)]) async {
        var writer = given
        var json: [UInt8]?
        do {
            json = try await writer.unlessClientLeaves(analysis)
            // The client has left.
            guard json != nil else { return left() }
        } catch {}
        await reply(json).run(writer, fields: fields)
    }
}
