import Chat
import FCGIApp
import JSON

/// An error in OpenAI's form, `{"error": {"message", "type", "param", "code"}}`
/// (platform.openai.com/docs/guides/error-codes).
struct CompletionError: Sendable {
    var status: Int
    var message: String
    var parameter: String?
    var code: String
    var fields: [(name: String, value: String)] = []
    /// For a stream, which has its header fields behind it.
    private var retryAfterMS: Int?

    /// What every route may refuse, in this form.
    init(_ problem: Problem) {
        status = problem.status
        message = problem.detail
        parameter = problem.errors.first?.field
        code = problem.code == "unauthorized" ? "invalid_api_key" : problem.code
        fields = problem.fields
        // Too long to wait for, or for the operator to see to; clients would ask again at once.
        if ["token_limit_reached", "language_model_required", "storage_quota_reached"].contains(problem.code) {
            fields.append(Self.dontRetry)
        }
    }

    /// Why an answer failed.
    init(_ failure: ReplyFailure) {
        message = failure.message
        code = failure.code
        retryAfterMS = failure.retryAfterMS
        switch ModelError.Kind(rawValue: failure.code) {
        case .rateLimited: status = 429
        case .timeout: status = 504
        case .unavailable: status = 503
        case .invalidRequest, .contextLengthExceeded, .contentPolicy: status = 400
        case .unauthorized, .notFound, .interrupted, .malformed, .emptyAnswer, .superseded, .tooLarge: status = 502
        case nil: status = failure.isRetryable ? 503 : 500
        }
        // They ask again after every 5xx, which is of no use where the administrator must act first.
        if status >= 500, !failure.isRetryable {
            fields = [Self.dontRetry]
        } else if let milliseconds = failure.retryAfterMS {
            let seconds = (milliseconds + 999) / 1000
            fields = [("Retry-After", String(seconds))]
            // They take a longer wait for none, and would ask again at once.
            if seconds > Self.longestWaitSeconds { fields.append(Self.dontRetry) }
        } else if status == 429 || status == 503 {
            // Nobody has named a time. Without a word they ask again within half a second.
            fields = [("Retry-After", "2")]
        }
    }

    /// Official clients obey a `Retry-After` up to here
    /// (github.com/openai/openai-python, `_base_client.py`: `_calculate_retry_timeout`).
    private static let longestWaitSeconds = 60

    /// What OpenAI's own servers say to OpenAI's own clients, which obey it.
    private static let dontRetry = (name: "x-should-retry", value: "false")

    private var type: String {
        switch status {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 429: "rate_limit_error"
        case 400..<500: "invalid_request_error"
        default: "server_error"
        }
    }

    /// - Parameter isInStream: whether the response has begun, and what its header fields would tell is told here.
    func write(to writer: inout JSONWriter, isInStream: Bool = false) {
        writer.beginObject()
        writer.beginObject("error")
        writer.member("message", message)
        writer.member("type", type)
        writer.member("param", orNull: parameter)
        writer.member("code", code)
        if isInStream, let retryAfterMS {
            writer.member("retry_after_ms", retryAfterMS)
        }
        writer.endObject()
        writer.endObject()
    }

    var response: Response {
        var writer = JSONWriter(reservingCapacity: 256)
        write(to: &writer)
        return Response(
            status: status, fields: [("Content-Type", "application/json"), ("Cache-Control", "no-store")] + fields,
            body: writer.bytes)
    }
}
