import Chat
import JSON

extension ReplyFailure {
    /// What every dialect's `error` tells of a failure, as members of an object. The store has a form of its own, which must not
    /// change with this one.
    func writeMembers(to writer: inout JSONWriter) {
        writer.key("code")
        writer.string(code)
        writer.key("message")
        writer.string(message)
        writer.key("retryable")
        writer.bool(isRetryable)
        writer.key("partial")
        writer.bool(isPartial)
        if let usage {
            writer.key("usage")
            usage.write(to: &writer)
        }
        if let retryAfterMS {
            writer.key("retry_after_ms")
            writer.integer(retryAfterMS)
        }
    }
}
