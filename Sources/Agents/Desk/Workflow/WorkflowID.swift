public import Chat

/// The name of a workflow on the wire: `wf_` and the UUID of the reply that it works for.
///
/// A reply has one workflow at most, so no table is needed that leads from one to the other: anyone who knows the workflow, in
/// whatever process, knows the reply, and whose it is.
public struct WorkflowID: Identifier {
    public let rawValue: String

    private static let prefix = "wf_"
    private static let replyPrefix = "msg_"

    public init(rawValue: String) { self.rawValue = rawValue }

    /// The workflow of a reply.
    public init(of replyID: MessageID) {
        let name = replyID.rawValue
        let isOurs = name.hasPrefix(Self.replyPrefix)
        self.init(rawValue: Self.prefix + (isOurs ? String(name.dropFirst(Self.replyPrefix.count)) : name))
    }

    /// The reply that it works for; nil when this names no workflow.
    public var replyID: MessageID? {
        guard rawValue.hasPrefix(Self.prefix), rawValue.utf8.count > Self.prefix.utf8.count else { return nil }
        return MessageID(rawValue: Self.replyPrefix + rawValue.dropFirst(Self.prefix.count))
    }
}
