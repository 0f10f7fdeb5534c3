import Chat
import JSON

extension ReplyFailure {
    /// What every dialect's `error` tells of a failure, as members of an object. The store has a form of its own, which must not
    /// change with this one.
    func writeMembers(to writer: inout JSONWriter) {
        writer.member("code", code)
        writer.member("message", message)
        writer.member("retryable", isRetryable)
        writer.member("partial", isPartial)
        if let usage {
            writer.member("usage") { usage.write(to: &$0) }
        }
        writer.member("retry_after_ms", ifPresent: retryAfterMS)
    }
}
